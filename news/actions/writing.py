"""Writing a story: begun, saved between two breaths, put into another language, thrown away."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.uploads import forget_bytes
from news.actions.telling import seen_anew
from news.enums import StoryStatus
from news.models import Story, StoryRevision
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for
from workflow.changes.actions import present_values
from workflow.items.queries import open_requests

LISTS = ("topics", "countries")
FIELDS = ("title", "summary", "text", "language", "topics", "countries", "videos")
MOST_TEXT = 60_000


def draft_story(
    *, actor: User, values: Mapping[str, Any], stakeholder: Stakeholder | None = None, by_desk: bool = False
) -> Story:
    """Begin a draft: of a stakeholder for which the person writes, or, `by_desk`, of the house or on behalf
    of a stakeholder.
    """
    _refuse_unless_writing(actor, stakeholder, by_desk)
    with transaction.atomic():
        story = Story(author=actor, stakeholder=stakeholder, by_desk=by_desk, is_demo=actor.is_demo)
        _write(story, values)
        record(story, "news.story.write", actor=actor)
    return story


def begin_version(story: Story, *, actor: User, language: str) -> Story:
    """A draft of the same story in another language, with its topics and countries and the first text."""
    with transaction.atomic():
        first = locked(story.group)
        if not actor.has_perm("news.change_story", story):
            raise PermissionDenied
        there = Story.objects.filter(Q(pk=first.pk) | Q(original=first)).exclude(
            status__in=(StoryStatus.WITHDRAWN, StoryStatus.REFUSED)
        )
        if there.filter(language=language).exists():
            raise DomainError(_("There is a version in this language already."))
        Story.objects.filter(original=first, language=language).update(original=None)
        made = Story(
            author=actor,
            stakeholder=first.stakeholder,
            by_desk=first.by_desk,
            original=first,
            is_demo=actor.is_demo,
        )
        values = {name: getattr(story, name) for name in ("title", "summary", "text", "videos")}
        lists = {name: list(getattr(story, name).values_list("pk", flat=True)) for name in LISTS}
        _write(made, {**values, **lists, "language_id": language})
        record(made, "news.story.write", actor=actor)
    return made


def save_story(story: Story, *, actor: User, version: int, values: Mapping[str, Any]) -> Story:
    """Keep what was written of a story that its author may write, or that the desk has.

    What the desk asked about alone reopens; where it asked about nothing by name, all of it does. A change of
    what is published leaves a revision. Raises WrongState where somebody else has saved since, or where the
    state of the story allows no change.
    """
    with transaction.atomic():
        kept = locked(story.pk)
        if not actor.has_perm("news.change_story", kept):
            raise PermissionDenied
        if kept.version != version:
            raise WrongState(
                _(
                    "Somebody else has changed this story in the meantime. Look at it in another window; "
                    "if you save again, your text replaces theirs."
                )
            )
        allowed = may_change_now(kept, actor)
        wanted = {name: value for name, value in values.items() if name.removesuffix("_id") in allowed}
        _refuse_taken_language(kept, wanted)
        before = present_values(kept, dict.fromkeys(FIELDS))
        fields = _write(kept, wanted)
        if kept.status in StoryStatus.SHOWN:
            keep_revision(kept, before, actor)
        elif fields and not kept.is_draft:
            record(kept, "news.story.change", actor=actor, fields=", ".join(sorted(fields)))
    return kept


def may_change_now(story: Story, actor: User) -> set[str]:
    """The fields that the person may change as the story stands. Raises WrongState where there are none."""
    curates = actor.has_perm("news.curate_stories")
    if story.status in (StoryStatus.WITHDRAWN, StoryStatus.REFUSED):
        raise WrongState(_("This story can no longer be changed."))
    if curates and (story.by_desk or not story.is_draft):
        return {*FIELDS, "stakeholder"} if story.by_desk and story.is_draft else set(FIELDS)
    if not story.is_written:
        raise WrongState(_("The desk has the story now. Take it back, or wait for the answer."))
    asked = set(open_requests(story)) if not story.is_draft else set()
    return asked & {*FIELDS, "images"} or {*FIELDS, "images"}


def keep_revision(story: Story, before: Mapping[str, Any], actor: Any) -> list[str]:
    """Note what differs from `before` now, and let everything that shows the story know."""
    after = present_values(story, before)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changes:
        StoryRevision.objects.create(story=story, changes=changes, by=actor)
        record(story, "news.story.edit", actor=actor, fields=", ".join(sorted(changes)))
        seen_anew(story)
    return sorted(changes)


def carry_out(story: Story, after: Mapping[str, Any], actor: Any) -> None:
    """Put approved values in; called by the engine, in the transaction of the approval."""
    kept = locked(story.pk)
    before = present_values(kept, after)
    columns = {"language": "language_id"}
    _write(kept, {columns.get(name, name): value for name, value in after.items()})
    keep_revision(kept, before, actor)


def discard_story(story: Story, *, actor: User) -> None:
    """Throw a draft away, with its images."""
    with transaction.atomic():
        kept = locked(story.pk)
        if not actor.has_perm("news.change_story", kept):
            raise PermissionDenied
        if not kept.is_draft:
            raise WrongState(_("This is no longer a draft."))
        files = [one for image in kept.images.all() for one in image.files]
        kept.delete()
        forget_bytes(*files)


def refuse_incomplete(story: Story) -> None:
    """Raise DomainError, by the field of the form, where a story cannot be shown yet."""
    wrong = {}
    if not story.summary:
        wrong["summary"] = _("Say in one or two sentences what the story tells.")
    if not story.text:
        wrong["text"] = _("Write the text of the story.")
    if wrong:
        raise DomainError(_("The story is not complete yet."), fields=wrong)


def locked(pk: int) -> Story:
    return Story.objects.select_for_update(no_key=True).get(pk=pk)


def _refuse_unless_writing(actor: User, stakeholder: Stakeholder | None, by_desk: bool) -> None:
    if by_desk:
        if not actor.has_perm("news.curate_stories"):
            raise PermissionDenied
    elif stakeholder is None or not acts_for(actor, stakeholder.pk):
        raise PermissionDenied


def _refuse_taken_language(story: Story, values: Mapping[str, Any]) -> None:
    """Two versions of one story are never in one language."""
    language = values.get("language_id", story.language_id)
    group = Q(pk=story.group) | Q(original=story.group)
    if Story.objects.filter(group, language=language).exclude(pk=story.pk).exists():
        message = _("There is a version in this language already.")
        raise DomainError(message, fields={"language": message})


def _write(story: Story, values: Mapping[str, Any]) -> list[str]:
    """Set columns and lists; returns the names of those that are another now."""
    plain = {name: value for name, value in values.items() if name not in LISTS}
    changed = [name for name, value in plain.items() if getattr(story, name) != value]
    for name in changed:
        setattr(story, name, plain[name])
    lists = {name: {getattr(one, "pk", one) for one in values[name]} for name in LISTS if name in values}
    if story.pk is not None:
        lists = {
            name: wanted
            for name, wanted in lists.items()
            if wanted != set(getattr(story, name).values_list("pk", flat=True))
        }
    if changed or lists or story.pk is None:
        story.version += 1
        story.updated_at = now()
        story.save()
    for name, wanted in lists.items():
        getattr(story, name).set(wanted)
    return [*changed, *lists]
