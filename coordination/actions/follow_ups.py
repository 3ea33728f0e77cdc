"""What is to be done after an activity: given, done, reminded of, passed on."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from coordination.actions.activities import written
from coordination.enums import ActivityStatus
from coordination.models import Activity, FollowUp, PeriodReport
from coordination.queries.handing_over import open_ones
from core.errors import DomainError
from core.text import clean_line
from notifications.outbox.actions import notify
from stakeholders.appointments.models import today

MOST_OPEN = 50


def give(one: Activity, *, actor: User, text: str, owner: User, due_on: date) -> FollowUp:
    """Write down what follows and who does it; somebody else is told by mail."""
    with transaction.atomic():
        kept = written(one, actor, also_reported=True)
        if not (owner.is_active and owner.has_role(Role.REGIONAL, *Role.DESK)):
            message = _("Choose somebody from the list.")
            raise DomainError(message, fields={"owner": message})
        if kept.follow_ups.waiting().count() >= MOST_OPEN:
            raise DomainError(_("There are %(most)s things to do already.") % {"most": MOST_OPEN})
        made = FollowUp.objects.create(activity=kept, text=clean_line(text), owner=owner, due_on=due_on)
        record(kept, "coordination.activity.follow_up", actor=actor, due_on=due_on.isoformat())
        if owner.pk != actor.pk:
            _tell(made, owner, "follow_up_given")
    return made


def finish(follow_up: FollowUp, *, actor: User) -> bool:
    """Say that it is done; False where somebody had said so before."""
    if not actor.has_perm("coordination.finish_followup", follow_up):
        raise PermissionDenied
    with transaction.atomic():
        won = FollowUp.objects.waiting().filter(pk=follow_up.pk).update(done_at=now(), done_by=actor)
        if won:
            record(follow_up.activity, "coordination.activity.finish", actor=actor)
    return bool(won)


def remind(on: date | None = None) -> int:
    """Tell owners on the day before what is due; each once, whatever runs at the same time."""
    day = on or today()
    due = FollowUp.objects.waiting().filter(reminded_at=None, owner__is_active=True)
    # Not later than the day after `day`; what is overdue already is told too.
    rows = due.filter(due_on__lte=date.fromordinal(day.toordinal() + 1)).select_related("owner", "activity")
    told = 0
    for one in rows.exclude(activity__status=ActivityStatus.CANCELLED).order_by("pk"):
        with transaction.atomic():
            won = FollowUp.objects.waiting().filter(pk=one.pk, reminded_at=None).update(reminded_at=now())
            if won and one.owner is not None:
                _tell(one, one.owner, "follow_up_due")
                told += 1
    return told


def hand_over(
    from_whom: User, to_whom: User, places: frozenset[str], *, actor: User | None
) -> dict[str, int]:
    """Pass on what `open_ones` has: activities, what is to be done, draft reports; how many of each.

    Runs in the caller's transaction, which has asked for the permission. Private notes stay with who wrote
    them.
    """
    open_rows = open_ones(from_whom, places)
    ids = {
        name: list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
        for name, rows in open_rows.items()
    }  # before any of it goes: what follows from an activity tells which activities are open
    for one in Activity.objects.filter(pk__in=ids["activities"]):
        record(one, "coordination.activity.hand_over", actor=actor)
    Activity.objects.filter(pk__in=ids["activities"]).update(author=to_whom)
    FollowUp.objects.filter(pk__in=ids["follow_ups"]).update(owner=to_whom, reminded_at=None)
    PeriodReport.objects.filter(pk__in=ids["reports"]).update(author=to_whom)
    return {name: len(found) for name, found in ids.items()}


def _tell(one: FollowUp, owner: User, what: str) -> None:
    notify(
        owner,
        f"coordination.{what}",
        key=f"follow_up:{one.pk}:{what}:{owner.pk}",
        url_name="activities:activity",
        url_args=[one.activity_id],
        facts={"text": one.text, "activity": one.activity.title, "due_on": one.due_on.isoformat()},
        subject=one,
    )
