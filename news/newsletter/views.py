"""The newsletter as everybody reads it, and the pages by which one subscribes and leaves."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.feeds import AtomFeed
from core.limits import visitor_of
from core.personal_data import data_fields
from news.newsletter import actions_subscribing
from news.newsletter.actions_subscribing import ask
from news.newsletter.forms import AddressForm, ChoicesForm, SubscribeForm, languages
from news.newsletter.models import Issue, Subscriber
from news.newsletter.queries import archive, content, for_feed, shown_in
from news.newsletter.signed_links import CHOOSE, CONFIRM, Leaving, read_key, read_leaving_key
from notifications.preferences.signed_links import shorten_address

PER_PAGE = 20


def language_in_use() -> str:
    return (get_language() or "en")[:2]


@form_view(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """Show the archive in the language in use. A POST subscribes, with the same answer for every address."""
    language = language_in_use()
    form = SubscribeForm(request.POST or None, initial={"languages": [language]})
    if request.method == "POST" and form.is_valid():
        # A program is told the same as a person, so that it learns nothing.
        if not form.by_a_program:
            ask(form.cleaned_data["address"], form.wish(), language=language, visitor=visitor_of(request))
        return redirect("newsletter:asked")
    user: Any = request.user
    context = {
        "form": form,
        "page": Paginator(archive(language), PER_PAGE).get_page(request.GET.get("page")),
        "query": {},
        "language_name": get_language_info(language)["name_translated"],
        "is_subscribed": user.is_authenticated and Subscriber.objects.visible_to(user).confirmed().exists(),
    }
    return render(request, "news/newsletter/home.html", context)


@page_view(public=True)
def issue(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show an issue, in the language in use where it has it; what is no longer public is left out."""
    issue = get_object_or_404(Issue.objects.out(), pk=pk)
    if slug != issue.slug:
        return redirect(issue, permanent=False)
    language = issue.in_which(language_in_use())
    context = {
        "issue": issue,
        "shown": content(issue, shown_in([issue.pk])[issue.pk], language),
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "is_translated": language == language_in_use(),
        "languages": [get_language_info(code) for code in issue.languages],
    }
    return render(request, "news/newsletter/issue.html", context)


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """Return the feed, in the language in use alone."""
    language = language_in_use()
    link = settings.SITE_URL + reverse("newsletter:home")
    atom = AtomFeed(title=_("WhatsOn: newsletter"), link=link, own=settings.SITE_URL + request.path)
    for issue, words in for_feed(language):
        parts = [words["intro"], *(line.text for group in words["groups"] for line in group.items)]
        atom.add_item(
            title=words["title"],
            link=urljoin(settings.SITE_URL, issue.get_absolute_url()),
            description="\n".join(part for part in parts if part),
            unique_id=f"{settings.SITE_URL}/newsletter/{issue.pk}/{language}",
            pubdate=issue.started_at,
            updateddate=issue.started_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


# -----------------------------------------------------------------------------------------------------
# Pages behind the links in mail, and those that lead there. Opening one changes nothing; its button does.


@page_view(public=True, fresh=True)
def asked_page(request: HttpRequest) -> HttpResponse:
    """What everybody is told who entered an address, whatever is known of it."""
    return render(request, "news/newsletter/asked.html")


@form_view(public=True, fresh=True)
def choices(request: HttpRequest) -> HttpResponse:
    """The way to one's choices without an account: enter the address, get a mail with the link."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.by_a_program:
            actions_subscribing.ask_for_choices(
                form.cleaned_data["address"], language=language_in_use(), visitor=visitor_of(request)
            )
        return redirect("newsletter:asked")
    return render(request, "news/newsletter/choices.html", {"form": form})


@form_view(public=True, fresh=True)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    row = _row(token, CONFIRM)
    if row is None:
        return _link_over(request)
    was_confirmed = row.confirmed_at is not None
    if request.method == "POST":
        actions_subscribing.confirm(row)
    context = {
        "subscriber": row,
        "address": shorten_address(row.address),
        "done": request.method == "POST",
        "was_confirmed": was_confirmed,
        "topics": row.topics.in_order(),
        "languages": _language_names(row),
    }
    return render(request, "news/newsletter/confirm.html", context)


@form_view(public=True, fresh=True)
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's languages and topics, by the link that came to their address."""
    row = _row(token, CHOOSE)
    if row is None:
        return _link_over(request)
    form = ChoicesForm(request.POST or None, initial=_initial(row))
    if request.method == "POST" and "leave" in request.POST:
        actions_subscribing.leave(Leaving(row.address, None))
        return render(
            request, "news/newsletter/left.html", {"address": shorten_address(row.address), "done": True}
        )
    if request.method == "POST" and form.is_valid():
        actions_subscribing.choose(row, form.wish(row.languages[0]))
        messages.success(request, _("Your choices are saved."))
        return redirect("newsletter:preferences", token)
    context = {"form": form, "address": shorten_address(row.address), "row": row, "token": token}
    return render(request, "news/newsletter/preferences.html", context)


@page_view(public=True, fresh=True)
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """Return what is stored about the holder of the link, as a file."""
    row = _row(token, CHOOSE)
    if row is None:
        return _link_over(request)
    names = (
        "address",
        "languages",
        "topics",
        "consent_version",
        "consent_language",
        "asked_at",
        "confirmed_at",
    )
    response = JsonResponse(
        {field.key: field.value for field in data_fields(row, *names)}, json_dumps_params={"indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="newsletter.json"'
    return response


@csrf_exempt
@form_view(public=True, fresh=True)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One click of the mail program, or the page's button (RFC 8058). The key is what lets it through."""
    leaving = read_leaving_key(token)
    if leaving is None:
        return _link_over(request)
    done = request.method == "POST"
    if done:
        actions_subscribing.leave(leaving)
    return render(
        request, "news/newsletter/left.html", {"address": shorten_address(leaving.address), "done": done}
    )


@form_view(fresh=True)
def mine(request: SignedIn) -> HttpResponse:
    """The same choices for somebody signed in, for the address of the account."""
    user: Any = request.user
    row = Subscriber.objects.visible_to(user).confirmed().first()
    form = ChoicesForm(
        request.POST or None, initial=_initial(row) if row else {"languages": [language_in_use()]}
    )
    if request.method == "POST" and "leave" in request.POST:
        actions_subscribing.leave(Leaving(user.email, None))
        messages.success(request, _("You have left the newsletter, and your address is off the list."))
        return redirect("newsletter:mine")
    if request.method == "POST" and form.is_valid():
        wish = form.wish(row.languages[0] if row else "")
        if actions_subscribing.subscribe_person(user, wish, language=language_in_use()):
            messages.success(request, _("Your choices are saved. The newsletter comes to your address."))
            return redirect("newsletter:mine")
        actions_subscribing.ask(user.email, wish, language=language_in_use(), visitor=visitor_of(request))
        return redirect("newsletter:asked")
    return render(request, "news/newsletter/mine.html", {"form": form, "row": row, "address": user.email})


def _row(token: str, salt: str) -> Subscriber | None:
    """Return the subscriber of a link that is whole and not replaced by a newer one."""
    key = read_key(token, salt=salt)
    return Subscriber.objects.filter(pk=key[0], nonce=key[1]).first() if key else None


def _link_over(request: HttpRequest) -> HttpResponse:
    return render(request, "news/newsletter/link_over.html", status=404)


def _initial(row: Subscriber) -> dict[str, Any]:
    return {"languages": row.languages, "topics": list(row.topics.values_list("pk", flat=True))}


def _language_names(row: Subscriber) -> list[str]:
    names = dict(languages())
    return [names[code] for code in row.languages]
