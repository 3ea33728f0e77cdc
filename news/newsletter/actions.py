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
    kept = refuse_empty(draft_of(issue, actor))
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
    refuse_changed(refuse_empty(kept), version)
    if kept.approved_at is not None:
        raise WrongState(_("This is done already."))
    kept.approved_at, kept.approved_by = now(), actor
    kept.save(update_fields=["approved_at", "approved_by"])
    close_items(kept, APPROVE)
    record(kept, "news.issue.approved", actor=actor)


def refuse_empty(kept: Issue) -> Issue:
    """Raises DomainError where it says nothing."""
    if not kept.languages:
        raise DomainError(_("Give the issue a title in at least one language."))
    if not kept.items.exists() and not any(text.get("intro") for text in kept.texts.values()):
        raise DomainError(_("The issue is empty: add content, or write an introduction."))
    return kept
