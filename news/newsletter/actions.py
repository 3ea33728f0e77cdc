"""An issue put together while it is a draft, then sent, paused, counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue, IssueItem, IssueSection
from news.newsletter.queries import current_texts, language_for, public_among, recipients
from news.newsletter.rules import MAKERS
from notifications.delivery.actions import hold_back, let_go
from notifications.delivery.models import Pause
from notifications.happenings.models import Happening
from notifications.outbox.actions import mail_address, message_to_address, notify_all, write_messages
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message
from taxonomy.terms.models import Topic

MOST_ITEMS, MOST_SECTIONS = 60, 12


def draft_of(issue: Issue, actor: User) -> Issue:
    """The issue under lock; raises WrongState where it is no draft any more."""
    if not actor.has_perm("news.make_newsletter"):
        raise PermissionDenied
    kept = Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk).first()
    if kept is None:
        raise WrongState(_("This draft was deleted meanwhile."))
    if kept.state != IssueState.DRAFT:
        raise WrongState(_("This issue is no longer a draft: unschedule it before you change it."))
    return kept


@transaction.atomic
def begin_issue(*, actor: User, language: str, title: str) -> Issue:
    """A draft with one section."""
    if not actor.has_perm("news.make_newsletter"):
        raise PermissionDenied
    issue = Issue.objects.create(made_by=actor, texts={language: {"title": title, "intro": ""}})
    IssueSection.objects.create(issue=issue, position=1)
    record(issue, "news.issue.made", actor=actor)
    return issue


@transaction.atomic
def save_texts(
    issue: Issue, *, actor: User, version: int, texts: Mapping[str, Mapping[str, str]], topics: Iterable[str]
) -> Issue:
    """Titles and introductions by language, and the topics. Raises WrongState where somebody else saved."""
    kept = draft_of(issue, actor)
    if kept.version != version:
        raise WrongState(
            _("Another person has saved this issue since you opened it. Open it again to see the changes.")
        )
    kept.texts = {code: dict(text) for code, text in texts.items() if text.get("title")}
    kept.version += 1
    kept.save(update_fields=["texts", "version"])
    kept.topics.set(Topic.objects.filter(pk__in=list(topics)))
    record(kept, "news.issue.changed", actor=actor)
    return kept


@transaction.atomic
def pick(issue: Issue, kind: str, object_id: int, *, actor: User, section: int | None = None) -> IssueItem:
    """Put an object at the end of a section (the last one), as it is now. Twice is once.

    Raises DomainError for what a visitor may not find.
    """
    kept = draft_of(issue, actor)
    there = kept.items.filter(kind=kind, object_id=object_id).first()
    if there is not None:
        return there
    if kept.items.count() >= MOST_ITEMS:
        raise DomainError(_("An issue can contain at most %(most)d items.") % {"most": MOST_ITEMS})
    texts = current_texts(kind, [object_id]).get(object_id)
    if not texts:
        raise DomainError(_("Only public content can be added to an issue."))
    sections = list(kept.sections.all())
    target = next((one for one in sections if one.pk == section), sections[-1])
    item = IssueItem.objects.create(
        issue=kept,
        section=target,
        position=_last(target.items.all()) + 1,
        kind=kind,
        object_id=object_id,
        texts=texts,
    )
    record(kept, "news.issue.changed", actor=actor)
    return item


@transaction.atomic
def drop_item(item: IssueItem, *, actor: User) -> None:
    kept = draft_of(item.issue, actor)
    IssueItem.objects.filter(pk=item.pk).delete()
    record(kept, "news.issue.changed", actor=actor)


@transaction.atomic
def reword(item: IssueItem, *, actor: User, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Title and summary by language, of those languages that the item has."""
    kept = draft_of(item.issue, actor)
    row = IssueItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    row.texts = {code: {**text, **texts.get(code, {})} for code, text in row.texts.items()}
    row.save(update_fields=["texts"])
    record(kept, "news.issue.changed", actor=actor)


@transaction.atomic
def move_item(item: IssueItem, step: int, *, actor: User) -> None:
    """One place up (-1) or down (1); at the edge of a section it goes on into the next."""
    kept = draft_of(item.issue, actor)
    sections = list(kept.sections.prefetch_related("items"))
    rows = {section.pk: list(section.items.all()) for section in sections}
    place = next((n for n, section in enumerate(sections) if item in rows[section.pk]), None)
    if place is None:
        return
    its = rows[sections[place].pk]
    index = its.index(item)
    if 0 <= index + step < len(its):
        its[index], its[index + step] = its[index + step], its[index]
    elif 0 <= place + step < len(sections):
        other = rows[sections[place + step].pk]
        other.insert(len(other) if step < 0 else 0, its.pop(index))
    _renumber(sections, rows)


@transaction.atomic
def add_section(issue: Issue, *, actor: User, titles: Mapping[str, str]) -> IssueSection:
    kept = draft_of(issue, actor)
    if kept.sections.count() >= MOST_SECTIONS:
        raise DomainError(_("An issue can contain at most %(most)d sections.") % {"most": MOST_SECTIONS})
    last = _last(kept.sections.all())
    made = IssueSection.objects.create(issue=kept, position=last + 1, titles=_given(titles))
    record(kept, "news.issue.changed", actor=actor)
    return made


@transaction.atomic
def name_section(section: IssueSection, *, actor: User, titles: Mapping[str, str]) -> None:
    kept = draft_of(section.issue, actor)
    IssueSection.objects.filter(pk=section.pk).update(titles=_given(titles))
    record(kept, "news.issue.changed", actor=actor)


@transaction.atomic
def move_section(section: IssueSection, step: int, *, actor: User) -> None:
    kept = draft_of(section.issue, actor)
    sections = list(kept.sections.all())
    if section in sections:
        index = sections.index(section)
        if 0 <= index + step < len(sections):
            sections[index], sections[index + step] = sections[index + step], sections[index]
    for position, one in enumerate(sections, 1):
        one.position = position
    IssueSection.objects.bulk_update(sections, ["position"])


@transaction.atomic
def drop_section(section: IssueSection, *, actor: User) -> None:
    """Its items go to the section before it. The last section stays."""
    kept = draft_of(section.issue, actor)
    sections = list(kept.sections.all())
    if section not in sections:
        return
    if len(sections) == 1:
        raise DomainError(_("An issue has at least one section."))
    index = sections.index(section)
    heir = sections[index - 1] if index else sections[1]
    IssueItem.objects.filter(section=section).update(
        section=heir, position=F("position") + _last(heir.items.all())
    )
    section.delete()
    record(kept, "news.issue.changed", actor=actor)


@transaction.atomic
def discard(issue: Issue, *, actor: User) -> None:
    kept = draft_of(issue, actor)
    record(kept, "news.issue.discarded", actor=actor)
    kept.delete()


def _last(rows: QuerySet[Any]) -> int:
    """The position of the last; what was dropped left gaps."""
    return rows.aggregate(last=Max("position"))["last"] or 0


def _given(titles: Mapping[str, str]) -> dict[str, str]:
    return {code: title for code, title in titles.items() if title}


def _renumber(sections: Sequence[IssueSection], rows: Mapping[int, list[Any]]) -> None:
    changed = []
    for section in sections:
        for position, item in enumerate(rows[section.pk], 1):
            item.section, item.position = section, position
            changed.append(item)
    IssueItem.objects.bulk_update(changed, ["section", "position"])


# --- An issue on its way: set to an instant, sent, paused, counted -----------------------------------
# The mails go through the outbox, some hundred at a time. Each batch is one transaction that also writes down
# how far it came: a worker killed anywhere leaves a whole number of batches, and the next goes on behind
# them.

KIND, TEST = "news.issue", "news.issue_test"
BATCH = 500


def schedule(issue: Issue, at: datetime, zone: str, *, actor: User) -> None:
    """Let it leave at an instant; `zone` is the one in which it is told."""
    with transaction.atomic():
        kept = _ready(issue, actor)
        if at <= now():
            raise DomainError(_("Choose a time ahead."), fields={"at": _("Choose a time ahead.")})
        Issue.objects.filter(pk=kept.pk).update(state=IssueState.SCHEDULED, scheduled_at=at, zone=zone)
        record(kept, "news.issue.scheduled", actor=actor, at=at.isoformat())


@transaction.atomic
def unschedule(issue: Issue, *, actor: User) -> None:
    """Back among the drafts. Raises WrongState where it has begun to leave."""
    _may_send(actor)
    waiting = Issue.objects.filter(pk=issue.pk, state=IssueState.SCHEDULED)
    if not waiting.update(state=IssueState.DRAFT, scheduled_at=None):
        raise WrongState(_("This issue is no longer scheduled."))
    record(issue, "news.issue.unscheduled", actor=actor)


@transaction.atomic
def send_now(issue: Issue, *, actor: User) -> None:
    """Begin to send a draft. Raises DomainError where it would reach nobody."""
    kept = _ready(issue, actor)
    if not recipients(kept).exists():
        raise DomainError(_("There are no subscribers for these languages and topics."))
    _start(kept)


def start_due() -> int:
    """Begin to send what was set to an instant that has come; returns how many."""
    number = 0
    waiting = Issue.objects.filter(state=IssueState.SCHEDULED, scheduled_at__lte=now())
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            kept = waiting.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
            if kept is not None:
                _start(kept)
                number += 1
    return number


def go_on() -> None:
    """Whatever is on its way: write its mails, see what became of them, and of what it tells."""
    for issue in Issue.objects.filter(state=IssueState.SENDING).order_by("started_at", "pk"):
        leave_out(issue)
        while write_mails(issue.pk):
            pass
        count(issue)


def write_mails(pk: int) -> bool:
    """The mails of the next subscribers, once each; whether there may be more. Nothing while it is paused."""
    with transaction.atomic():
        sending = Issue.objects.filter(pk=pk, state=IssueState.SENDING, all_written=False)
        locked = sending.select_for_update(skip_locked=True, no_key=True, of=("self",))
        issue = locked.select_related("happening").first()
        if issue is None or _paused(issue) is not None:
            return False
        found = recipients(issue).filter(pk__gt=issue.reached, confirmed_at__lte=issue.started_at)
        people = list(found.order_by("pk").values_list("pk", "address", "languages")[:BATCH])
        has, slug, titles = (
            issue.languages,
            issue.slug,
            {code: issue.said("title", code) for code in issue.texts},
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
        later("notifications.sweep")
        return not issue.all_written


def leave_out(issue: Issue) -> int:
    """Mark what is no longer public and tell the desk once; returns how many items that were."""
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
                facts={"title": issue.title, "titles": [item.said("title") for item in gone]},
                subject=issue,
            )
    return left


def count(issue: Issue) -> None:
    """Take the numbers from the outbox, and end what has wholly left."""
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
    """What has left lately: mail comes back for weeks."""
    for issue in Issue.objects.counted_still():
        count(issue)


@transaction.atomic
def pause(issue: Issue, *, actor: User) -> None:
    """Hold back what has not left. What a worker has taken still leaves."""
    _may_send(actor)
    kept = _sending(issue)
    hold_back(KIND, by=actor, happening=kept.happening)
    record(kept, "news.issue.paused", actor=actor)


@transaction.atomic
def resume(issue: Issue, *, actor: User) -> None:
    _may_send(actor)
    kept = _sending(issue)
    paused = _paused(kept)
    if paused is None:
        raise WrongState(_("This is under way already."))
    let_go(paused, by=actor)
    record(kept, "news.issue.resumed", actor=actor)
    later("news.send_newsletters")


@transaction.atomic
def send_test(issue: Issue, languages: Sequence[str], *, actor: User) -> None:
    """To the desk's own address, in each of these languages; it counts nowhere."""
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
            facts={"title": issue.said("title", language)},
            subject=issue,
            user=actor,
        )
    record(issue, "news.issue.tested", actor=actor)


def people_of_the_newsletter() -> "list[User]":
    return list(holders_of(*MAKERS))


def _start(kept: Issue) -> None:
    """Under lock. Its happening is what the desk pauses the mails by; nobody follows it."""
    happening = Happening.objects.create(
        kind=KIND,
        key=f"newsletter:{kept.pk}",
        terms=[],
        expanded_at=now(),
        facts={"title": kept.title},
        subject_kind=kept._meta.label_lower,
        subject_id=kept.pk,
    )
    kept.state, kept.started_at, kept.happening = IssueState.SENDING, now(), happening
    kept.save(update_fields=["state", "started_at", "happening"])
    record(kept, "news.issue.started", actor=None)
    leave_out(kept)
    later("news.send_newsletters")


def _ready(issue: Issue, actor: User) -> Issue:
    """A draft that says something. Raises DomainError where it does not."""
    _may_send(actor)
    kept = draft_of(issue, actor)
    if not kept.languages:
        raise DomainError(_("Give the issue a title in at least one language."))
    if not kept.items.exists() and not any(text.get("intro") for text in kept.texts.values()):
        raise DomainError(_("The issue is empty: add content, or write an introduction."))
    return kept


def _sending(issue: Issue) -> Issue:
    kept = Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk, state=IssueState.SENDING).first()
    if kept is None or kept.happening_id is None:
        raise WrongState(_("This issue is not on its way."))
    return kept


def _paused(issue: Issue) -> Pause | None:
    return Pause.objects.live().filter(kind=KIND, happening=issue.happening_id).first()


def _may_send(actor: User) -> None:
    if not actor.has_perm("news.send_newsletter"):
        raise PermissionDenied
