"""Registering for an event: send, change an answer, accept, give up; admission outside the form."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.events.models import Event
from events.registrations.actions_seats import (
    free_seats,
    hold_seats,
    pass_on_seat,
    place,
    settle,
    tell,
    telling_of,
)
from events.registrations.enums import Admission, RegistrationStatus, ShownTo, Stage
from events.registrations.models import (
    Certificate,
    Registration,
    RegistrationAnswer,
    RegistrationRules,
    new_code,
)
from events.registrations.queries_seats import Tally, modes_of, stakeholders_for
from notifications.outbox.actions import notify_each
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import begin, move, move_batch
from workflow.windows.actions import refuse_unless_open

S = RegistrationStatus
MOST_DELEGATES = 50


def register(
    rules: RegistrationRules,
    *,
    actor: User,
    mode: str,
    stakeholder: Stakeholder | None = None,
    shown: str = ShownTo.NOBODY,
    answers: Mapping[int, str] | None = None,
) -> Registration:
    """Register the person: with a seat where one is free, on the waiting list, or pending approval.

    Which of them is decided under the lock. Raises WrongState where registration is not open or full.
    """
    if stakeholder is not None and not stakeholders_for(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    registration = new_registration(
        rules, actor, actor=actor, mode=mode, stakeholder=stakeholder, shown=shown
    )
    try:
        with hold_seats(rules.pk) as tally:
            _refuse_unless_open_to(tally.rules, actor)
            _check(tally.rules, mode, stakeholder, shown)
            settle(tally)
            return _take_in(registration, tally, answers)
    except (IntegrityError, DomainError):
        _refuse_twice(rules, actor)  # whoever has a place hears that, whatever else stood in the way
        raise


def register_delegation(
    rules: RegistrationRules, people: Sequence[User], *, stakeholder: Stakeholder, mode: str, actor: User
) -> list[Registration]:
    """Register people of the stakeholder, as its administrator, in this order; all or nobody.

    They are shown to nobody until they choose otherwise themselves, and may give up the place.
    """
    leads = Membership.objects.filter(user=actor, stakeholder=stakeholder, role=MemberRole.ADMIN)
    if not leads.filter(stakeholder__status__in=Status.TAKING_PART).exists():
        raise PermissionDenied
    members = set(Membership.objects.filter(stakeholder=stakeholder).values_list("user_id", flat=True))
    if not people:
        raise DomainError(
            _("Choose at least one person."), fields={"people": _("Choose at least one person.")}
        )
    if len(people) > MOST_DELEGATES or not {person.pk for person in people} <= members:
        raise DomainError(_("Choose from the members."), fields={"people": _("Choose from the members.")})
    with hold_seats(rules.pk) as tally:
        _check(tally.rules, mode, stakeholder, ShownTo.NOBODY)
        settle(tally)
        registrations = []
        for person in people:
            refuse_unless_possible(tally.rules, person)
            registration = new_registration(
                tally.rules, person, actor=actor, mode=mode, stakeholder=stakeholder
            )
            registrations.append(_take_in(registration, tally))
        return registrations


def refuse_unless_possible(rules: RegistrationRules, user: User) -> None:
    """Raise WrongState where `user` cannot register now, saying why."""
    _refuse_unless_open_to(rules, user)
    _refuse_twice(rules, user)


def _refuse_unless_open_to(rules: RegistrationRules, user: User) -> None:
    event = rules.event
    if event.is_cancelled:
        raise WrongState(_("This event was cancelled."))
    if event.status != "published":
        raise WrongState(_("This is not open yet."))
    if event.has_started:
        raise WrongState(_("This event has begun. Registration is closed."))
    refuse_unless_open(rules)
    if rules.admission == Admission.INVITATION and not is_invited(rules, user):
        raise WrongState(_("Registration is by invitation, and your address is not on the list."))


def _refuse_twice(rules: RegistrationRules, user: User) -> None:
    if rules.registrations.live().filter(user=user).exists():
        raise WrongState(_("%(name)s is registered already.") % {"name": user})


def is_invited(rules: RegistrationRules, user: User) -> bool:
    return rules.invited.filter(address__iexact=user.email).exists()


def _check(rules: RegistrationRules, mode: str, stakeholder: Stakeholder | None, shown: str) -> None:
    wrong = {}
    if mode not in modes_of(rules.event):
        wrong["mode"] = _("Choose how you take part.")
    if rules.needs_stakeholder and stakeholder is None:
        wrong["stakeholder"] = _("Choose for which stakeholder you take part.")
    if shown not in ShownTo.values:
        wrong["shown"] = _("Choose from the list.")
    if wrong:
        raise DomainError(_("Please check the marked fields."), fields=wrong)


def _take_in(
    registration: Registration, tally: Tally, answers: Mapping[int, str] | None = None
) -> Registration:
    rules = registration.rules = tally.rules  # as they are under the lock
    is_judged = rules.admission == Admission.APPROVAL
    if not is_judged and not rules.has_waiting_list and not tally.has_seat_for(registration):
        raise WrongState(full_text(tally, registration))
    if is_judged:
        begin(registration, "hold")
        open_item(registration, DECIDE, waits_for=Role.EVENTS)
        tell(registration, "events.registration_received", str(registration.pk))
    else:
        place(registration, tally)
    write_answers(registration, answers or {})
    return registration


def new_registration(
    rules: RegistrationRules,
    person: User,
    *,
    actor: User | None,
    mode: str,
    stakeholder: Stakeholder | None,
    shown: str = ShownTo.NOBODY,
) -> Registration:
    """Return a registration that is not saved yet."""
    return Registration(
        rules=rules,
        user=person,
        stakeholder=stakeholder,
        kind=stakeholder.kind if stakeholder else "",
        region=(stakeholder.country.region_id or "") if stakeholder else "",
        mode=mode,
        shown=shown,
        registered_by=actor,
        code=new_code(),
    )


def full_text(tally: Tally, registration: Registration) -> str:
    if tally.free(registration.mode) == 0:
        return _("All places are taken, and there is no waiting list.")
    return _("The places for your organization, its kind or its region are taken.")


def write_answers(registration: Registration, answers: Mapping[int, str]) -> None:
    """Save the answers; an empty answer deletes the one before."""
    cleaned = {question: clean_block(text) for question, text in answers.items()}
    empty = [question for question, text in cleaned.items() if not text]
    if empty:
        registration.answers.filter(question_id__in=empty).delete()
    RegistrationAnswer.objects.bulk_create(
        [
            RegistrationAnswer(registration=registration, question_id=question, text=text)
            for question, text in cleaned.items()
            if text
        ],
        update_conflicts=True,
        unique_fields=["registration", "question"],
        update_fields=["text", "proposed"],
    )


def answer(registration: Registration, *, actor: User, answers: Mapping[int, str], shown: str) -> bool:
    """Change the person's answers and who sees that they take part.

    Answers that the desk judged stay as they are until it approves the change. Returns whether a change
    waits.
    """
    with hold_seats(registration.rules_id) as tally:
        current = _own(registration, actor, "events.change_registration")
        current.rules = tally.rules
        if not current.is_live:
            raise WrongState(_("This registration is over."))
        if shown not in ShownTo.values:
            raise DomainError(_("Choose from the list."), fields={"shown": _("Choose from the list.")})
        judged = judged_questions(current)
        write_answers(current, {number: text for number, text in answers.items() if number not in judged})
        Registration.objects.filter(pk=current.pk).update(shown=shown, updated_at=now())
        again = {number: text for number, text in answers.items() if number in judged}
        return propose(current, again) if again else False


def accept(registration: Registration, *, actor: User) -> Registration:
    """Take the place that was offered. Raises WrongState where the offer ran out or the event began."""
    ran_out = False
    with hold_seats(registration.rules_id) as tally:
        current = _own(registration, actor, "events.accept_registration")
        current.rules = tally.rules
        if current.status == S.OFFERED and not current.is_offered:
            settle(tally)
            ran_out = True
        else:
            was = current.status
            move(current, "accept", actor=actor, decided_at=now(), offer_until=None)
            tally.add(current, was, -1)
            tally.add(current, current.status)
            tell(current, "events.registration_confirmed", "accepted")
    if ran_out:  # after the commit, so that the seat has gone to whoever is next
        raise WrongState(_("The time to accept this place is over."))
    return current


def cancel(registration: Registration, *, actor: User) -> Registration:
    """Give up the seat, or the place in line; what becomes free is offered at once."""
    with free_seats(registration.rules_id) as tally:
        current = _own(registration, actor, "events.cancel_registration")
        current.rules = tally.rules
        refuse_counted(current)
        was = current.status
        move(current, "cancel", actor=actor, decided_at=now(), offer_until=None)
        close_items(current)
        tell(current, "events.registration_cancelled", str(current.pk))
        pass_on_seat(current, was, tally, actor=actor)
    return current


def forget(user: User) -> None:
    """Give up what waits or is to come, when the account is deleted, and erase the answers.

    Certificates of attendance are withdrawn.
    """
    RegistrationAnswer.objects.filter(registration__user=user).delete()
    Certificate.objects.filter(registration__user=user).delete()
    live = Registration.objects.live().filter(user=user, attended_at=None)
    for rules_id, pk in list(live.order_by("rules_id").values_list("rules_id", "pk")):
        with free_seats(rules_id) as tally:
            registration = Registration.objects.live().filter(pk=pk).first()
            if registration is not None:
                close_items(registration)
            if registration is not None and not tally.rules.event.is_over:
                was = registration.status
                move(registration, "remove", actor=None, system=True, decided_at=now(), offer_until=None)
                pass_on_seat(registration, was, tally, actor=None)


def follow_standing(stakeholders: Sequence[Stakeholder], standing: str) -> None:
    """End the coming places of a withdrawn entry's people, and offer them to whoever is next."""
    if standing != "withdraw":
        return
    live = Registration.objects.live().filter(stakeholder__in=stakeholders, attended_at=None)
    for rules_id, pk in list(live.order_by("rules_id", "pk").values_list("rules_id", "pk")):
        with free_seats(rules_id) as tally:
            registration = Registration.objects.live().select_related("user").filter(pk=pk).first()
            if registration is not None and not tally.rules.event.is_over:
                registration.rules, was = tally.rules, registration.status
                move(registration, "remove", actor=None, system=True, decided_at=now(), offer_until=None)
                close_items(registration)
                tell(registration, "events.registration_cancelled", str(registration.pk), why="entry")
                pass_on_seat(registration, was, tally, actor=None)


# --- Parts ------------------------------------------------------------------------------------------------
def reload_registration(registration: Registration) -> Registration:
    return Registration.objects.select_related("user").get(pk=registration.pk)


def _own(registration: Registration, actor: User, permission: str) -> Registration:
    current = reload_registration(registration)
    if not actor.has_perm(permission, current):
        raise PermissionDenied
    return current


def refuse_counted(registration: Registration) -> None:
    if registration.attended_at is not None:
        raise WrongState(_("This person has already been checked in."))


# -----------------------------------------------------------------------------------------------------
# An answer that the desk judged is changed: it judges the change, and the place is kept meanwhile (E-19).

# The same work as deciding on a registration that is new.
DECIDE = "decide"


def judged_questions(registration: Registration) -> set[int]:
    """Return the questions whose answers the desk judged; empty where a change needs no approval."""
    if not registration.edits_are_judged:
        return set()
    return set(registration.rules.questions.filter(stage=Stage.FIRST).values_list("pk", flat=True))


def propose(registration: Registration, answers: Mapping[int, str]) -> bool:
    """Save changed answers beside the approved ones, under the lock; return whether a change waits."""
    was = {row.question_id: row for row in registration.answers.filter(question__in=answers)}
    before = stamp_of(registration)
    for question, typed in answers.items():
        text = clean_block(typed)
        row = was.get(question) or RegistrationAnswer(
            registration=registration, question_id=question, text=""
        )
        proposed = None if text == row.text else text
        if proposed != row.proposed or (row.pk is None and proposed is not None):
            row.proposed = proposed
            row.save()
    registration.answers.filter(text="", proposed=None).delete()
    after = stamp_of(registration)
    if not after:
        close_items(registration, DECIDE)
    elif after != before:
        open_item(registration, DECIDE, waits_for=Role.EVENTS)
        record(registration, "events.registration.ask_again", actor=registration.user)
        tell(registration, "events.registration_change_received", now().isoformat())
    return bool(after)


def changes_of(registration: Registration) -> list[RegistrationAnswer]:
    """Return the answers with a proposed change: `text` before, `proposed` after."""
    return list(registration.answers.filter(proposed__isnull=False).select_related("question"))


def stamp_of(registration: Registration, changes: list[RegistrationAnswer] | None = None) -> str:
    """Return a key of the proposed changes; "" where none waits. `changes`: where they are read already."""
    rows = changes_of(registration) if changes is None else changes
    proposals = [f"{row.question_id}\0{row.proposed}" for row in rows]
    return sha256("\0\0".join(proposals).encode()).hexdigest()[:16] if proposals else ""


# --- Confirmed seats outside the form, for acts that have asked for their own permission -------------


class Participant(NamedTuple):
    user: User
    stakeholder: Stakeholder | None
    mode: str


def admit(
    event: Event, user: User, *, stakeholder: Stakeholder | None, mode: str, actor: User | None
) -> Registration:
    """Admit one person as `admit_many` does, and return the registration."""
    admit_many(event, [Participant(user, stakeholder, mode)], actor=actor)
    return Registration.objects.live().get(rules__event=event, user=user)


def admit_many(event: Event, people: Sequence[Participant], *, actor: User | None) -> int:
    """Give each of these people a confirmed seat, or nobody; return how many are new.

    Whoever waits or was offered a seat gets it by this; whoever has one keeps it, so that it may run twice.
    Registration stays closed for others where the event had none. Raises WrongState where the seats of a mode
    are taken. The number of queries does not grow with the people.
    """
    rules, _new = RegistrationRules.objects.get_or_create(
        event=event, defaults={"admission": Admission.INVITATION, "zone": event.zone}
    )
    with hold_seats(rules.pk) as tally:
        event_now = tally.rules.event
        if not {person.mode for person in people} <= set(modes_of(event_now)):
            raise DomainError(
                _("Choose how the person takes part."), fields={"mode": _("Choose from the list.")}
            )
        if event_now.is_cancelled or event_now.is_over:
            raise WrongState(_("This event is over or was cancelled."))
        seated = _seat(people, tally, actor)
        if seated:
            rows = Registration.objects.filter(pk__in=[registration.pk for registration in seated])
            moved = move_batch(
                rows, "admit", most=len(seated), actor=actor, decided_at=now(), offer_until=None
            )
            if len(moved) != len(seated):
                raise WrongState(_("This page has changed in the meantime. Please reload it."))
            kind = "events.registration_confirmed"
            tellings = (telling_of(registration, kind, "admitted") for registration in seated)
            notify_each(kind, [telling for telling in tellings if telling])
            settle(tally)
    return len(seated)


def _seat(people: Collection[Participant], tally: Tally, actor: User | None) -> list[Registration]:
    """Return the registrations that get a seat by this, new ones saved, in the order of `people`."""
    rules = tally.rules
    rows = rules.registrations.live().filter(user__in=[person.user.pk for person in people])
    live = {registration.user_id: registration for registration in rows}
    seated, new, turned = [], [], []
    for user, stakeholder, mode in people:
        registration = live.get(user.pk)
        if registration is not None and registration.is_confirmed:
            continue
        # An offer holds its own seat already; a seat of the other mode is one more.
        has_offer = registration and registration.status == S.OFFERED and registration.mode == mode
        if tally.free(mode) == 0 and not has_offer:
            raise WrongState(
                ngettext("The only place is taken.", "All %(n)s places are taken.", rules.seats(mode) or 0)
                % {"n": rules.seats(mode)}
            )
        if registration is None:
            registration = new_registration(rules, user, actor=actor, mode=mode, stakeholder=stakeholder)
            new.append(registration)
        else:
            tally.add(registration, registration.status, -1)
        if registration.mode != mode:
            registration.mode = mode
            turned.append(registration)
        registration.rules, registration.user = rules, user
        tally.add(registration, S.CONFIRMED)
        seated.append(registration)
    Registration.objects.bulk_create(new)
    if turned:
        Registration.objects.bulk_update(turned, ["mode"])
    return seated


# --- What happened to registrations, as sentences ----------------------------------------------------

for _name, _text in (
    ("remove", gettext_lazy("The registration ended with the account or the profile of its stakeholder")),
    (
        "ask_again",
        gettext_lazy("%(actor)s changed answers that had been approved, and asked for approval again"),
    ),
    ("take_change", gettext_lazy("%(actor)s approved the changed answers")),
    ("leave_change", gettext_lazy("%(actor)s did not approve the changed answers")),
    ("count", gettext_lazy("%(actor)s checked the person in")),
    ("uncount", gettext_lazy("%(actor)s cancelled the check-in")),
):
    sentence(f"events.registration.{_name}", _text, audience=Audience.SUBJECT)
