"""What the desk decides on a story: questions, publishing, archiving; and who holds it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from core.errors import DomainError, WrongState
from core.text import clean_block
from news.stories.actions import (
    READ,
    REREAD,
    lock_story,
    refresh_index,
    refuse_incomplete,
    tell_authors,
    tell_now,
)
from news.stories.enums import HeldFor
from news.stories.models import Story
from workflow.items.actions import (
    answer_requests,
    ask,
    claim,
    close_items,
    open_item,
    pause,
    reassign,
    release,
    resume,
    waiting_item,
)
from workflow.moves.actions import move


# --- The desk -----------------------------------------------------------------------------------------------
def publish_story(story: Story, *, actor: User, at: datetime | None = None, zone: str = "") -> Story:
    """Publish a story, now or at an instant to come."""
    with transaction.atomic():
        story = lock_story(story.pk)
        if actor.has_perm("news.publish_story", story):
            refuse_incomplete(story)
        instant = now()
        if at is not None and at <= instant:
            raise _field_error("day", _("Choose a time in the future, or publish now."))
        fields: dict[str, Any] = {"publish_at": at or instant, "held_for": "", "told_at": None}
        if at and zone:
            fields["zone"] = zone
        move(story, "publish", actor=actor, **fields)
        close_items(story)
        answer_requests(story, actor=actor)
        if at is None:
            tell_now(story)
        tell_authors(story, "news.yours_published", at=at.isoformat() if at else "", zone=zone)
    return story


def return_story(story: Story, *, actor: User, questions: Mapping[str, str], note: str = "") -> Story:
    """Return a story to its author with questions at its fields; the desk's deadline is paused."""
    cleaned = {field: clean_block(text) for field, text in questions.items() if clean_block(text)}
    note = clean_block(note)
    if not cleaned and not note:
        raise _field_error("note", _("Ask at a field, or write a message to the author."))
    with transaction.atomic():
        story = lock_story(story.pk)
        if story.by_desk:
            raise WrongState(_("The desk wrote this story itself: it is edited, not returned."))
        move(story, "return", actor=actor, note=note, held_for=HeldFor.AUTHOR)
        pause(story)
        ask(story, cleaned, actor=actor)
        tell_authors(story, "news.yours_returned", note=note)
    return story


def hold_story(story: Story, *, actor: User, reason: str, note: str = "") -> Story:
    with transaction.atomic():
        story = lock_story(story.pk)
        move(story, "hold", actor=actor, reason=reason, note=clean_block(note), held_for=HeldFor.DESK)
    return story


def resume_story(story: Story, *, actor: User) -> Story:
    """Take a story off hold: it waits for the desk, and open questions are closed."""
    with transaction.atomic():
        story = lock_story(story.pk)
        move(story, "resume", actor=actor, held_for="")
        resume(story)
        answer_requests(story, actor=actor)
    return story


def refuse_story(story: Story, *, actor: User, reason: str, note: str = "") -> Story:
    note = clean_block(note)
    with transaction.atomic():
        story = lock_story(story.pk)
        move(story, "refuse", actor=actor, reason=reason, note=note, held_for="")
        close_items(story)
        answer_requests(story, actor=actor)
        tell_authors(story, "news.yours_refused", reason=reason, note=note)
    return story


def pull_story(story: Story, *, actor: User) -> Story:
    """Take a scheduled story off the schedule."""
    with transaction.atomic():
        story = lock_story(story.pk)
        if story.is_public:
            raise WrongState(_("This story is public already. It can be archived or withdrawn."))
        move(story, "pull", actor=actor, publish_at=None)
        open_item(story, READ, waits_for=Role.CURATION)
    return story


def archive_story(story: Story, *, actor: User) -> Story:
    """Archive a story: it keeps its address and leaves lists, feeds and search."""
    with transaction.atomic():
        story = lock_story(story.pk)
        if not story.is_public:
            raise WrongState(_("This story is not public yet. It can be unscheduled."))
        move(story, "archive", actor=actor)
        close_items(story)
        refresh_index(story)
    return story


def restore_story(story: Story, *, actor: User) -> Story:
    with transaction.atomic():
        story = lock_story(story.pk)
        move(story, "restore", actor=actor)
        refresh_index(story)
    return story


def take(story: Story, *, actor: User) -> None:
    claim(waiting_item(story), actor)


def put_back(story: Story, *, actor: User) -> None:
    release(waiting_item(story), actor)


def give(story: Story, *, actor: User, to: User) -> None:
    with transaction.atomic():
        reassign(lock_story(story.pk), actor=actor, to=to)


def mark_read(story: Story, *, actor: User) -> None:
    """Record that the desk has read what a trusted source published."""
    if not actor.has_perm("news.curate_stories"):
        raise PermissionDenied
    with transaction.atomic():
        story = lock_story(story.pk)
        if not close_items(story, REREAD):
            raise WrongState(_("This is done already."))


def _field_error(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
