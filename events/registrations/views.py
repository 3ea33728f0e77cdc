"""Registering for an event, and the page of one's own registration."""

from typing import Any

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from qrcode.image.svg import SvgPathFillImage

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import refusal_on
from core.views import act_page
from events.events.models import Event
from events.registrations import actions
from events.registrations.actions import changes_of
from events.registrations.enums import RegistrationStatus, Stage
from events.registrations.forms import DelegationForm, OwnForm, RegisterForm
from events.registrations.models import Registration, RegistrationQuestion, RegistrationRules
from events.registrations.queries import (
    my_registrations,
    only_waiting,
    own_of,
    places_of,
    questions_now,
    questions_of,
)
from events.registrations.queries_seats import position_of
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Stakeholder
from workflow.moves.queries import decisions_on

PER_PAGE = 100


def the_rules(request: HttpRequest, pk: int) -> RegistrationRules:
    """Return the rules of a shown event, which are the same for every reader; raise Http404 otherwise."""
    has_questions = Exists(RegistrationQuestion.objects.filter(rules__event=OuterRef("pk")))
    events = Event.objects.visible_to(AnonymousUser()).filter(registration_rules__isnull=False)
    event: Any = get_object_or_404(
        events.select_related("registration_rules").annotate(has_questions=has_questions), pk=pk
    )
    rules: RegistrationRules = event.registration_rules
    rules.has_questions = event.has_questions
    return rules


def the_registration(request: HttpRequest, pk: int) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related(
        "rules__event__country", "user", "stakeholder", "counted_by", "registered_by", "certificate"
    )
    return get_object_or_404(rows, pk=pk)


@form_view(fresh=True)
def register(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    rules = the_rules(request, pk)
    user: Any = request.user
    # A POST looks for a registration only after a refusal, since most who post have none.
    if (request.method != "POST" or rules.opens_at is None) and (own := _live(user, rules)):
        return redirect(own)
    if rules.opens_at is None:
        raise Http404
    questions = questions_of(rules, Stage.FIRST) if rules.has_questions else []
    form = RegisterForm(request.POST or None, rules=rules, user=user, questions=questions)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            registration = actions.register(
                rules,
                actor=user,
                mode=form.cleaned_data["mode"],
                stakeholder=form.cleaned_data["stakeholder"],
                shown=form.cleaned_data["shown"],
                answers=form.answers,
            )
            return redirect(registration)
    if request.method == "POST" and (own := _live(user, rules)):
        return redirect(own)
    places = places_of(rules)
    context = {
        "event": rules.event,
        "rules": rules,
        "form": form,
        "closed": _closed_text(rules, user),
        "places": places,
        "is_full": only_waiting(rules, places),
    }
    return render(request, "events/registrations/register.html", context)


def _live(user: Any, rules: RegistrationRules) -> Registration | None:
    own = own_of(user, rules)
    return own if own is not None and own.is_live else None


def _closed_text(rules: RegistrationRules, user: Any) -> str:
    try:
        actions.refuse_unless_possible(rules, user)
    except DomainError as refusal:
        return str(refusal)
    return ""


@form_view(fresh=True)
def registration(request: SignedIn, pk: int) -> HttpResponse:
    """Show the registration with its state and the next steps; a POST changes the answers."""
    registration = the_registration(request, pk)
    is_own = registration.user_id == request.user.pk
    form = None
    if is_own and registration.is_live:
        answers = {
            f"question_{answer.question_id}": answer.text if answer.proposed is None else answer.proposed
            for answer in registration.answers.all()
        }
        form = OwnForm(
            request.POST or None,
            questions=questions_now(registration),
            initial={**answers, "shown": registration.shown},
        )
        if request.method == "POST" and form.is_valid():
            with refusal_on(form):
                waits = actions.answer(
                    registration, actor=request.user, answers=form.answers, shown=form.cleaned_data["shown"]
                )
                messages.success(
                    request,
                    _("Your changes are saved and pending approval. Nothing else about your place changes.")
                    if waits
                    else _("Your changes are saved."),
                )
                return redirect(registration)
    context = {
        "registration": registration,
        "event": registration.event,
        "desk_email": settings.DESK_EMAIL,
        "is_own": is_own,
        "has_ticket": is_own and registration.has_ticket,
        "form": form,
        "position": position_of(registration),
        "changes": changes_of(registration) if is_own and registration.edits_are_judged else [],
        "decision": next((d for d in decisions_on(registration) if d.reason or d.note), None)
        if registration.status == RegistrationStatus.DECLINED
        else None,
        "may_cancel": request.user.has_perm("events.cancel_registration", registration)
        and registration.status in registration.MOVES["cancel"].sources
        and registration.attended_at is None,
        "unanswered": bool(
            registration.is_confirmed
            and registration.rules.questions.filter(stage=Stage.SEATED)
            .exclude(answers__registration=registration)
            .exists()
        ),
    }
    return render(request, "events/registrations/own.html", context)


@act_view()
def accept(request: SignedIn, pk: int) -> HttpResponse:
    registration = the_registration(request, pk)
    return _act(
        request,
        registration,
        lambda: actions.accept(registration, actor=request.user),
        _("Your place is confirmed."),
    )


@form_view(fresh=True)
def leave(request: SignedIn, pk: int) -> HttpResponse:
    registration = the_registration(request, pk)
    if not request.user.has_perm("events.cancel_registration", registration):
        raise Http404
    if request.method == "POST":
        return _act(
            request,
            registration,
            lambda: actions.cancel(registration, actor=request.user),
            _("The registration is cancelled."),
        )
    acts = {
        "waiting": (
            _("Leave the waiting list"),
            _("Your position goes to the next person. A new registration is placed last."),
        ),
        "pending": (_("Withdraw the registration"), _("It is then no longer considered.")),
    }
    title = _("Cancel my registration")
    offered = _("The place is offered at once to the next person. You cannot take it back.")
    heading, text = acts.get(registration.status, (title, offered))
    return act_page(
        request,
        heading=heading,
        title=title,
        here=title,
        about=registration.event.told_title[0],
        text=text,
        crumbs="events/registrations/_crumbs.html",
        event=registration.event,
        button=heading,
        style="danger",
        back=registration,
        back_text=pgettext("a registration", "Keep my registration"),
    )


def _act(request: HttpRequest, registration: Registration, do: Any, done: str) -> HttpResponse:
    try:
        do()
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(registration)


@page_view(fresh=True)
def own_list(request: SignedIn) -> HttpResponse:
    rows = Registration.objects.filter(user=request.user).order_by("-pk")
    rows = rows.select_related("rules__event", "certificate")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(
        request, "events/registrations/list.html", {"page": page, "coming": my_registrations(request.user)}
    )


@page_view(fresh=True)
def qr_code(request: SignedIn, pk: int) -> HttpResponse:
    """Return the QR code of the ticket, which opens the check-in of this person."""
    registration = the_registration(request, pk)
    if registration.user_id != request.user.pk or not registration.is_confirmed:
        raise Http404
    path = reverse("eventdesk:checkin", args=[registration.rules.event_id])
    image = qrcode.make(f"{settings.SITE_URL}{path}?code={registration.code}", image_factory=SvgPathFillImage)
    return HttpResponse(image.to_string(), content_type="image/svg+xml")


@page_view(public=True)
def participants(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """List who takes part, as far as each lets the reader know (E-21)."""
    rules = the_rules(request, pk)
    rows = (
        Registration.objects.named_to(request.user, rules)
        .select_related("user", "stakeholder")
        .order_by("user__name", "pk")
    )
    visible = Stakeholder.objects.visible_to(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    named = set(
        visible.filter(
            pk__in=[registration.stakeholder_id for registration in page if registration.stakeholder_id]
        ).values_list("pk", flat=True)
    )
    context = {"event": rules.event, "page": page, "named": named}
    return render(request, "events/registrations/participants.html", context)


@form_view(fresh=True)
def delegation(request: SignedIn, pk: int, slug: str, stakeholder: int = 0) -> HttpResponse:
    """Register several people of a stakeholder at once, as its administrator."""
    rules = the_rules(request, pk)
    if rules.opens_at is None:
        raise Http404
    led = Stakeholder.objects.filter(
        memberships__user=request.user, memberships__role=MemberRole.ADMIN, status__in=Status.TAKING_PART
    ).order_by("sort_key")
    own = get_object_or_404(led, pk=stakeholder) if stakeholder else led.first()
    if own is None:
        raise Http404
    registered_ids = rules.registrations.live().values("user_id")
    people = (
        User.objects.filter(memberships__stakeholder=own, is_active=True)
        .exclude(pk__in=registered_ids)
        .order_by("name", "pk")
    )
    form = DelegationForm(request.POST or None, rules=rules, people=people)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            done = actions.register_delegation(
                rules,
                list(form.cleaned_data["people"]),
                stakeholder=own,
                mode=form.cleaned_data["mode"],
                actor=request.user,
            )
            messages.success(
                request, _("%(n)s people are registered; each was informed of the status.") % {"n": len(done)}
            )
            return redirect("events:delegation_of", pk, rules.event.slug, own.pk)
    context = {
        "event": rules.event,
        "rules": rules,
        "own": own,
        "led": led,
        "form": form,
        "people": people,
        "registered": rules.registrations.filter(stakeholder=own)
        .live()
        .select_related("user")
        .order_by("pk"),
    }
    return render(request, "events/registrations/delegation.html", context)
