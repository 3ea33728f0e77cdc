"""Putting an issue together. All of it only while it is a draft, under a lock on the issue."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from news.enums.newsletters import IssueState
from news.models import Issue, IssueItem, IssueSection
from news.queries.newsletter_picking import frozen
from taxonomy.terms.models import Topic

MOST_ITEMS, MOST_SECTIONS = 60, 12


def draft_of(issue: Issue, actor: User) -> Issue:
    """The issue under lock; raises WrongState where it is no draft any more."""
    if not actor.has_perm("news.make_newsletter"):
        raise PermissionDenied
    kept = Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk).first()
    if kept is None:
        raise WrongState(_("This draft was thrown away meanwhile."))
    if kept.state != IssueState.DRAFT:
        raise WrongState(_("This issue is no draft any more: take its time back before you change it."))
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
            _("Somebody else has saved this issue since you opened it. Open it again to see what is there.")
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
        raise DomainError(_("An issue holds %(most)d items at most.") % {"most": MOST_ITEMS})
    texts = frozen(kind, [object_id]).get(object_id)
    if not texts:
        raise DomainError(_("Only what everybody may see can be put into an issue."))
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
        raise DomainError(_("An issue holds %(most)d sections at most.") % {"most": MOST_SECTIONS})
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
