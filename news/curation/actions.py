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
    """Show the story to everybody, now or from an instant to come."""
    with transaction.atomic():
        kept = lock_story(story.pk)
        if actor.has_perm("news.publish_story", kept):
            refuse_incomplete(kept)
        instant = now()
        if at is not None and at <= instant:
            raise _wrong("day", _("Choose an instant that is still to come, or publish now."))
        fields: dict[str, Any] = {"publish_at": at or instant, "held_for": "", "told_at": None}
        if at and zone:
            fields["zone"] = zone
        move(kept, "publish", actor=actor, **fields)
        close_items(kept)
        answer_requests(kept, actor=actor)
        if at is None:
            tell_now(kept)
        tell_authors(kept, "news.yours_published", at=at.isoformat() if at else "", zone=zone)
    return kept


def return_story(story: Story, *, actor: User, questions: Mapping[str, str], note: str = "") -> Story:
    """Give it back with questions at its fields; the clock of the desk stands still meanwhile."""
    asked = {field: clean_block(text) for field, text in questions.items() if clean_block(text)}
    note = clean_block(note)
    if not asked and not note:
        raise _wrong("note", _("Ask at a field, or write a message to the author."))
    with transaction.atomic():
        kept = lock_story(story.pk)
        if kept.by_desk:
            raise WrongState(_("The desk wrote this story itself: it is edited, not returned."))
        move(kept, "return", actor=actor, note=note, held_for=HeldFor.AUTHOR)
        pause(kept)
        ask(kept, asked, actor=actor)
        tell_authors(kept, "news.yours_returned", note=note)
    return kept


def hold_story(story: Story, *, actor: User, reason: str, note: str = "") -> Story:
    with transaction.atomic():
        kept = lock_story(story.pk)
        move(kept, "hold", actor=actor, reason=reason, note=clean_block(note), held_for=HeldFor.DESK)
    return kept


def resume_story(story: Story, *, actor: User) -> Story:
    """What was on hold waits for the desk again; what was asked of its author is no longer asked."""
    with transaction.atomic():
        kept = lock_story(story.pk)
        move(kept, "resume", actor=actor, held_for="")
        resume(kept)
        answer_requests(kept, actor=actor)
    return kept


def refuse_story(story: Story, *, actor: User, reason: str, note: str = "") -> Story:
    note = clean_block(note)
    with transaction.atomic():
        kept = lock_story(story.pk)
        move(kept, "refuse", actor=actor, reason=reason, note=note, held_for="")
        close_items(kept)
        answer_requests(kept, actor=actor)
        tell_authors(kept, "news.yours_refused", reason=reason, note=note)
    return kept


def pull_story(story: Story, *, actor: User) -> Story:
    """Take it off the schedule before anybody saw it."""
    with transaction.atomic():
        kept = lock_story(story.pk)
        if kept.is_public:
            raise WrongState(_("This story is public already. It can be archived or withdrawn."))
        move(kept, "pull", actor=actor, publish_at=None)
        open_item(kept, READ, waits_for=Role.CURATION)
    return kept


def archive_story(story: Story, *, actor: User) -> Story:
    """It keeps its address and leaves lists, feeds and search."""
    with transaction.atomic():
        kept = lock_story(story.pk)
        if not kept.is_public:
            raise WrongState(_("This story is not public yet. It can be unscheduled."))
        move(kept, "archive", actor=actor)
        close_items(kept)
        refresh_index(kept)
    return kept


def restore_story(story: Story, *, actor: User) -> Story:
    with transaction.atomic():
        kept = lock_story(story.pk)
        move(kept, "restore", actor=actor)
        refresh_index(kept)
    return kept


def take(story: Story, *, actor: User) -> None:
    claim(waiting_item(story), actor)


def put_back(story: Story, *, actor: User) -> None:
    release(waiting_item(story), actor)


def give(story: Story, *, actor: User, to: User) -> None:
    with transaction.atomic():
        reassign(lock_story(story.pk), actor=actor, to=to)


def mark_read(story: Story, *, actor: User) -> None:
    """Somebody of the desk has read what a trusted source published."""
    if not actor.has_perm("news.curate_stories"):
        raise PermissionDenied
    with transaction.atomic():
        kept = lock_story(story.pk)
        if not close_items(kept, REREAD):
            raise WrongState(_("This is done already."))


def _wrong(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
