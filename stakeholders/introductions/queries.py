"""To whom introductions are offered, those that wait for a person, and what they add to the team's work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from core.time_display import VIENNA, day_of
from stakeholders.contact.enums import ContactObstacle
from stakeholders.contact.rules import is_reachable, obstacle_for, writer
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.introductions.enums import ASK_AGAIN_DAYS, IntroductionStatus
from stakeholders.introductions.models import TASK_ROLES, Introduction, IntroductionTask
from workflow.hooks import MyPart, OwnRows, Rows, Submission, Task

# Not where its people take no messages at all, or none of this reader: that is their choice.
OFFERED_FOR = frozenset(
    (
        ContactObstacle.UNCLAIMED,
        ContactObstacle.UNATTENDED,
        ContactObstacle.MEMBERS,
        ContactObstacle.MEMBERS_STATES,
    )
)
ANSWERED = (IntroductionStatus.PASSED_ON, IntroductionStatus.INVITED, IntroductionStatus.DECLINED)
SHOWN_DAYS, FIGURES_DAYS = 90, 365
LONGEST_MAILTO = 2000  # characters; some mail programs open no longer address


def is_public_organization(stakeholder: Stakeholder) -> bool:
    """Return whether the entry is public and an organization; introductions are offered to no other."""
    is_public = stakeholder.listing == Listing.PUBLIC and stakeholder.status in Status.SHOWN
    return is_public and not stakeholder.is_expert


def held_task() -> IntroductionTask | None:
    return IntroductionTask.objects.held().first()


def version() -> tuple[str, Sequence[Any]]:
    """Return an SQL expression of the days of `held_task`, else 0, and its values: kept profiles say so."""
    return _HELD_DAYS, (list(TASK_ROLES), now(), now())


# Kept as text since it belongs to every profile; a test compares it with `held_task`.
_HELD_DAYS = f"""coalesce((
    SELECT task.days FROM {IntroductionTask._meta.db_table} AS task
    JOIN {User._meta.db_table} AS person ON person.id = task.holder_id
    WHERE person.is_active AND EXISTS (
        SELECT FROM {Grant._meta.db_table} AS held WHERE held.user_id = person.id AND held.role = ANY(%s)
        AND held.confirmed_at IS NOT NULL AND held.starts_at <= %s
        AND (held.ends_at IS NULL OR held.ends_at > %s)
    ) ORDER BY task.id LIMIT 1
), 0)"""  # noqa: S608  names of our own tables


def is_offered(stakeholder: Stakeholder, obstacle: ContactObstacle | None) -> bool:
    """Return whether an introduction may be requested; `obstacle` keeps the reader from writing."""
    return obstacle in OFFERED_FOR and is_public_organization(stakeholder)


def goes_by_portal(introduction: Introduction) -> bool:
    """Return whether people of the organization are on the portal, and take messages of the asker."""
    entry, asker = introduction.stakeholder, introduction.asker
    return bool(is_reachable(asker, entry)) and obstacle_for(asker, entry) != ContactObstacle.CLOSED


@dataclass(frozen=True, slots=True)
class MessageToPassOn:
    """An introduction as the text of an e-mail, in the reader's language."""

    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """Return the address that opens the reader's mail program; without the text where it is too long."""
        whole = self._mailto(subject=self.subject, body=self.text.replace("\n", "\r\n"))
        return whole if len(whole) <= LONGEST_MAILTO else self._mailto(subject=self.subject)

    @staticmethod
    def _mailto(**headers: str) -> str:
        return f"mailto:?{urlencode(headers, quote_via=quote)}"


def message_to_pass_on(introduction: Introduction) -> MessageToPassOn:
    asker = introduction.asker
    names = {"by": asker.name, "name": introduction.stakeholder.name}
    paragraphs = (
        _("%(by)s asked the WhatsOn team for an introduction to %(name)s. The team passes it on.") % names,
        introduction.background,
        introduction.purpose,
        introduction.text,
        _("To answer, write to this address: %(address)s") % {"address": asker.email},
    )
    subject = _("Introduction through WhatsOn: %(name)s") % {"name": asker.name}
    return MessageToPassOn(subject, "\n\n".join(paragraphs))


def refusal_for(user: Any, stakeholder: Stakeholder) -> str:
    """Return why this person cannot ask for an introduction now, as a sentence; "" where they can."""
    by = writer(user)
    if by is None or not is_offered(stakeholder, obstacle_for(user, stakeholder)):
        return _("An introduction to this organization is not offered.")
    if held_task() is None:
        return _("Introductions are not offered at present.")
    if not by.is_confirmed:
        return _("Confirm your e-mail address first. Then you can ask for an introduction.")
    if not by.is_in_good_standing:
        return _("Your own profile is suspended or withdrawn, so you cannot ask for an introduction.")
    own = Introduction.objects.filter(stakeholder=stakeholder, asker=user)
    recent = own.filter(status__in=ANSWERED, closed_at__gt=now() - timedelta(days=ASK_AGAIN_DAYS))
    if recent.exists():
        return _(
            "You asked for this introduction not long ago. You can ask again %(days)s days after the answer."
        ) % {"days": ASK_AGAIN_DAYS}
    return ""


def open_introduction(user: Any, stakeholder: Stakeholder) -> Introduction | None:
    """Return the introduction that this person waits for."""
    if not user.is_authenticated:
        return None
    return Introduction.objects.open().filter(stakeholder=stakeholder, asker=user).first()


# --- The desk -------------------------------------------------------------------------------------------
def introductions(user: Any, *, closed: bool = False) -> QuerySet[Introduction]:
    """Return those that wait, the first due first; or those that are closed, the newest first."""
    rows = Introduction.objects.visible_to(user).select_related("stakeholder__country", "asker")
    if closed:
        return rows.exclude(status=IntroductionStatus.OPEN).order_by("-closed_at", "-pk")
    return rows.open().order_by("answer_by", "pk")


@dataclass(frozen=True, slots=True)
class Figures:
    """What introductions add to the team's work: numbers of a year, and days (None: no answer yet)."""

    open: int
    oldest: datetime | None
    requests: int
    answered: int
    expired: int
    median_days: float | None


def figures(user: Any) -> Figures:
    since = now() - timedelta(days=FIGURES_DAYS)
    rows = Introduction.objects.visible_to(user)
    is_open, answered = Q(status=IntroductionStatus.OPEN), Q(status__in=ANSWERED, closed_at__gte=since)
    counts = rows.aggregate(
        open=Count("pk", filter=is_open),
        oldest=Min("asked_at", filter=is_open),
        requests=Count("pk", filter=Q(asked_at__gte=since)),
        answered=Count("pk", filter=answered),
        expired=Count("pk", filter=Q(status=IntroductionStatus.EXPIRED, closed_at__gte=since)),
    )
    spans = [
        (closed_at - asked_at) / timedelta(days=1)
        for asked_at, closed_at in rows.filter(answered).values_list("asked_at", "closed_at")
        if closed_at
    ]
    days = round(median(spans), 1) if spans else None
    return Figures(**counts, median_days=days)


# --- The page of tasks ----------------------------------------------------------------------------------
def my_rows(user: Any) -> dict[str, OwnRows]:
    own = Introduction.objects.filter(asker=user)
    rows = {"introductions": OwnRows(own, lambda: _recent_of(user))}
    if user.has_role(Role.REGIONAL):
        rows["introductions_to_answer"] = OwnRows(introductions(user).exclude(asker=user))
    return rows


def my_work(user: Any, rows: Rows) -> MyPart:
    tasks = [
        Task(
            row.stakeholder.name,
            row.get_absolute_url(),
            _("Introduction that %(name)s asks for") % {"name": row.asker},
            _("Answer introduction"),
            row.answer_by,
            icon="envelope-open",
        )
        for row in rows["introductions_to_answer"]
    ]
    return MyPart(tasks, [_submission(user, row) for row in rows["introductions"]], position=12)


def _submission(user: Any, row: Introduction) -> Submission:
    until = day_of(row.answer_by, VIENNA.key, ends=True)
    turn = _("With the WhatsOn team and the regional focal point until %(date)s") % {"date": until}
    return Submission(
        row.stakeholder.name_for(user),
        row.get_absolute_url(),
        _("Introduction to an organization"),
        row.status,
        row.get_status_display(),
        row.asked_at,
        turn if row.is_open else "",
        icon="envelope-open",
    )


def _recent_of(user: Any) -> QuerySet[Introduction]:
    """Return the person's own that wait, and those of the last months that do not."""
    since = now() - timedelta(days=SHOWN_DAYS)
    rows = Introduction.objects.filter(asker=user).select_related("stakeholder")
    return rows.filter(Q(closed_at=None) | Q(closed_at__gte=since))
