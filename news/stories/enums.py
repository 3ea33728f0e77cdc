"""The statuses and moves of stories, and the reasons of decisions."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import CLOCK, Move


class StoryStatus(models.TextChoices):
    """Scheduled follows from `publish_at` and the clock and is never stored."""

    DRAFT = "draft", pgettext_lazy("status of a story", "Draft")
    PENDING = "pending", pgettext_lazy("status of a story", "With the WhatsOn team")
    ON_HOLD = "on_hold", pgettext_lazy("status of a story", "On hold")
    PUBLISHED = "published", pgettext_lazy("status of a story", "Published")
    ARCHIVED = "archived", pgettext_lazy("status of a story", "Archived")
    REFUSED = "refused", pgettext_lazy("status of a story", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a story", "Withdrawn")

    SHOWN = nonmember(("published", "archived"))  # once its instant has come
    WITH_DESK = nonmember(("pending", "on_hold"))


class HeldFor(models.TextChoices):
    """What a story on hold is waiting for."""

    NOBODY = "", _("nothing")
    AUTHOR = "author", _("an answer of its author")
    DESK = "desk", _("the desk")


class HoldReason(models.TextChoices):
    CHECK = "check", _("A fact or a right has to be checked")
    OTHER_OFFICE = "other_office", _("Another office has to be asked")
    TIMING = "timing", _("Awaiting an event or a decision")
    SOURCE = "source", _("The source is on hold")


class RefuseReason(models.TextChoices):
    """Why the desk declines a story; its author reads it."""

    SCOPE = "scope", _("It is not about what this portal is for")
    ADVERTISING = "advertising", _("It advertises goods or services")
    PERSONAL = "personal", _("It has personal data of people who did not agree")
    DANGER = "danger", _("It could endanger people")
    CONTEST = "contest", _("It names winners and losers among States")
    RIGHTS = "rights", _("It is not clear who holds the rights to a text or an image")
    DOUBLE = "double", _("The same story is here already")
    UNCLEAR = "unclear", _("Too little information, or it cannot be verified")


class WithdrawReason(models.TextChoices):
    """Why a published story was taken down; everybody reads it."""

    AUTHOR = "author", _("Withdrawn by those who wrote it")
    ERROR = "error", _("It was wrong in essential points")
    RIGHTS = "rights", _("Rights of others")
    SAFETY = "safety", _("Safety or privacy of people")
    RULES = "rules", _("It does not follow the rules of this portal")


S = StoryStatus
STORY_MOVES: dict[str, Move] = {
    "submit": Move(
        (S.DRAFT, S.ON_HOLD), S.PENDING, _("Submit to the WhatsOn team"), by="author", style="primary"
    ),
    "revise": Move((S.PENDING, S.REFUSED), S.DRAFT, _("Take it back and edit it"), by="author", order=3),
    "pass": Move((S.PENDING,), S.PUBLISHED, _("Publish content from a trusted source"), by=CLOCK),
    "park": Move((S.PENDING,), S.ON_HOLD, _("Hold content from a blocked source"), by=CLOCK),
    "publish": Move(
        (S.DRAFT, S.PENDING, S.ON_HOLD),
        S.PUBLISHED,
        _("Publish"),
        by="curation",
        decides=True,
        style="primary",
    ),
    "return": Move(
        (S.PENDING, S.ON_HOLD), S.ON_HOLD, _("Return for changes"), by="curation", decides=True, order=1
    ),
    "hold": Move(
        (S.PENDING,),
        S.ON_HOLD,
        _("Put on hold"),
        needs_reason=True,
        reasons=HoldReason,
        by="curation",
        decides=True,
        order=2,
    ),
    "resume": Move((S.ON_HOLD,), S.PENDING, _("Resume"), by="curation", order=2),
    "refuse": Move(
        (S.PENDING, S.ON_HOLD),
        S.REFUSED,
        _("Decline"),
        needs_reason=True,
        reasons=RefuseReason,
        by="curation",
        decides=True,
        order=4,
        style="danger",
    ),
    "pull": Move((S.PUBLISHED,), S.PENDING, _("Unschedule"), by="curation, before its instant", order=2),
    "archive": Move((S.PUBLISHED,), S.ARCHIVED, _("Archive"), by="curation", order=3),
    "restore": Move((S.ARCHIVED,), S.PUBLISHED, _("Bring back from the archive"), by="curation", order=3),
    "withdraw": Move(
        (S.PUBLISHED, S.ARCHIVED),
        S.WITHDRAWN,
        _("Withdraw the story"),
        needs_reason=True,
        reasons=WithdrawReason,
        by="author or curation",
        order=5,
        style="danger",
    ),
}

# What the audit entry of a move reads as.
STORY_SENTENCES = {
    "submit": _("%(actor)s sent the story to the WhatsOn team"),
    "revise": _("%(actor)s withdrew the story to change it"),
    "park": _("The story was put on hold for the WhatsOn team to read"),
    "return": _("%(actor)s returned the story with questions"),
    "hold": _("%(actor)s put the story on hold"),
    "resume": _("%(actor)s resumed work on the story"),
    "refuse": _("%(actor)s declined the story"),
    "pull": _("%(actor)s unscheduled the story"),
}
