from stakeholders.models.applications import Application, ApplicationQuerySet, Paper, PaperQuerySet
from stakeholders.models.checklist import (
    FIRST_QUESTIONS,
    ChecklistAnswer,
    ChecklistAnswerQuerySet,
    ChecklistQuestion,
    ChecklistQuestionQuerySet,
)
from stakeholders.models.described import KEY_LENGTH, SHARED_HOSTS, Described, site_of
from stakeholders.models.entries import (
    DirectoryVersion,
    DirectoryVersionQuerySet,
    Membership,
    MembershipQuerySet,
    Stakeholder,
    StakeholderQuerySet,
)
from stakeholders.models.exports import Export, ExportQuerySet
from stakeholders.models.flags import Flag, FlagQuerySet
from stakeholders.models.imports import Import, ImportQuerySet, ImportRow, ImportSource
from stakeholders.models.invitations import Invitation, InvitationQuerySet, addresses_of, hash_of
from stakeholders.models.reconsiderations import Reconsideration, ReconsiderationQuerySet
from stakeholders.models.reports import Report, ReportQuerySet
from stakeholders.models.screening import ListedName, Match, Screened, ScreeningList, ScreeningRun
from stakeholders.models.trust import TrustedDomain, TrustedDomainQuerySet

__all__ = [
    "FIRST_QUESTIONS",
    "KEY_LENGTH",
    "SHARED_HOSTS",
    "Application",
    "ApplicationQuerySet",
    "ChecklistAnswer",
    "ChecklistAnswerQuerySet",
    "ChecklistQuestion",
    "ChecklistQuestionQuerySet",
    "Described",
    "DirectoryVersion",
    "DirectoryVersionQuerySet",
    "Export",
    "ExportQuerySet",
    "Flag",
    "FlagQuerySet",
    "Import",
    "ImportQuerySet",
    "ImportRow",
    "ImportSource",
    "Invitation",
    "InvitationQuerySet",
    "ListedName",
    "Match",
    "Membership",
    "MembershipQuerySet",
    "Paper",
    "PaperQuerySet",
    "Reconsideration",
    "ReconsiderationQuerySet",
    "Report",
    "ReportQuerySet",
    "Screened",
    "ScreeningList",
    "ScreeningRun",
    "Stakeholder",
    "StakeholderQuerySet",
    "TrustedDomain",
    "TrustedDomainQuerySet",
    "addresses_of",
    "hash_of",
    "site_of",
]
