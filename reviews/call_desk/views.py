"""Where the desk runs its calls, and regional focal points draft theirs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError
from core.views import act_page, refusal_as_warning
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight
from reviews.call_desk.forms import TranslationForm, languages
from reviews.call_desk.queries import STATES, calls_in, counts, extensions_of, is_handed_in, state_of
from reviews.calls import actions as calls_actions
from reviews.calls.models import Call
from reviews.contributions.queries import numbers

PER_PAGE = 25


def the_call(request: HttpRequest, pk: int, permission: str = "reviews.change_call") -> Call:
    """Return the call if the person may do this with it; raise Http404 otherwise."""
    call = get_object_or_404(
        Call.objects.visible_to(request.user).select_related("language", "cluster"), pk=pk
    )
    if not request.user.has_perm(permission, call):
        raise Http404
    return call


def words_about(call: Call) -> dict[str, Any]:
    """Return what every page of an act on a call says about it."""
    return {
        "crumbs": "reviews/call_desk/_crumbs.html",
        "call": call,
        "about": call.title,
        "language": call.language_id,
        "back": reverse("calldesk:call", args=[call.pk]),
    }


@page_view(permission="reviews.draft_call")
def home(request: SignedIn) -> HttpResponse:
    """The calls by state, with how many there are in each."""
    numbers_of = counts(request.user)
    state = request.GET.get("state", "")
    if state not in STATES:
        state = next((name for name in ("open", "upcoming", "draft", "closed") if numbers_of[name]), "open")
    page = Paginator(calls_in(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "state": state,
        "query": {"state": state},
        "states": [(name, label, numbers_of[name]) for name, label in STATES.items()],
        "page": page,
    }
    return render(request, "reviews/call_desk/home.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


@page_view()
def page(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about one call: what it asks, how it goes, what may be done."""
    call = the_call(request, pk)
    keeps = request.user.has_perm("reviews.keep_call", call)
    state = state_of(call)
    context = {
        "call": call,
        "state": state,
        "keeps": keeps,
        "handed_in": is_handed_in(call),
        "questions": call.questions.select_related("article__instrument"),
        "countries": call.countries.all(),
        "articles": call.articles.in_order().select_related("instrument"),
        "topics": call.topics.in_order(),
        "accepts": call.accepts.all(),
        "translations": _translations(call),
        "numbers": None if call.is_draft else numbers(call),
        "extensions": extensions_of(call) if keeps else [],
        "follow_ups": call.follow_ups.select_related("written_by"),
        "lines": timeline(call, request.user, as_subject=call.drafted_by_id == request.user.pk),
    }
    return render(request, "reviews/call_desk/call.html", context)


def _translations(call: Call) -> list[tuple[str, str, bool]]:
    """(code, name, whether there is one) for the languages beside the call's own."""
    return [
        (code, name, bool(call.translations.get(code)))
        for code, name in languages()
        if code != call.language_id
    ]


@page_view()
def preview(request: SignedIn, pk: int) -> HttpResponse:
    """As a reader will see it, in the language of the page."""
    call = the_call(request, pk)
    context = {
        "call": call,
        "questions": call.questions.select_related("article__instrument"),
        "countries": call.countries.all(),
        "articles": call.articles.in_order().select_related("instrument"),
        "topics": call.topics.in_order(),
        "accepts": call.accepts.all(),
    }
    return render(request, "reviews/call_desk/preview.html", context)


@form_view()
def translate(request: SignedIn, pk: int, language: str) -> HttpResponse:
    call = the_call(request, pk)
    names = {code: name for code, name, _is_translated in _translations(call)}
    if language not in names:
        raise Http404
    form = TranslationForm(request.POST or None, call=call, language=language)
    version = _number(request.POST.get("version")) if request.method == "POST" else call.version
    if request.method == "POST" and form.is_valid():
        try:
            calls_actions.translate_call(
                call,
                actor=request.user,
                version=version,
                language=language,
                values=form.values(),
                questions=form.question_values(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The translation is saved."))
            return redirect("calldesk:call", pk)
    context = {"call": call, "form": form, "language": language, "name": names[language], "version": version}
    return render(request, "reviews/call_desk/translate.html", context)


@form_view()
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """A page before the act: what everybody will see, and how many people hear of it."""
    call = the_call(request, pk, "reviews.publish_call")
    if not call.is_draft:
        return redirect("calldesk:call", pk)
    form = Form(request.POST or None)
    reached = number_told(calls_actions.terms_of(call), Weight.STEP)
    if request.method == "POST" and form.is_valid():
        try:
            calls_actions.publish_call(call, actor=request.user, version=_number(request.POST.get("version")))
        except DomainError as refusal:
            _tell_what_lacks(form, refusal)
        else:
            followed = _("The call is published. Followers are informed now.")
            messages.success(request, followed if reached else _("The call is published."))
            return redirect("calldesk:call", pk)
    context = {
        "call": call,
        "form": form,
        "reached": reached,
        "questions": call.questions.count(),
        "version": call.version,
    }
    return render(request, "reviews/call_desk/publish.html", context)


def _tell_what_lacks(form: Form, refusal: DomainError) -> None:
    """Each field on a line of its own where the page has no such field."""
    for text in [str(refusal), *refusal.fields.values()] if refusal.fields else [str(refusal)]:
        form.add_error(None, text)


@act_view()
def hand_in(request: SignedIn, pk: int) -> HttpResponse:
    call = the_call(request, pk)
    try:
        calls_actions.hand_in(call, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, " ".join([str(refusal), *refusal.fields.values()]))
    else:
        messages.success(request, _("The draft is now with the WhatsOn team for decision."))
    return redirect("calldesk:call", pk)


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    call = the_call(request, pk)
    if not call.is_draft:
        raise Http404
    if request.method == "POST":
        with refusal_as_warning(request):
            calls_actions.discard_call(call, actor=request.user)
            messages.success(request, _("The draft is gone."))
            return redirect("calldesk:home")
        return redirect("calldesk:call", pk)
    return act_page(
        request,
        heading=_("Delete draft"),
        text=_("The draft and its questions are deleted. This cannot be undone."),
        button=_("Delete the draft"),
        style="danger",
        back_text=_("Back to the draft"),
        **words_about(call),
    )
