"""Confirmed seats outside the form, for acts that have asked for their own permission."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.models import User
from core.errors import DomainError, WrongState
from events.actions.registrations import received
from events.actions.seats import hold_seats, settle, telling
from events.enums import Admission, RegistrationStatus
from events.models import Event, Registration, RegistrationRules
from events.models.registrations import new_code
from events.queries.seats import Tally, modes_of
from notifications.outbox.actions import notify_each
from stakeholders.entries.models import Stakeholder
from workflow.moves.actions import move_batch

S = RegistrationStatus


class Admitted(NamedTuple):
    user: User
    stakeholder: Stakeholder | None
    mode: str


def admit(
    event: Event, user: User, *, stakeholder: Stakeholder | None, mode: str, actor: User | None
) -> Registration:
    """As `admit_many`, for one person; their registration."""
    admit_many(event, [Admitted(user, stakeholder, mode)], actor=actor)
    return Registration.objects.live().get(rules__event=event, user=user)


def admit_many(event: Event, people: Sequence[Admitted], *, actor: User | None) -> int:
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
            if moved != len(seated):
                raise WrongState(_("Something has changed in the meantime. Please reload the page."))
            notify_each(
                "events.registration_confirmed",
                [told for one in seated if (told := telling(one, "confirmed", "admitted"))],
            )
            settle(kept, tally)
    return len(seated)


def _seated(tally: Tally, people: Collection[Admitted], actor: User | None) -> list[Registration]:
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
            one = received(rules, user, actor=actor, mode=mode, stakeholder=stakeholder)
            one.code = new_code()
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
