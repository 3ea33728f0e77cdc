"""What the desk sees of stories: by state, with who holds what; changes that are proposed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from news.stories.enums import HeldFor, StoryStatus
from news.stories.models import Story
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem

S = StoryStatus
STATES: dict[str, str | Promise] = {
    "waiting": pgettext_lazy("stories at the desk", "For review"),
    "held": pgettext_lazy("stories at the desk", "On hold"),
    "asked": pgettext_lazy("stories at the desk", "With their authors"),
    "draft": pgettext_lazy("stories at the desk", "Drafts of the desk"),
    "scheduled": pgettext_lazy("stories at the desk", "Scheduled"),
    "published": pgettext_lazy("stories at the desk", "Published"),
    "archived": pgettext_lazy("stories at the desk", "Archived"),
    "closed": pgettext_lazy("stories at the desk", "Declined or withdrawn"),
}
STORY, CHANGE = "news.story", "workflow.changerequest"


def _in_state(state: str) -> Q:
    coming = Q(publish_at__gt=now())
    return {
        "waiting": Q(status=S.PENDING),
        "held": Q(status=S.ON_HOLD, held_for=HeldFor.DESK),
        "asked": Q(status=S.ON_HOLD, held_for=HeldFor.AUTHOR),
        "draft": Q(status=S.DRAFT, by_desk=True),
        "scheduled": Q(status=S.PUBLISHED) & coming,
        "published": Q(status=S.PUBLISHED) & ~coming,
        "archived": Q(status=S.ARCHIVED),
        "closed": Q(status__in=(S.REFUSED, S.WITHDRAWN)),
    }[state]


def desk_counts(user: Any) -> dict[str, int]:
    """Count the stories in each state."""
    counted = {state: Count("pk", filter=_in_state(state)) for state in STATES}
    return Story.objects.visible_to(user).aggregate(**counted)


def desk_list(user: Any, state: str) -> QuerySet[Story]:
    rows = Story.objects.visible_to(user).filter(_in_state(state)).select_related("language", "stakeholder")
    if state == "scheduled":
        return rows.order_by("publish_at", "pk")
    if state == "published":
        return rows.order_by("-publish_at", "-pk")
    return rows.order_by("updated_at", "pk")


def holders_of(user: Any, stories: Iterable[Story]) -> dict[int, WorkItem]:
    """Map stories to the open work item on each, with its holder."""
    rows = (
        WorkItem.objects.visible_to(user)
        .open()
        .filter(subject_kind=STORY, subject_id__in=[story.pk for story in stories])
    )
    return {item.subject_id: item for item in rows.select_related("holder")}


def to_reread(user: Any) -> QuerySet[Story]:
    """Return what trusted sources published and nobody at the desk has read yet."""
    items = WorkItem.objects.visible_to(user).open().filter(subject_kind=STORY, what="reread")
    rows = Story.objects.visible_to(user).filter(pk__in=items.values("subject_id"))
    return rows.select_related("stakeholder").order_by("publish_at", "pk")


def changes_waiting(user: Any) -> QuerySet[ChangeRequest]:
    """Return proposed changes of published stories, the oldest first."""
    if not user.has_perm("news.curate_stories"):
        return ChangeRequest.objects.none()
    return ChangeRequest.objects.open().filter(subject_kind=STORY).order_by("pk")
