"""An issue put together while it is a draft, and approved by a second person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue, IssueItem, IssueSection
from news.newsletter.queries import current_texts, headings_of, whom_to_ask
from taxonomy.terms.models import Topic
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import refuse_changed

APPROVE = "approve_newsletter"  # the work that waits for the second person
MOST_ITEMS, MOST_SECTIONS = 60, 12


def draft_of(issue: Issue, actor: User) -> Issue:
    """Return the issue under lock. Raises WrongState where it is no draft any more."""
    if not actor.has_perm("news.make_newsletter"):
        raise PermissionDenied
    draft = Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk).first()
    if draft is None:
        raise WrongState(_("This draft was deleted meanwhile."))
    if draft.state != IssueState.DRAFT:
        raise WrongState(_("This issue is no longer a draft: unschedule it before you change it."))
    return draft


@transaction.atomic
def begin_issue(*, actor: User, language: str, title: str) -> Issue:
    """Create a draft with one section."""
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
    """Save titles and introductions, and the topics. Raises WrongState where somebody else has saved."""
    issue = draft_of(issue, actor)
    if issue.version != version:
        raise WrongState(
            _("Another person has saved this issue since you opened it. Open it again to see the changes.")
        )
    titled_texts, chosen = (
        {code: dict(text) for code, text in texts.items() if text.get("title")},
        set(topics),
    )
    if issue.texts != titled_texts or set(issue.topics.values_list("pk", flat=True)) != chosen:
        issue.texts = titled_texts
        issue.topics.set(Topic.objects.filter(pk__in=chosen))
        _record_change(issue, actor)
    return issue


class PickResult(NamedTuple):
    """How many objects were added, and how many were refused since a visitor may not find them."""

    added: int
    refused: int


@transaction.atomic
def pick(issue: Issue, chosen: Iterable[tuple[str, int]], *, actor: User) -> PickResult:
    """Add objects, as (kind, id), to the section of their kind, with their texts of now. Twice is once.

    Raises DomainError where they are more than an issue may contain.
    """
    issue = draft_of(issue, actor)
    included = set(issue.items.values_list("kind", "object_id"))
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in dict.fromkeys(chosen):
        if (kind, pk) not in included:
            wanted[kind].append(pk)
    texts_by_kind = {kind: current_texts(kind, ids) for kind, ids in wanted.items()}
    number = sum(map(len, texts_by_kind.values()))
    if len(included) + number > MOST_ITEMS:
        raise DomainError(_("An issue can contain at most %(most)d items.") % {"most": MOST_ITEMS})
    for kind, texts in texts_by_kind.items():
        if texts:
            _append(issue, kind, [(pk, texts[pk]) for pk in wanted[kind] if pk in texts])
    if number:
        _record_change(issue, actor)
    return PickResult(number, sum(map(len, wanted.values())) - number)


def _append(issue: Issue, kind: str, objects: Sequence[tuple[int, Any]]) -> None:
    section = _section_for(issue, kind)
    last = _last(section.items.all())
    IssueItem.objects.bulk_create(
        IssueItem(issue=issue, section=section, position=last + place, kind=kind, object_id=pk, texts=texts)
        for place, (pk, texts) in enumerate(objects, 1)
    )


def _section_for(issue: Issue, kind: str) -> IssueSection:
    """Return the last section with the kind, else one without contents and heading, else a new one."""
    sections = list(issue.sections.prefetch_related("items"))
    for section in reversed(sections):
        if any(item.kind == kind for item in section.items.all()):
            return section
    titles = headings_of(kind, issue.languages)
    blank = next((section for section in sections if not section.titles and not section.items.all()), None)
    if blank is not None:
        blank.titles = titles
        blank.save(update_fields=["titles"])
        return blank
    if len(sections) >= MOST_SECTIONS:
        return sections[-1]
    return IssueSection.objects.create(issue=issue, position=_last(issue.sections.all()) + 1, titles=titles)


@transaction.atomic
def drop_item(item: IssueItem, *, actor: User) -> None:
    issue = draft_of(item.issue, actor)
    if IssueItem.objects.filter(pk=item.pk).delete()[0]:
        _record_change(issue, actor)


@transaction.atomic
def reword(item: IssueItem, *, actor: User, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Save title and summary by language, of those languages that the item has."""
    issue = draft_of(item.issue, actor)
    row = IssueItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    reworded = {code: {**text, **texts.get(code, {})} for code, text in row.texts.items()}
    if row.texts != reworded:
        row.texts = reworded
        row.save(update_fields=["texts"])
        _record_change(issue, actor)


@transaction.atomic
def arrange(issue: Issue, *, actor: User, version: int, order: Sequence[tuple[int, Collection[int]]]) -> None:
    """Bring sections, as (id, ids of its items), and items into this order.

    Raises WrongState where the issue has changed since the person read it.
    """
    issue = draft_of(issue, actor)
    refuse_changed(issue, version)
    sections = {section.pk: section for section in issue.sections.all()}
    items = {item.pk: item for item in issue.items.all()}
    before = _current_order(sections.values(), items.values())
    in_order = [pk for _section, pks in order for pk in pks]
    if sorted(sections) != sorted(pk for pk, _pks in order) or sorted(items) != sorted(in_order):
        raise WrongState(_("Another person has changed this in the meantime. Please reload the page."))
    for position, (pk, pks) in enumerate(order, 1):
        sections[pk].position = position
        for place, item_pk in enumerate(pks, 1):
            items[item_pk].section, items[item_pk].position = sections[pk], place
    if _current_order(sections.values(), items.values()) == before:
        return
    IssueSection.objects.bulk_update(sections.values(), ["position"])
    IssueItem.objects.bulk_update(items.values(), ["section", "position"])
    _record_change(issue, actor)


def _current_order(sections: Iterable[IssueSection], items: Iterable[IssueItem]) -> list[Any]:
    """Return the order alone: removed rows may have left gaps between the positions."""
    in_order = [
        section.pk for section in sorted(sections, key=lambda section: (section.position, section.pk))
    ]
    items = sorted(items, key=lambda item: (in_order.index(item.section_id), item.position, item.pk))
    return [*in_order, *((item.section_id, item.pk) for item in items)]


@transaction.atomic
def add_section(issue: Issue, *, actor: User, titles: Mapping[str, str]) -> IssueSection:
    issue = draft_of(issue, actor)
    if issue.sections.count() >= MOST_SECTIONS:
        raise DomainError(_("An issue can contain at most %(most)d sections.") % {"most": MOST_SECTIONS})
    last = _last(issue.sections.all())
    section = IssueSection.objects.create(issue=issue, position=last + 1, titles=_filled_titles(titles))
    _record_change(issue, actor)
    return section


@transaction.atomic
def name_section(section: IssueSection, *, actor: User, titles: Mapping[str, str]) -> None:
    issue = draft_of(section.issue, actor)
    given = _filled_titles(titles)
    if issue.sections.filter(pk=section.pk).exclude(titles=given).update(titles=given):
        _record_change(issue, actor)


@transaction.atomic
def drop_section(section: IssueSection, *, actor: User) -> None:
    """Delete a section; its items go to the one before it. The last section stays."""
    issue = draft_of(section.issue, actor)
    sections = list(issue.sections.all())
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
    _record_change(issue, actor)


@transaction.atomic
def discard(issue: Issue, *, actor: User) -> None:
    issue = draft_of(issue, actor)
    record(issue, "news.issue.discarded", actor=actor)
    close_items(issue)
    issue.delete()


def _last(rows: QuerySet[Any]) -> int:
    """Return the last position; removed rows may have left gaps."""
    return rows.aggregate(last=Max("position"))["last"] or 0


def _filled_titles(titles: Mapping[str, str]) -> dict[str, str]:
    return {code: title for code, title in titles.items() if title}


def _record_change(issue: Issue, actor: User) -> None:
    """Record, under lock, that `actor` changed the issue; an approval ends with it."""
    was_approved = issue.approved_at is not None
    issue.version += 1
    issue.approved_at = issue.approved_by = None
    issue.save(update_fields=["texts", "version", "approved_at", "approved_by"])
    record(issue, "news.issue.changed", actor=actor)
    if was_approved:
        record(issue, "news.issue.approval_ended", actor=actor)


# --- The second person -------------------------------------------------------------------------------


@transaction.atomic
def ask_for_approval(issue: Issue, *, actor: User) -> None:
    """Open the work item of those who may approve the issue."""
    issue = refuse_empty(draft_of(issue, actor))
    if issue.approved_at is not None:
        raise WrongState(_("This is done already."))
    open_item(issue, APPROVE, waits_for=Role.CURATION)
    record(issue, "news.issue.approval_asked", actor=actor)


@transaction.atomic
def approve(issue: Issue, *, actor: User, version: int) -> None:
    """Approve the contents that a second person has read; any change ends the approval.

    Raises DomainError for whoever has written in it, and says whom to ask.
    """
    issue = draft_of(issue, actor)
    if not actor.has_perm("news.approve_newsletter", issue):
        raise DomainError(
            _("You have written in this issue, so a second person has to approve it. %(ask)s")
            % {"ask": whom_to_ask(issue)}
        )
    refuse_changed(refuse_empty(issue), version)
    if issue.approved_at is not None:
        raise WrongState(_("This is done already."))
    issue.approved_at, issue.approved_by = now(), actor
    issue.save(update_fields=["approved_at", "approved_by"])
    close_items(issue, APPROVE)
    record(issue, "news.issue.approved", actor=actor)


def refuse_empty(issue: Issue) -> Issue:
    """Return the issue. Raises DomainError where it has no title, or neither contents nor introduction."""
    if not issue.languages:
        raise DomainError(_("Give the issue a title in at least one language."))
    if not issue.items.exists() and not any(text.get("intro") for text in issue.texts.values()):
        raise DomainError(_("The issue is empty: add content, or write an introduction."))
    return issue
