"""The newsletter as everybody reads it: archive, one issue, feed; and the form by which one subscribes."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.feeds import AtomFeed
from core.limits import visitor_of
from news.actions.newsletter_subscribing import ask
from news.forms.newsletters import SubscribeForm
from news.models import Issue, Subscriber
from news.queries.newsletters import archive, content, for_feed, shown_in

PER_PAGE = 20


def language_in_use() -> str:
    return (get_language() or "en")[:2]


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The archive in the language in use. A POST subscribes, and is answered alike for every address."""
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
        "language_name": get_language_info(language)["name_translated"],
        "is_subscribed": user.is_authenticated and Subscriber.objects.visible_to(user).confirmed().exists(),
    }
    return render(request, "newsletter/home.html", context)


@require_safe
def issue(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One issue, in the language in use where it has it; what is no longer public is left out."""
    one = get_object_or_404(Issue.objects.out(), pk=pk)
    if slug != one.slug:
        return redirect(one, permanent=False)
    language = one.in_which(language_in_use())
    context = {
        "issue": one,
        "shown": content(one, shown_in([one.pk])[one.pk], language),
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "is_translated": language == language_in_use(),
        "languages": [get_language_info(code) for code in one.languages],
    }
    return render(request, "newsletter/issue.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Atom, in the language in use alone."""
    language = language_in_use()
    link = settings.SITE_URL + reverse("newsletter:home")
    atom = AtomFeed(title=_("WhatsOn: newsletter"), link=link, own=settings.SITE_URL + request.path)
    for one, said in for_feed(language):
        parts = [said["intro"], *(line.text for group in said["groups"] for line in group.items)]
        atom.add_item(
            title=said["title"],
            link=urljoin(settings.SITE_URL, one.get_absolute_url()),
            description="\n".join(part for part in parts if part),
            unique_id=f"{settings.SITE_URL}/newsletter/{one.pk}/{language}",
            pubdate=one.started_at,
            updateddate=one.started_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
