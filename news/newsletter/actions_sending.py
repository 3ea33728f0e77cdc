"""An issue on its way: set to an instant, sent, paused, counted.

The mails go through the outbox, some hundred at a time. Each batch is one transaction that also writes down
how far it came: a worker killed anywhere leaves a whole number of batches, and the next goes on behind
them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later, nudge
from news.newsletter.actions import draft_of, refuse_empty
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue
from news.newsletter.queries import (
    language_for,
    people_of_the_newsletter,
    public_among,
    recipients,
    whom_to_ask,
)
from notifications.delivery.actions import hold_back, let_go
from notifications.delivery.models import Pause
from notifications.happenings.models import Happening
from notifications.outbox.actions import mail_address, message_to_address, notify_all, write_messages
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message

KIND, TEST = "news.issue", "news.issue_test"
BATCH = 500


def schedule(issue: Issue, at: datetime, zone: str, *, actor: User) -> None:
    """Schedule an issue for an instant; `zone` is the one in which it is shown."""
    with transaction.atomic():
        issue = _lock_ready(issue, actor)
        if at <= now():
            raise DomainError(_("Choose a time ahead."), fields={"at": _("Choose a time ahead.")})
        Issue.objects.filter(pk=issue.pk).update(state=IssueState.SCHEDULED, scheduled_at=at, zone=zone)
        record(issue, "news.issue.scheduled", actor=actor, at=at.isoformat())


@transaction.atomic
def unschedule(issue: Issue, *, actor: User) -> None:
    """Make a scheduled issue a draft again. Raises WrongState where its sending has begun."""
    _may_send(actor)
    waiting = Issue.objects.filter(pk=issue.pk, state=IssueState.SCHEDULED)
    if not waiting.update(state=IssueState.DRAFT, scheduled_at=None):
        raise WrongState(_("This issue is no longer scheduled."))
    record(issue, "news.issue.unscheduled", actor=actor)


@transaction.atomic
def send_now(issue: Issue, *, actor: User) -> None:
    """Begin to send a draft. Raises DomainError where it would reach nobody."""
    issue = _lock_ready(issue, actor)
    if not recipients(issue).exists():
        raise DomainError(_("There are no subscribers for these languages and topics."))
    _start(issue)


def start_due() -> int:
    """Begin to send issues whose instant has come; returns how many."""
    number = 0
    waiting = Issue.objects.filter(state=IssueState.SCHEDULED, scheduled_at__lte=now())
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            issue = waiting.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
            if issue is not None:
                _start(issue)
                number += 1
    return number


def go_on() -> None:
    """Write the mails of issues that are being sent, and count what became of them."""
    for issue in Issue.objects.filter(state=IssueState.SENDING).order_by("started_at", "pk"):
        leave_out(issue)
        while write_mails(issue.pk):
            pass
        count(issue)


def write_mails(pk: int) -> bool:
    """Write to the next subscribers; returns whether there may be more. Nothing while it is paused."""
    with transaction.atomic():
        sending = Issue.objects.filter(pk=pk, state=IssueState.SENDING, all_written=False)
        locked = sending.select_for_update(skip_locked=True, no_key=True, of=("self",))
        issue = locked.select_related("happening").first()
        if issue is None or _pause_of(issue) is not None:
            return False
        remaining = recipients(issue).filter(pk__gt=issue.reached, confirmed_at__lte=issue.started_at)
        people = list(remaining.order_by("pk").values_list("pk", "address", "languages")[:BATCH])
        has, slug, titles = (
            issue.languages,
            issue.slug,
            {code: issue.field_text("title", code) for code in issue.texts},
        )
        messages = []
        for _pk, address, languages in people:
            language = language_for(languages, has)
            messages.append(
                message_to_address(
                    address,
                    language,
                    KIND,
                    key=f"newsletter:{pk}",
                    url_name="newsletter:issue",
                    url_args=[pk, slug],
                    facts={"title": titles[language]},
                    subject=issue,
                    happening=issue.happening,
                )
            )
        write_messages(messages)
        issue.reached = people[-1][0] if people else issue.reached
        issue.all_written = len(people) < BATCH
        issue.written += len(people)
        issue.save(update_fields=["reached", "all_written", "written"])
        nudge("notifications.sweep")
        return not issue.all_written


def leave_out(issue: Issue) -> int:
    """Mark items that are no longer public and tell the desk once; returns how many."""
    items = list(issue.items.filter(left_out_at=None))
    public = public_among((item.kind, item.object_id) for item in items)
    gone = [item for item in items if (item.kind, item.object_id) not in public]
    if not gone:
        return 0
    with transaction.atomic():
        left = issue.items.filter(pk__in=[item.pk for item in gone], left_out_at=None).update(
            left_out_at=now()
        )
        if left:
            record(issue, "news.issue.left_out", actor=None, number=left)
            notify_all(
                people_of_the_newsletter(),
                "news.items_left_out",
                key=f"newsletter:{issue.pk}:left_out:{min(item.pk for item in gone)}",
                url_name="newsletterdesk:issue",
                url_args=[issue.pk],
                facts={"title": issue.title, "titles": [item.field_text("title") for item in gone]},
                subject=issue,
            )
    return left


def count(issue: Issue) -> None:
    """Copy the numbers from the outbox; mark an issue as sent when no mail is open."""
    mails = Message.objects.filter(subject_kind=issue._meta.label_lower, subject_id=issue.pk, kind=KIND)
    numbers = mails.aggregate(
        sent=Count("pk", filter=Q(status=Status.SENT)),
        failed=Count("pk", filter=Q(status=Status.FAILED)),
        held=Count("pk", filter=Q(status=Status.SUPPRESSED)),
        unknown=Count("pk", filter=Q(status=Status.UNKNOWN)),
        bounced=Count("pk", filter=Q(outcome__in=Outcome.BACK)),
        complained=Count("pk", filter=Q(outcome=Outcome.COMPLAINED)),
        under_way=Count("pk", filter=~Q(status__in=Status.OVER)),
    )
    under_way = numbers.pop("under_way")
    with transaction.atomic():
        row = Issue.objects.filter(pk=issue.pk)
        row.update(**numbers, counted_at=now())
        if not under_way and row.filter(state=IssueState.SENDING, all_written=True).update(
            state=IssueState.SENT, ended_at=now()
        ):
            record(issue, "news.issue.sent", actor=None)


def count_again() -> None:
    """Count issues that left lately again: mail comes back for weeks."""
    for issue in Issue.objects.counted_still():
        count(issue)


@transaction.atomic
def pause(issue: Issue, *, actor: User) -> None:
    """Hold back mails that have not left. What a worker has taken still leaves."""
    _may_send(actor)
    issue = _lock_sending(issue)
    hold_back(KIND, by=actor, happening=issue.happening)
    record(issue, "news.issue.paused", actor=actor)


@transaction.atomic
def resume(issue: Issue, *, actor: User) -> None:
    _may_send(actor)
    issue = _lock_sending(issue)
    paused = _pause_of(issue)
    if paused is None:
        raise WrongState(_("This is under way already."))
    let_go(paused, by=actor)
    record(issue, "news.issue.resumed", actor=actor)
    later("news.send_newsletters")


@transaction.atomic
def send_test(issue: Issue, languages: Sequence[str], *, actor: User) -> None:
    """Send a test to the actor's own address in each of these languages; it counts nowhere."""
    if not actor.has_perm("news.make_newsletter"):
        raise PermissionDenied
    for language in languages:
        mail_address(
            actor.email,
            TEST,
            key=f"newsletter:{issue.pk}:test:{uuid4()}",
            language=language,
            url_name="newsletterdesk:issue",
            url_args=[issue.pk],
            facts={"title": issue.field_text("title", language)},
            subject=issue,
            user=actor,
        )
    record(issue, "news.issue.tested", actor=actor)


def _start(issue: Issue) -> None:
    """Begin to send, under lock. The happening is what its mails are paused by; nobody follows it."""
    happening = Happening.objects.create(
        kind=KIND,
        key=f"newsletter:{issue.pk}",
        terms=[],
        expanded_at=now(),
        facts={"title": issue.title},
        subject_kind=issue._meta.label_lower,
        subject_id=issue.pk,
    )
    issue.state, issue.started_at, issue.happening = IssueState.SENDING, now(), happening
    issue.save(update_fields=["state", "started_at", "happening"])
    record(issue, "news.issue.started", actor=None)
    leave_out(issue)
    later("news.send_newsletters")


def _lock_ready(issue: Issue, actor: User) -> Issue:
    """Return a draft that has contents and is approved, or raise DomainError."""
    _may_send(actor)
    issue = refuse_empty(draft_of(issue, actor))
    if issue.approved_at is None:
        raise WrongState(
            _("A second person has to approve this issue before it is sent. %(ask)s")
            % {"ask": whom_to_ask(issue)}
        )
    return issue


def _lock_sending(issue: Issue) -> Issue:
    sending = (
        Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk, state=IssueState.SENDING).first()
    )
    if sending is None or sending.happening_id is None:
        raise WrongState(_("This issue is not on its way."))
    return sending


def _pause_of(issue: Issue) -> Pause | None:
    return Pause.objects.live().filter(kind=KIND, happening=issue.happening_id).first()


def _may_send(actor: User) -> None:
    if not actor.has_perm("news.send_newsletter"):
        raise PermissionDenied
