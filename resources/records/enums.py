"""What a record of the library may be, who reads it, and how it moves."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class ResourceKind(models.TextChoices):
    TOOLKIT = "toolkit", _("Toolkit")
    GUIDE = "guide", _("Guide")
    REPORT = "report", _("Report")
    SHERLOC = "sherloc", _("Link to SHERLOC")
    COURSE = "course", _("Course")
    DATASET = "dataset", _("Data set")
    TEMPLATE = "template", _("Template")
    VIDEO = "video", _("Video")
    PRESENTATION = "presentation", _("Presentation")
    GOOD_PRACTICE = "good_practice", _("Good practice")
    LAW = "law", _("Treaty, resolution or model law")
    DOCUMENT = "document", _("Official document")

    # Other words by which people look for one.
    ALSO_CALLED = nonmember({"course": "teaching module enseignement enseñanza обучение التدريس 教学"})


class ResourceStatus(models.TextChoices):
    """Under embargo follows from the clock and is never stored."""

    DRAFT = "draft", pgettext_lazy("status of a resource", "Draft")
    PENDING = "pending", pgettext_lazy("status of a resource", "With the WhatsOn team")
    HOLD = "hold", pgettext_lazy("status of a resource", "On hold")
    PUBLISHED = "published", pgettext_lazy("status of a resource", "Published")
    ARCHIVED = "archived", pgettext_lazy("status of a resource", "Archived")
    REFUSED = "refused", pgettext_lazy("status of a resource", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a resource", "Withdrawn")
    MERGED = "merged", pgettext_lazy("status of a resource", "Merged into another")

    SHOWN = nonmember(("published", "archived"))  # its page opens; only published ones are listed
    WITH_DESK = nonmember(("pending", "hold"))
    WRITTEN = nonmember(("draft", "hold"))  # its suggester may write


class Audience(models.TextChoices):
    """Who reads it, from the widest to the narrowest."""

    PUBLIC = "public", _("Everybody")
    MEMBERS_STATES = "members_states", _("Members and States")
    MEMBERS = "members", _("Members")
    REGIONAL = "regional", _("Regional focal points")
    DESK = "desk", _("The WhatsOn team")

    SHARED = nonmember(("members_states", "members", "regional"))


class Precision(models.TextChoices):
    """How exactly the date of publication is known."""

    YEAR = "year", _("Year only")
    MONTH = "month", _("Month and year")
    DAY = "day", _("Day, month and year")


class Licence(models.TextChoices):
    """Under what terms others may use it; the note says what no code says."""

    CC0 = "cc0", _("Public domain (CC0)")
    CC_BY = "cc_by", _("Creative Commons: attribution (CC BY)")
    CC_BY_SA = "cc_by_sa", _("Creative Commons: attribution, same terms (CC BY-SA)")
    CC_BY_NC = "cc_by_nc", _("Creative Commons: attribution, not commercial (CC BY-NC)")
    CC_BY_NC_SA = "cc_by_nc_sa", _("Creative Commons: attribution, not commercial, same terms (CC BY-NC-SA)")
    CC_BY_ND = "cc_by_nd", _("Creative Commons: attribution, unchanged (CC BY-ND)")
    CC_BY_NC_ND = "cc_by_nc_nd", _("Creative Commons: attribution, not commercial, unchanged (CC BY-NC-ND)")
    UN = "un", _("© United Nations, all rights reserved")
    RESERVED = "reserved", _("All rights reserved")
    OTHER = "other", pgettext_lazy("licence", "Other terms")


class StakeholderRole(models.TextChoices):
    """What a stakeholder of the directory has to do with a resource."""

    AUTHOR = "author", pgettext_lazy("role of a stakeholder in a resource", "Author")
    PUBLISHER = "publisher", pgettext_lazy("role of a stakeholder in a resource", "Publisher")


class SuggestionStatus(models.TextChoices):
    """What the desk made of an article that was suggested for a resource."""

    WAITING = "waiting", pgettext_lazy("status of a suggested article", "Waiting")
    CONFIRMED = "confirmed", pgettext_lazy("status of a suggested article", "Confirmed")
    REMOVED = "removed", pgettext_lazy("status of a suggested article", "Removed")


class Relation(models.TextChoices):
    """What the first resource is to the second."""

    PART_OF = "part_of", _("Part of")
    NEW_EDITION_OF = "new_edition_of", _("New edition of")
    TRANSLATION_OF = "translation_of", _("Translation of")
    SEE_ALSO = "see_also", _("See also")


class RefusalReason(models.TextChoices):
    """Why a suggestion is not taken."""

    SCOPE = "scope", _("It is not about what this library is for")
    DOUBLE = "double", _("It is in the library already")
    UNCLEAR = "unclear", _("Too little is known about it")
    UNREACHABLE = "unreachable", _("It cannot be opened at its address")
    RIGHTS = "rights", _("Its owner does not allow it")
    ADVERTISING = "advertising", _("It advertises goods or services")


class WithdrawalReason(models.TextChoices):
    """The class of reason that the page of a withdrawn resource gives for good."""

    PUBLISHER = "publisher", _("Its publisher has withdrawn it")
    RIGHTS = "rights", _("Its owner does not allow it")
    ERROR = "error", _("It contains an error of substance")
    SAFETY = "safety", _("It could put people at risk")
    OUTDATED = "outdated", _("It is out of date and misleads")
    MISTAKE = "mistake", _("It was published by mistake")


S = ResourceStatus
RESOURCE_MOVES: dict[str, Move] = {
    "submit": Move((S.DRAFT,), S.PENDING, _("Submit to the WhatsOn team"), by="suggester", style="primary"),
    "post": Move((S.DRAFT,), S.PUBLISHED, _("Publish at once"), by="suggester the desk trusts"),
    "resubmit": Move((S.HOLD,), S.PENDING, _("Send the answers"), by="suggester", style="primary"),
    "take_back": Move(S.WITH_DESK, S.DRAFT, _("Take it back"), by="suggester", order=5),
    "revise": Move((S.REFUSED,), S.DRAFT, _("Revise it and suggest it again"), by="suggester", order=5),
    "publish": Move(
        (S.DRAFT, *S.WITH_DESK), S.PUBLISHED, _("Publish"), by="curation", decides=True, style="primary"
    ),
    "hold": Move((S.PENDING,), S.HOLD, _("Put on hold"), by="curation", decides=True, order=1),
    "resume": Move((S.HOLD,), S.PENDING, _("Resume"), by="curation", decides=True, order=1),
    "refuse": Move(
        S.WITH_DESK,
        S.REFUSED,
        _("Decline"),
        needs_reason=True,
        reasons=RefusalReason,
        by="curation",
        decides=True,
        order=2,
        style="danger",
    ),
    "archive": Move((S.PUBLISHED,), S.ARCHIVED, _("Archive"), by="curation", decides=True, order=3),
    "restore": Move(
        (S.ARCHIVED, S.WITHDRAWN), S.PUBLISHED, _("Publish again"), by="curation", decides=True, order=3
    ),
    "withdraw": Move(
        S.SHOWN,
        S.WITHDRAWN,
        _("Withdraw"),
        needs_reason=True,
        reasons=WithdrawalReason,
        by="curation",
        decides=True,
        order=4,
        style="danger",
    ),
    "merge": Move(
        (S.DRAFT, *S.WITH_DESK, *S.SHOWN),
        S.MERGED,
        _("Merge into another"),
        by="curation",
        decides=True,
        order=6,
    ),
}

# What the audit entry of a move reads as.
RESOURCE_SENTENCES = {
    "submit": _("%(actor)s submitted the suggestion"),
    "resubmit": _("%(actor)s sent the answers"),
    "take_back": _("%(actor)s withdrew the suggestion"),
    "revise": _("%(actor)s resumed work on the suggestion"),
    "hold": _("%(actor)s put it on hold"),
    "resume": _("%(actor)s resumed it"),
    "refuse": _("%(actor)s declined it: %(reason)s"),
    "merge": _("%(actor)s merged it into another resource"),
}
