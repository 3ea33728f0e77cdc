"""Exports of the directory and reports about entries, as sentences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.registry import sentence
from stakeholders.enums import (
    ReportOutcome,
    ReportWhat,
)
from stakeholders.enums.contact import MessageOutcome, MessageWhat

sentence(
    "stakeholders.exported",
    _("%(actor)s exported %(rows)s entries of the directory as %(format)s, filters: %(filters)s"),
    labels={"filters": {"": pgettext_lazy("filters of the directory", "none")}},
)
# Who reported it is nobody's to read here, so the sentence has no person.
sentence(
    "stakeholders.reported",
    _("A report about the entry came in: %(what)s"),
    labels={"what": dict([*ReportWhat.choices, *MessageWhat.choices])},
)
sentence(
    "stakeholders.report_answered",
    _("%(actor)s answered the report: %(outcome)s"),
    labels={"outcome": dict([*ReportOutcome.choices, *MessageOutcome.choices])},
)
