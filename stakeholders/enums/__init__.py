"""What a stakeholder, an application and a membership may be; a file for each subject."""

from stakeholders.enums.applications import (
    FIELDS,
    MOVES,
    NOT_ASKED,
    STEPS,
    ApplicationStatus,
    Asked,
    Purpose,
    RefusalReason,
    fields_of,
    label_of,
    steps_of,
)
from stakeholders.enums.changes import DIRECT, VETTED, direct_of, entry_label, vetted_of
from stakeholders.enums.entries import Kind, Listing, MemberRole, Status
from stakeholders.enums.exports import (
    DossierFault,
    ExportFault,
    ExportFormat,
    ExportStatus,
    ReportOutcome,
    ReportWhat,
)
from stakeholders.enums.screening import ListedKind, ScreenedKind, ScreenedName
from stakeholders.enums.standing import STAKEHOLDER_MOVES, StandingReason
from stakeholders.enums.vetting import FlagKind, Outcome, Said

__all__ = [
    "DIRECT",
    "FIELDS",
    "MOVES",
    "NOT_ASKED",
    "STAKEHOLDER_MOVES",
    "STEPS",
    "VETTED",
    "ApplicationStatus",
    "Asked",
    "DossierFault",
    "ExportFault",
    "ExportFormat",
    "ExportStatus",
    "FlagKind",
    "Kind",
    "ListedKind",
    "Listing",
    "MemberRole",
    "Outcome",
    "Purpose",
    "RefusalReason",
    "ReportOutcome",
    "ReportWhat",
    "Said",
    "ScreenedKind",
    "ScreenedName",
    "StandingReason",
    "Status",
    "direct_of",
    "entry_label",
    "fields_of",
    "label_of",
    "steps_of",
    "vetted_of",
]
