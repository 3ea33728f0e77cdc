"""Pages behind the links in mail, and those that lead there. Opening one changes nothing; its button does."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.limits import visitor_of
from core.personal_data import data_fields
from news.actions import newsletter_subscribing as act
from news.forms.newsletters import AddressForm, ChoicesForm, languages
from news.links import CHOOSE, CONFIRM, Leaving, read_key, read_leaving_key
from news.models import Subscriber
from news.views.newsletter import language_in_use
from notifications.preferences.signed_links import shortened


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What everybody is told who entered an address, whatever is known of it."""
    return render(request, "newsletter/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """The way to one's choices without an account: enter the address, get a mail with the link."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.by_a_program:
            act.ask_for_choices(
                form.cleaned_data["address"], language=language_in_use(), visitor=visitor_of(request)
            )
        return redirect("newsletter:asked")
    return render(request, "newsletter/choices.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    row = _row(token, CONFIRM)
    if row is None:
        return _over(request)
    was_confirmed = row.confirmed_at is not None
    if request.method == "POST":
        act.confirm(row)
    context = {
        "subscriber": row,
        "address": shortened(row.address),
        "done": request.method == "POST",
        "was_confirmed": was_confirmed,
        "topics": row.topics.all(),
        "languages": _named(row),
    }
    return render(request, "newsletter/confirm.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's languages and topics, by the link that came to their address."""
    row = _row(token, CHOOSE)
    if row is None:
        return _over(request)
    form = ChoicesForm(request.POST or None, initial=_initial(row))
    if request.method == "POST" and "leave" in request.POST:
        act.leave(Leaving(row.address, None))
        return render(request, "newsletter/left.html", {"address": shortened(row.address), "done": True})
    if request.method == "POST" and form.is_valid():
        act.choose(row, form.wish(row.languages[0]))
        messages.success(request, _("Your choices are saved."))
        return redirect("newsletter:preferences", token)
    context = {"form": form, "address": shortened(row.address), "row": row, "token": token}
    return render(request, "newsletter/preferences.html", context)


@never_cache
@require_safe
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept about the holder of the link, as a file."""
    row = _row(token, CHOOSE)
    if row is None:
        return _over(request)
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
        {one.key: one.value for one in data_fields(row, *names)}, json_dumps_params={"indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="newsletter.json"'
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One click of the mail program, or the page's button (RFC 8058). The key is what lets it through."""
    leaving = read_leaving_key(token)
    if leaving is None:
        return _over(request)
    done = request.method == "POST"
    if done:
        act.leave(leaving)
    return render(request, "newsletter/left.html", {"address": shortened(leaving.address), "done": done})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The same choices for somebody signed in, for the address of the account."""
    user: Any = request.user
    row = Subscriber.objects.visible_to(user).confirmed().first()
    form = ChoicesForm(
        request.POST or None, initial=_initial(row) if row else {"languages": [language_in_use()]}
    )
    if request.method == "POST" and "leave" in request.POST:
        act.leave(Leaving(user.email, None))
        messages.success(request, _("You have left the newsletter, and your address is off the list."))
        return redirect("newsletter:mine")
    if request.method == "POST" and form.is_valid():
        wish = form.wish(row.languages[0] if row else "")
        if act.subscribe_person(user, wish, language=language_in_use()):
            messages.success(request, _("Your choices are saved. The newsletter comes to your address."))
            return redirect("newsletter:mine")
        act.ask(user.email, wish, language=language_in_use(), visitor=visitor_of(request))
        return redirect("newsletter:asked")
    return render(request, "newsletter/mine.html", {"form": form, "row": row, "address": user.email})


def _row(token: str, salt: str) -> Subscriber | None:
    """The subscriber of a link that is whole and not replaced by a newer one."""
    key = read_key(token, salt=salt)
    return Subscriber.objects.filter(pk=key[0], nonce=key[1]).first() if key else None


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/link_over.html", status=404)


def _initial(row: Subscriber) -> dict[str, Any]:
    return {"languages": row.languages, "topics": list(row.topics.values_list("pk", flat=True))}


def _named(row: Subscriber) -> list[str]:
    names = dict(languages())
    return [names[code] for code in row.languages]
