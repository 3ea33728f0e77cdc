"""Where the desk writes, publishes and looks after events, and decides on those of stakeholders."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import act_page
from events.events import actions
from events.events.enums import EventStatus
from events.events.forms import COLUMNS, RefuseForm, ReturnForm, TranslationForm, languages
from events.events.models import Event
from events.events.views import the_event, version_of, words_about
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight


@form_view()
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """A page before the act: what everybody will see, and how many people hear of it."""
    event = the_event(request, pk, "events.publish_event", desk=True)
    if event.status not in event.MOVES["publish"].sources:
        return redirect("eventdesk:event", pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.publish_event(event, actor=request.user)
            messages.success(request, _("The event is published. Followers are informed now."))
            return redirect("eventdesk:event", pk)
    return act_page(
        request,
        form,
        heading=_("Publish the event"),
        button=_("Publish it"),
        lead=_("Everybody can see it from now on, also in calendars that subscribe."),
        reached=number_told(actions.terms_of(event), Weight.STEP),
        preview=True,
        **words_about(request, event, desk=True),
    )


@form_view()
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    event = the_event(request, pk, "events.return_event", desk=True)
    if event.status != EventStatus.SUBMITTED:
        return redirect("eventdesk:event", pk)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.return_event(
                event, actor=request.user, questions=form.questions, note=form.cleaned_data["note"]
            )
            messages.success(request, _("The event was returned to its organizer, who is informed now."))
            return redirect("eventdesk:event", pk)
    return act_page(
        request,
        form,
        heading=_("Return for changes"),
        button=_("Return it"),
        preview=True,
        lead=_("Ask about what is missing. The organizer corrects it and submits it again."),
        **words_about(request, event, desk=True),
    )


@form_view()
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    event = the_event(request, pk, "events.refuse_event", desk=True)
    if event.status != EventStatus.SUBMITTED:
        return redirect("eventdesk:event", pk)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.refuse_event(event, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The event was declined. Its organizer is informed now."))
            return redirect("eventdesk:event", pk)
    return act_page(
        request,
        form,
        heading=_("Decline the event"),
        button=_("Decline"),
        style="danger",
        lead=_("Its organizer reads the reason and your line."),
        preview=True,
        **words_about(request, event, desk=True),
    )


@form_view()
def translate(request: SignedIn, pk: int, language: str) -> HttpResponse:
    event = the_event(request, pk, "events.change_event", desk=True)
    names = {code: name for code, name in languages() if code != event.language_id}
    if language not in names:
        raise Http404
    form = TranslationForm(
        request.POST if request.method == "POST" else None, initial=event.translations.get(language, {})
    )
    for name in ("title", "about"):
        form.fields[name].widget.attrs["lang"] = language
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.translate_event(
                event,
                actor=request.user,
                version=version_of(request, event),
                language=language,
                values=form.cleaned_data,
            )
            messages.success(request, _("The translation is saved."))
            return redirect("eventdesk:event", pk)
    return act_page(
        request,
        form,
        heading=_("Translate into %(language)s") % {"language": names[language]},
        button=_("Save"),
        preview=True,
        **words_about(request, event, desk=True),
    )


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    event: Event = the_event(request, pk, "events.change_event", desk=True)
    if not event.is_draft:
        return redirect("eventdesk:event", pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, COLUMNS):
            actions.discard_event(event, actor=request.user)
            messages.success(request, _("The draft is gone."))
            return redirect("eventdesk:home")
    return act_page(
        request,
        form,
        heading=_("Delete the draft"),
        button=_("Delete the draft"),
        style="danger",
        lead=_("Only people who run events have seen it. This cannot be undone."),
        **words_about(request, event, desk=True),
    )
