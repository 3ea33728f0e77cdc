from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StepStatus(models.TextChoices):
    """What a record says of a step. What follows from a date or a rule is computed, never recorded."""

    UNDER_WAY = "under_way", pgettext_lazy("step of a review", "Under way")
    DONE = "done", pgettext_lazy("step of a review", "Done")
    NO_INFORMATION = "no_information", pgettext_lazy("step of a review", "No public information")

    KNOWN = nonmember(("under_way", "done"))


class Silence(models.TextChoices):
    """Why nothing stands at a step without a record: computed, each its own words."""

    NOT_DUE = "not_due", pgettext_lazy("step of a review", "Not yet due")
    NOT_PUBLIC = "not_public", pgettext_lazy("step of a review", "Not public by rule")
    NOT_RECORDED = "not_recorded", pgettext_lazy("step of a review", "Not yet recorded")


class SourceKind(models.TextChoices):
    LINK = "link", pgettext_lazy("kind of source", "Public page")
    SYMBOL = "symbol", pgettext_lazy("kind of source", "Document of the United Nations")
    NOTE_VERBALE = "note_verbale", pgettext_lazy("kind of source", "Note verbale")
    STAKEHOLDER = "stakeholder", pgettext_lazy("kind of source", "Report of a stakeholder")


class Publicity(models.TextChoices):
    """Whether what a step yields is public; empty where no source says so."""

    PUBLIC = "public", pgettext_lazy("a document", "Public")
    CONDITIONAL = "conditional", pgettext_lazy("a document", "Public as far as the State agrees")
    NOT_PUBLIC = "not_public", pgettext_lazy("a document", "Not public")


class Actor(models.TextChoices):
    """Who acts at a step."""

    STATE = "state", _("State under review")
    REVIEWERS = "reviewers", _("Reviewing States")
    SECRETARIAT = "secretariat", _("Secretariat")
    CONFERENCE = "conference", _("Conference of the Parties")


class DueUnit(models.TextChoices):
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class Nominated(models.TextChoices):
    """Whether a State has named its review focal point."""

    YES = "yes", pgettext_lazy("focal point nominated", "Yes")
    NO = "no", pgettext_lazy("focal point nominated", "No")
    UNKNOWN = "unknown", pgettext_lazy("focal point nominated", "Not known")


class CorrectionOutcome(models.TextChoices):
    """What came of what somebody told the desk."""

    TAKEN = "taken", pgettext_lazy("outcome of a correction", "The page was corrected")
    STANDS = "stands", pgettext_lazy("outcome of a correction", "The page stays as it is")
    NO_SOURCE = "no_source", pgettext_lazy("outcome of a correction", "No public source could be found")


class ImportKind(models.TextChoices):
    GROUPS = "groups", _("Review groups of countries")
    PAIRINGS = "pairings", _("Reviewing States by instrument")
    PARTICIPATIONS = "participations", _("Parties to the instruments")
    DOCUMENTS = "documents", _("Documents of reviews")
    OBSERVATIONS = "observations", _("Observations")


class ImportStatus(models.TextChoices):
    CHECKED = "checked", pgettext_lazy("state of an import", "Checked, nothing saved")
    APPLIED = "applied", pgettext_lazy("state of an import", "Applied")
    DISCARDED = "discarded", pgettext_lazy("state of an import", "Discarded")
