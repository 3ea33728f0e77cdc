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
    count_seats,
    free_seats,
    hold_seats,
    place,
    settle,
    tell,
    tell_keepers,
    telling,
)
from events.registrations.enums import Admission, RegistrationStatus, ShownTo, Stage
from events.registrations.models import Registration, RegistrationAnswer, RegistrationRules, new_code
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
    """Register the person: a seat where one is free, else the waiting list; or received, for the desk.

    Which of them is decided under the lock. Raises WrongState where registration is not open or full.
    """
    if stakeholder is not None and not stakeholders_for(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    one = new_registration(rules, actor, actor=actor, mode=mode, stakeholder=stakeholder, shown=shown)
    try:
        with count_seats(rules) as tally:
            kept = tally.rules
            _refuse_unless_open_to(kept, actor)
            _check(kept, mode, stakeholder, shown)
            one.pk = tally.next_key
            return _take_in(one, kept, settle(kept, tally), answers)
    except (IntegrityError, DomainError):
        _refuse_twice(rules, actor)  # whoever has a place hears that, whatever else stood in the way
        raise


def register_delegation(
    rules: RegistrationRules, people: Sequence[User], *, stakeholder: Stakeholder, mode: str, actor: User
) -> list[Registration]:
    """An administrator registers people of the stakeholder, in this order; all or nobody.

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
    if len(people) > MOST_DELEGATES or not {one.pk for one in people} <= members:
        raise DomainError(_("Choose from the members."), fields={"people": _("Choose from the members.")})
    with hold_seats(rules.pk) as kept:
        _check(kept, mode, stakeholder, ShownTo.NOBODY)
        tally = settle(kept)
        done = []
        for person in people:
            refuse_unless_possible(kept, person)
            one = new_registration(kept, person, actor=actor, mode=mode, stakeholder=stakeholder)
            done.append(_take_in(one, kept, tally))
        return done


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
    one: Registration, rules: RegistrationRules, tally: Tally, answers: Mapping[int, str] | None = None
) -> Registration:
    one.rules = rules  # as they are under the lock
    if rules.admission != Admission.APPROVAL and not rules.has_waiting_list and not tally.has_seat_for(one):
        raise WrongState(full_text(tally, one))
    if rules.admission == Admission.APPROVAL:
        begin(one, "hold")
        open_item(one, DECIDE, waits_for=Role.EVENTS)
        tell(one, "events.registration_received", str(one.pk))
    else:
        place(one, tally)
    write_answers(one, answers or {})
    return one


def new_registration(
    rules: RegistrationRules,
    person: User,
    *,
    actor: User | None,
    mode: str,
    stakeholder: Stakeholder | None,
    shown: str = ShownTo.NOBODY,
) -> Registration:
    """A registration that is not kept yet."""
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


def full_text(tally: Tally, one: Registration) -> str:
    if tally.free(one.mode) == 0:
        return _("All places are taken, and there is no waiting list.")
    return _("The places for your organization, its kind or its region are taken.")


def write_answers(one: Registration, answers: Mapping[int, str]) -> None:
    """Keep what was answered; an empty answer removes the one before."""
    cleaned = {question: clean_block(text) for question, text in answers.items()}
    empty = [question for question, text in cleaned.items() if not text]
    if empty:
        one.answers.filter(question_id__in=empty).delete()
    RegistrationAnswer.objects.bulk_create(
        [
            RegistrationAnswer(registration=one, question_id=question, text=text)
            for question, text in cleaned.items()
            if text
        ],
        update_conflicts=True,
        unique_fields=["registration", "question"],
        update_fields=["text", "proposed"],
    )


def answer(one: Registration, *, actor: User, answers: Mapping[int, str], shown: str) -> bool:
    """Change one's answers and who sees that one takes part, while the registration stands.

    Answers that the desk judged stay as they are until it approves the change; returns whether one waits.
    """
    with hold_seats(one.rules_id) as rules:
        kept = _own(one, actor, "events.change_registration")
        kept.rules = rules
        if not kept.is_live:
            raise WrongState(_("This registration is over."))
        if shown not in ShownTo.values:
            raise DomainError(_("Choose from the list."), fields={"shown": _("Choose from the list.")})
        judged = judged_questions(kept)
        write_answers(kept, {number: text for number, text in answers.items() if number not in judged})
        Registration.objects.filter(pk=kept.pk).update(shown=shown, updated_at=now())
        again = {number: text for number, text in answers.items() if number in judged}
        return propose(kept, again) if again else False


def accept(one: Registration, *, actor: User) -> Registration:
    """Take the place that was offered. Raises WrongState where the offer ran out or the event began."""
    ran_out = False
    with hold_seats(one.rules_id) as rules:
        kept = _own(one, actor, "events.accept_registration")
        kept.rules = rules
        if kept.status == S.OFFERED and not kept.is_offered:
            settle(rules)
            ran_out = True
        else:
            move(kept, "accept", actor=actor, decided_at=now(), offer_until=None)
            tell(kept, "events.registration_confirmed", "accepted")
    if ran_out:  # after the commit, so that the seat has gone to whoever is next
        raise WrongState(_("The time to accept this place is over."))
    return kept


def cancel(one: Registration, *, actor: User) -> Registration:
    """Give up the place, or the place in line; what is free by it is offered at once."""
    with free_seats(one.rules_id) as rules:
        kept = _own(one, actor, "events.cancel_registration")
        kept.rules = rules
        refuse_counted(kept)
        was = kept.status
        move(kept, "cancel", actor=actor, decided_at=now(), offer_until=None)
        close_items(kept)
        tell(kept, "events.registration_cancelled", str(kept.pk))
        tell_keepers(kept, was, actor)
        settle(rules)
    return kept


def forget(user: User) -> None:
    """The account goes: what waits or is to come is given up, so that others move up; answers are erased."""
    RegistrationAnswer.objects.filter(registration__user=user).delete()
    live = Registration.objects.live().filter(user=user, attended_at=None)
    for rules_id, pk in list(live.order_by("rules_id").values_list("rules_id", "pk")):
        with free_seats(rules_id) as rules:
            one = Registration.objects.live().filter(pk=pk).first()
            if one is not None:
                close_items(one)
            if one is not None and not rules.event.is_over:
                was = one.status
                move(one, "remove", actor=None, system=True, decided_at=now(), offer_until=None)
                tell_keepers(one, was, None)
                settle(rules)


def follow_standing(stakeholders: Sequence[Stakeholder], standing: str) -> None:
    """With an entry that is withdrawn, the coming places of its people end, and go to whoever is next."""
    if standing != "withdraw":
        return
    live = Registration.objects.live().filter(stakeholder__in=stakeholders, attended_at=None)
    for rules_id, pk in list(live.order_by("rules_id", "pk").values_list("rules_id", "pk")):
        with free_seats(rules_id) as rules:
            one = Registration.objects.live().select_related("user").filter(pk=pk).first()
            if one is not None and not rules.event.is_over:
                one.rules, was = rules, one.status
                move(one, "remove", actor=None, system=True, decided_at=now(), offer_until=None)
                close_items(one)
                tell(one, "events.registration_cancelled", str(one.pk), why="entry")
                tell_keepers(one, was, None)
                settle(rules)


# --- Parts ------------------------------------------------------------------------------------------------
def reload_registration(one: Registration) -> Registration:
    return Registration.objects.select_related("user").get(pk=one.pk)


def _own(one: Registration, actor: User, permission: str) -> Registration:
    kept = reload_registration(one)
    if not actor.has_perm(permission, kept):
        raise PermissionDenied
    return kept


def refuse_counted(one: Registration) -> None:
    if one.attended_at is not None:
        raise WrongState(_("The person was counted in already."))


# -----------------------------------------------------------------------------------------------------
# An answer that the desk judged is changed: it judges the change, and the place is kept meanwhile (E-19).

# The same work as deciding on a registration that is new.
DECIDE = "decide"


def judged_questions(one: Registration) -> set[int]:
    """Those whose answers the desk judged when it approved; empty where a change needs no approval."""
    if not one.edits_are_judged:
        return set()
    return set(one.rules.questions.filter(stage=Stage.FIRST).values_list("pk", flat=True))


def propose(one: Registration, answers: Mapping[int, str]) -> bool:
    """Keep these beside the answers that were approved, under the lock; whether something waits now."""
    was = {row.question_id: row for row in one.answers.filter(question__in=answers)}
    before = stamp_of(one)
    for question, said in answers.items():
        text = clean_block(said)
        row = was.get(question) or RegistrationAnswer(registration=one, question_id=question, text="")
        proposed = None if text == row.text else text
        if proposed != row.proposed or (row.pk is None and proposed is not None):
            row.proposed = proposed
            row.save()
    one.answers.filter(text="", proposed=None).delete()
    after = stamp_of(one)
    if not after:
        close_items(one, DECIDE)
    elif after != before:
        open_item(one, DECIDE, waits_for=Role.EVENTS)
        record(one, "events.registration.ask_again", actor=one.user)
        tell(one, "events.registration_change_received", now().isoformat())
    return bool(after)


def changes_of(one: Registration) -> list[RegistrationAnswer]:
    """The answers that the person wants to be others: `text` before, `proposed` after."""
    return list(one.answers.filter(proposed__isnull=False).select_related("question"))


def stamp_of(one: Registration, changes: list[RegistrationAnswer] | None = None) -> str:
    """What the desk saw when it decided; "" where no change waits. `changes`: where they are read already."""
    rows = changes_of(one) if changes is None else changes
    said = [f"{row.question_id}\0{row.proposed}" for row in rows]
    return sha256("\0\0".join(said).encode()).hexdigest()[:16] if said else ""


# --- Confirmed seats outside the form, for acts that have asked for their own permission -------------


class Participant(NamedTuple):
    user: User
    stakeholder: Stakeholder | None
    mode: str


def admit(
    event: Event, user: User, *, stakeholder: Stakeholder | None, mode: str, actor: User | None
) -> Registration:
    """As `admit_many`, for one person; their registration."""
    admit_many(event, [Participant(user, stakeholder, mode)], actor=actor)
    return Registration.objects.live().get(rules__event=event, user=user)


def admit_many(event: Event, people: Sequence[Participant], *, actor: User | None) -> int:
    """A confirmed seat for each, in a number of statements that does not grow with them; how many are new.

    All or none. Whoever waits or was offered a seat gets it by this; whoever has one keeps it, so that twice
    is once. Registration stays closed for others where the event had none. Raises WrongState where the seats
    of a mode are taken.
    """
    rules, _new = RegistrationRules.objects.get_or_create(
        event=event, defaults={"admission": Admission.INVITATION, "zone": event.zone}
    )
    with hold_seats(rules.pk) as kept:
        if not {one.mode for one in people} <= set(modes_of(kept.event)):
            raise DomainError(
                _("Choose how the person takes part."), fields={"mode": _("Choose from the list.")}
            )
        if kept.event.is_cancelled or kept.event.is_over:
            raise WrongState(_("This event is over or was cancelled."))
        tally = Tally(kept)
        seated = _seated(tally, people, actor)
        if seated:
            rows = Registration.objects.filter(pk__in=[one.pk for one in seated])
            moved = move_batch(
                rows, "admit", most=len(seated), actor=actor, decided_at=now(), offer_until=None
            )
            if len(moved) != len(seated):
                raise WrongState(_("This page has changed in the meantime. Please reload it."))
            notify_each(
                "events.registration_confirmed",
                [
                    told
                    for one in seated
                    if (told := telling(one, "events.registration_confirmed", "admitted"))
                ],
            )
            settle(kept, tally)
    return len(seated)


def _seated(tally: Tally, people: Collection[Participant], actor: User | None) -> list[Registration]:
    """The registrations that get a seat by this, new ones already kept, in the order of `people`."""
    rules = tally.rules
    rows = rules.registrations.live().filter(user__in=[one.user.pk for one in people])
    live = {one.user_id: one for one in rows}
    seated, new, turned = [], [], []
    for user, stakeholder, mode in people:
        one = live.get(user.pk)
        if one is not None and one.is_confirmed:
            continue
        # An offer holds its own seat already; a seat of the other mode is one more.
        if tally.free(mode) == 0 and not (one and one.status == S.OFFERED and one.mode == mode):
            raise WrongState(
                ngettext("The only place is taken.", "All %(n)s places are taken.", rules.seats(mode) or 0)
                % {"n": rules.seats(mode)}
            )
        if one is None:
            one = new_registration(rules, user, actor=actor, mode=mode, stakeholder=stakeholder)
            new.append(one)
        elif one.status == S.OFFERED:
            tally.seat(one, S.OFFERED, -1)
        else:
            tally.by_state[one.mode, one.status] -= 1
        if one.mode != mode:
            one.mode = mode
            turned.append(one)
        one.rules, one.user = rules, user
        tally.seat(one, S.CONFIRMED)
        seated.append(one)
    Registration.objects.bulk_create(new)
    if turned:
        Registration.objects.bulk_update(turned, ["mode"])
    return seated


# --- What happened to registrations, as sentences ----------------------------------------------------

for _name, _text in (
    ("hold", gettext_lazy("The registration was received and is pending approval")),
    ("queue", gettext_lazy("The registration was put on the waiting list")),
    ("confirm", gettext_lazy("The registration was confirmed")),
    ("admit", gettext_lazy("%(actor)s gave a place without the form")),
    ("offer", gettext_lazy("A place that became free was offered")),
    ("lapse", gettext_lazy("The registration ran out")),
    ("remove", gettext_lazy("The registration ended with the account or the profile of its stakeholder")),
    ("approve", gettext_lazy("%(actor)s approved the registration")),
    ("approve_to_wait", gettext_lazy("%(actor)s approved the registration for the waiting list")),
    ("accept", gettext_lazy("%(actor)s accepted the place")),
    ("refuse", gettext_lazy("%(actor)s declined the registration")),
    ("cancel", gettext_lazy("%(actor)s gave up the place")),
    (
        "ask_again",
        gettext_lazy("%(actor)s changed answers that had been approved, and asked for approval again"),
    ),
    ("take_change", gettext_lazy("%(actor)s approved the changed answers")),
    ("leave_change", gettext_lazy("%(actor)s did not approve the changed answers")),
    ("count", gettext_lazy("%(actor)s counted the person in")),
    ("uncount", gettext_lazy("%(actor)s took back the counting")),
):
    sentence(f"events.registration.{_name}", _text, audience=Audience.SUBJECT)
