"""Registering for an event: send, accept, give up, approve, decline; admission outside the form."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.actions.renewing import DECIDE, judged_questions, propose
from events.actions.seats import free_seats, hold_seats, place, settle, tell, tell_keepers
from events.enums import Admission, RegistrationStatus, Shown
from events.models import Registration, RegistrationAnswer, RegistrationRules
from events.queries.seats import Tally, modes_of, stakeholders_for
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from workflow.items.actions import close_items
from workflow.moves.actions import begin, move
from workflow.windows.actions import refuse_unless_open

S = RegistrationStatus
MOST_DELEGATES = 50


def register(
    rules: RegistrationRules,
    *,
    actor: User,
    mode: str,
    stakeholder: Stakeholder | None = None,
    shown: str = Shown.NOBODY,
    answers: Mapping[int, str] | None = None,
) -> Registration:
    """Register the person: a seat where one is free, else the waiting list; or received, for the desk.

    Which of them is decided under the lock. Raises WrongState where registration is not open or full.
    """
    if stakeholder is not None and not stakeholders_for(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    one = received(rules, actor, actor=actor, mode=mode, stakeholder=stakeholder, shown=shown)
    try:
        with hold_seats(rules.pk) as kept:
            _refuse_unless_open_to(kept, actor)
            _check(kept, mode, stakeholder, shown)
            return _take_in(one, kept, settle(kept), answers)
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
        _check(kept, mode, stakeholder, Shown.NOBODY)
        tally = settle(kept)
        done = []
        for person in people:
            refuse_unless_possible(kept, person)
            one = received(kept, person, actor=actor, mode=mode, stakeholder=stakeholder)
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
        raise WrongState(_("This event has begun. Nobody can register any more."))
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
        wrong["stakeholder"] = _("Say for which stakeholder you take part.")
    if shown not in Shown.values:
        wrong["shown"] = _("Choose from the list.")
    if wrong:
        raise DomainError(_("Please look at what is marked."), fields=wrong)


def _take_in(
    one: Registration, rules: RegistrationRules, tally: Tally, answers: Mapping[int, str] | None = None
) -> Registration:
    one.rules = rules  # as they are under the lock
    if rules.admission != Admission.APPROVAL and not rules.has_waiting_list and not tally.has_seat_for(one):
        raise WrongState(_full(tally, one))
    if rules.admission == Admission.APPROVAL:
        begin(one, "hold")
        tell(one, "received", str(one.pk))
    else:
        place(one, tally)
    write_answers(one, answers or {})
    return one


def received(
    rules: RegistrationRules,
    person: User,
    *,
    actor: User | None,
    mode: str,
    stakeholder: Stakeholder | None,
    shown: str = Shown.NOBODY,
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
    )


def _full(tally: Tally, one: Registration) -> str:
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
        kept = _own(one, actor, "change")
        kept.rules = rules
        if not kept.is_live:
            raise WrongState(_("This registration is over."))
        if shown not in Shown.values:
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
        kept = _own(one, actor, "accept")
        kept.rules = rules
        if kept.status == S.OFFERED and not kept.is_offered:
            settle(rules)
            ran_out = True
        else:
            move(kept, "accept", actor=actor, decided_at=now(), offer_until=None)
            tell(kept, "confirmed", "accepted")
    if ran_out:  # after the commit, so that the seat has gone to whoever is next
        raise WrongState(_("The time to accept this place is over."))
    return kept


def cancel(one: Registration, *, actor: User) -> Registration:
    """Give up the place, or the place in line; what is free by it is offered at once."""
    with free_seats(one.rules_id) as rules:
        kept = _own(one, actor, "cancel")
        kept.rules = rules
        _refuse_counted(kept)
        was = kept.status
        move(kept, "cancel", actor=actor, decided_at=now(), offer_until=None)
        tell(kept, "cancelled", str(kept.pk))
        tell_keepers(kept, was, actor)
        settle(rules)
    return kept


def approve(one: Registration, *, actor: User) -> Registration:
    """A seat where one is free, else the waiting list; the mail says which."""
    with hold_seats(one.rules_id) as rules:
        kept = _locked(one)
        kept.rules = rules
        if kept.stakeholder is not None and kept.stakeholder.status not in Status.TAKING_PART:
            raise WrongState(
                _("The stakeholder is not active. What it applied for is not decided meanwhile.")
            )
        tally = settle(rules)
        kept.refresh_from_db(fields=["status"])
        if tally.has_seat_for(kept):
            move(kept, "approve", actor=actor, decided_at=now())
            tell(kept, "confirmed", "approved")
        elif rules.has_waiting_list:
            move(kept, "approve_to_wait", actor=actor, decided_at=now(), queued_at=Now())
            tell(kept, "waiting", "approved")
        else:
            raise WrongState(_full(tally, kept))
    return kept


def refuse(one: Registration, *, actor: User, reason: str, note: str = "") -> Registration:
    """Decline, also after approval (E-18): the state changes, the reason is mailed, the seat is free."""
    with free_seats(one.rules_id) as rules:
        kept = _locked(one)
        kept.rules = rules
        _refuse_counted(kept)
        was = kept.status
        move(kept, "refuse", actor=actor, reason=reason, note=note, decided_at=now(), offer_until=None)
        tell(kept, "declined", str(kept.pk), reason=reason, note=note, was=was)
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
                close_items(one, DECIDE)
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
                tell(one, "cancelled", str(one.pk), why="entry")
                tell_keepers(one, was, None)
                settle(rules)


# --- Counting in ------------------------------------------------------------------------------------------
def count_in(one: Registration, *, actor: User) -> Registration:
    """Say that the person is here, and who counted; a second time changes nothing."""
    with hold_seats(one.rules_id) as rules:
        kept = _locked(one)
        kept.rules = rules
        if not actor.has_perm("events.run_registrations", rules.event):
            raise PermissionDenied
        if not kept.is_confirmed:
            raise WrongState(_("Only whoever has a confirmed place can be counted in."))
        if rules.event.is_cancelled:
            raise WrongState(_("This event was cancelled."))
        if kept.attended_at is None:
            kept.attended_at, kept.counted_by = now(), actor
            kept.save(update_fields=["attended_at", "counted_by"])
            record(kept, "events.registration.count", actor=actor)
    return kept


def uncount(one: Registration, *, actor: User) -> Registration:
    """Take back a counting that was a mistake."""
    with hold_seats(one.rules_id) as rules:
        kept = _locked(one)
        if not actor.has_perm("events.run_registrations", rules.event):
            raise PermissionDenied
        if kept.attended_at is not None:
            kept.attended_at, kept.counted_by = None, None
            kept.save(update_fields=["attended_at", "counted_by"])
            record(kept, "events.registration.uncount", actor=actor)
    return kept


# --- Parts ------------------------------------------------------------------------------------------------
def _locked(one: Registration) -> Registration:
    return Registration.objects.select_related("user").get(pk=one.pk)


def _own(one: Registration, actor: User, verb: str) -> Registration:
    kept = _locked(one)
    if not actor.has_perm(f"events.{verb}_registration", kept):
        raise PermissionDenied
    return kept


def _refuse_counted(one: Registration) -> None:
    if one.attended_at is not None:
        raise WrongState(_("The person was counted in already."))
