"""Changes of a published story by those who wrote it: proposed, then carried out once the desk agrees."""

from collections.abc import Mapping
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import WrongState
from core.text import clean_block
from news.actions.telling import tell_authors, tell_desk
from news.actions.writing import locked
from news.enums import StoryStatus
from news.models import Story
from workflow.changes.actions import decide_change, propose_change
from workflow.changes.models import ChangeRequest
from workflow.items.actions import close_items, open_item

WORK = "story_change"
PROPOSED = ("title", "summary", "text", "topics", "countries", "videos")


def propose(story: Story, *, actor: User, values: Mapping[str, Any]) -> ChangeRequest:
    """Ask the desk for another text of what is published. Raises as `propose_change` does."""
    with transaction.atomic():
        kept = locked(story.pk)
        if kept.status not in StoryStatus.SHOWN:
            raise WrongState(_("Only a published story is changed in this way."))
        if not actor.has_perm("news.submit_story", kept):
            raise PermissionDenied
        wanted = {name: values[name] for name in PROPOSED if name in values}
        for name in ("topics", "countries"):
            if name in wanted:
                wanted[name] = sorted(getattr(one, "pk", one) for one in wanted[name])
        change = propose_change(kept, wanted, actor=actor)
        item = open_item(change, WORK, waits_for=Role.CURATION)
        item.label = kept.title
        item.save(update_fields=["label"])
        tell_desk(
            "news.change_arrived",
            kept,
            key=f"change:{change.pk}",
            url_name="newsdesk:change",
            url_args=[change.pk],
            facts={"title": kept.title},
        )
    return change


def decide(
    change: ChangeRequest, name: Literal["approve", "refuse", "withdraw"], *, actor: User, note: str = ""
) -> None:
    """Approve (everybody then reads the new text), refuse with a note, or withdraw what one proposed."""
    note = clean_block(note)
    with transaction.atomic():
        # The story first: whoever proposes holds it too, and two would otherwise wait for each other.
        story = locked(change.subject_id)
        kept = ChangeRequest.objects.get(pk=change.pk)
        decide_change(kept, name, actor=actor, note=note)
        close_items(kept, WORK)
        if name == "refuse":
            record(story, "news.story.change_refused", actor=actor, change=kept.pk)
        if name != "withdraw":
            tell_authors(story, "changed", outcome=name, note=note, change=kept.pk)
