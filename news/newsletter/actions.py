"""An issue put together while it is a draft, approved by a second person, then sent, paused, counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue, IssueItem, IssueSection
from news.newsletter.queries import (
    current_texts,
    headings_of,
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
from taxonomy.terms.models import Topic
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import refuse_changed

APPROVE = "approve_newsletter"  # the work that waits for the second person
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
    told, chosen = {code: dict(text) for code, text in texts.items() if text.get("title")}, set(topics)
    if kept.texts != told or set(kept.topics.values_list("pk", flat=True)) != chosen:
        kept.texts = told
        kept.topics.set(Topic.objects.filter(pk__in=chosen))
        _changed(kept, actor)
    return kept


class Picked(NamedTuple):
    """How many were put in; how many were not, since a visitor may not find them."""

    added: int
    refused: int


@transaction.atomic
def pick(issue: Issue, chosen: Iterable[tuple[str, int]], *, actor: User) -> Picked:
    """Put objects, as (kind, id), at the end of the section of their kind, as they are now. Twice is once.

    Raises DomainError where they are more than an issue may contain.
    """
    kept = draft_of(issue, actor)
    there = set(kept.items.values_list("kind", "object_id"))
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in dict.fromkeys(chosen):
        if (kind, pk) not in there:
            wanted[kind].append(pk)
    found = {kind: current_texts(kind, ids) for kind, ids in wanted.items()}
    number = sum(map(len, found.values()))
    if len(there) + number > MOST_ITEMS:
        raise DomainError(_("An issue can contain at most %(most)d items.") % {"most": MOST_ITEMS})
    for kind, texts in found.items():
        if texts:
            _append(kept, kind, [(pk, texts[pk]) for pk in wanted[kind] if pk in texts])
    if number:
        _changed(kept, actor)
    return Picked(number, sum(map(len, wanted.values())) - number)


def _append(kept: Issue, kind: str, told: Sequence[tuple[int, Any]]) -> None:
    section = _section_for(kept, kind)
    last = _last(section.items.all())
    IssueItem.objects.bulk_create(
        IssueItem(issue=kept, section=section, position=last + place, kind=kind, object_id=pk, texts=texts)
        for place, (pk, texts) in enumerate(told, 1)
    )


def _section_for(kept: Issue, kind: str) -> IssueSection:
    """The last that holds something of the kind, else one without contents and heading, else a new one."""
    sections = list(kept.sections.prefetch_related("items"))
    for section in reversed(sections):
        if any(item.kind == kind for item in section.items.all()):
            return section
    titles = headings_of(kind, kept.languages)
    blank = next((one for one in sections if not one.titles and not one.items.all()), None)
    if blank is not None:
        blank.titles = titles
        blank.save(update_fields=["titles"])
        return blank
    if len(sections) >= MOST_SECTIONS:
        return sections[-1]
    return IssueSection.objects.create(issue=kept, position=_last(kept.sections.all()) + 1, titles=titles)


@transaction.atomic
def drop_item(item: IssueItem, *, actor: User) -> None:
    kept = draft_of(item.issue, actor)
    if IssueItem.objects.filter(pk=item.pk).delete()[0]:
        _changed(kept, actor)


@transaction.atomic
def reword(item: IssueItem, *, actor: User, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Title and summary by language, of those languages that the item has."""
    kept = draft_of(item.issue, actor)
    row = IssueItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    told = {code: {**text, **texts.get(code, {})} for code, text in row.texts.items()}
    if row.texts != told:
        row.texts = told
        row.save(update_fields=["texts"])
        _changed(kept, actor)


@transaction.atomic
def arrange(issue: Issue, *, actor: User, version: int, order: Sequence[tuple[int, Collection[int]]]) -> None:
    """Bring sections, as (id, ids of its items), and items into this order.

    Raises WrongState where the issue has changed since the person read it.
    """
    kept = draft_of(issue, actor)
    refuse_changed(kept, version)
    sections = {section.pk: section for section in kept.sections.all()}
    items = {item.pk: item for item in kept.items.all()}
    before = _placed(sections.values(), items.values())
    in_order = [pk for _section, pks in order for pk in pks]
    if sorted(sections) != sorted(pk for pk, _pks in order) or sorted(items) != sorted(in_order):
        raise WrongState(_("Another person has changed this in the meantime. Please reload the page."))
    for position, (pk, pks) in enumerate(order, 1):
        sections[pk].position = position
        for place, one in enumerate(pks, 1):
            items[one].section, items[one].position = sections[pk], place
    if _placed(sections.values(), items.values()) == before:
        return
    IssueSection.objects.bulk_update(sections.values(), ["position"])
    IssueItem.objects.bulk_update(items.values(), ["section", "position"])
    _changed(kept, actor)


def _placed(sections: Iterable[IssueSection], items: Iterable[IssueItem]) -> list[Any]:
    """The order alone: what was dropped may have left gaps between the positions."""
    in_order = [section.pk for section in sorted(sections, key=lambda one: (one.position, one.pk))]
    items = sorted(items, key=lambda one: (in_order.index(one.section_id), one.position, one.pk))
    return [*in_order, *((item.section_id, item.pk) for item in items)]


@transaction.atomic
def add_section(issue: Issue, *, actor: User, titles: Mapping[str, str]) -> IssueSection:
    kept = draft_of(issue, actor)
    if kept.sections.count() >= MOST_SECTIONS:
        raise DomainError(_("An issue can contain at most %(most)d sections.") % {"most": MOST_SECTIONS})
    last = _last(kept.sections.all())
    made = IssueSection.objects.create(issue=kept, position=last + 1, titles=_given(titles))
    _changed(kept, actor)
    return made


@transaction.atomic
def name_section(section: IssueSection, *, actor: User, titles: Mapping[str, str]) -> None:
    kept = draft_of(section.issue, actor)
    given = _given(titles)
    if kept.sections.filter(pk=section.pk).exclude(titles=given).update(titles=given):
        _changed(kept, actor)


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
    _changed(kept, actor)


@transaction.atomic
def discard(issue: Issue, *, actor: User) -> None:
    kept = draft_of(issue, actor)
    record(kept, "news.issue.discarded", actor=actor)
    close_items(kept)
    kept.delete()


def _last(rows: QuerySet[Any]) -> int:
    """The position of the last; what was dropped left gaps."""
    return rows.aggregate(last=Max("position"))["last"] or 0


def _given(titles: Mapping[str, str]) -> dict[str, str]:
    return {code: title for code, title in titles.items() if title}


def _changed(kept: Issue, actor: User) -> None:
    """Under lock: `actor` has written in it, and who approved it has not seen this."""
    was_approved = kept.approved_at is not None
    kept.version += 1
    kept.approved_at = kept.approved_by = None
    kept.save(update_fields=["texts", "version", "approved_at", "approved_by"])
    record(kept, "news.issue.changed", actor=actor)
    if was_approved:
        record(kept, "news.issue.approval_ended", actor=actor)


# --- The second person -------------------------------------------------------------------------------


@transaction.atomic
def ask_for_approval(issue: Issue, *, actor: User) -> None:
    """Put it on the list of work of those who may approve it."""
    kept = _complete(draft_of(issue, actor))
    if kept.approved_at is not None:
        raise WrongState(_("This is done already."))
    open_item(kept, APPROVE, waits_for=Role.CURATION)
    record(kept, "news.issue.approval_asked", actor=actor)


@transaction.atomic
def approve(issue: Issue, *, actor: User, version: int) -> None:
    """The second person's yes to the contents that they have read; any change takes it back.

    Raises DomainError for whoever has written in it, and says whom to ask.
    """
    kept = draft_of(issue, actor)
    if not actor.has_perm("news.approve_newsletter", kept):
        raise DomainError(
            _("You have written in this issue, so a second person has to approve it. %(ask)s")
            % {"ask": whom_to_ask(kept)}
        )
    refuse_changed(_complete(kept), version)
    if kept.approved_at is not None:
        raise WrongState(_("This is done already."))
    kept.approved_at, kept.approved_by = now(), actor
    kept.save(update_fields=["approved_at", "approved_by"])
    close_items(kept, APPROVE)
    record(kept, "news.issue.approved", actor=actor)


def _complete(kept: Issue) -> Issue:
    """Raises DomainError where it says nothing."""
    if not kept.languages:
        raise DomainError(_("Give the issue a title in at least one language."))
    if not kept.items.exists() and not any(text.get("intro") for text in kept.texts.values()):
        raise DomainError(_("The issue is empty: add content, or write an introduction."))
    return kept


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
    """A draft that says something and is approved. Raises DomainError where it does not or is not."""
    _may_send(actor)
    kept = _complete(draft_of(issue, actor))
    if kept.approved_at is None:
        raise WrongState(
            _("A second person has to approve this issue before it is sent. %(ask)s")
            % {"ask": whom_to_ask(kept)}
        )
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
