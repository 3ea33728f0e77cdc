from stakeholders.models.applications import Application, ApplicationQuerySet, Paper, PaperQuerySet
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
from stakeholders.models.invitations import Invitation, InvitationQuerySet, addresses_of, hash_of
from stakeholders.models.reports import Report, ReportQuerySet
from stakeholders.models.screening import ListedName, Match, Screened, ScreeningList, ScreeningRun

__all__ = [
    "KEY_LENGTH",
    "SHARED_HOSTS",
    "Application",
    "ApplicationQuerySet",
    "Described",
    "DirectoryVersion",
    "DirectoryVersionQuerySet",
    "Export",
    "ExportQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "ListedName",
    "Match",
    "Membership",
    "MembershipQuerySet",
    "Paper",
    "PaperQuerySet",
    "Report",
    "ReportQuerySet",
    "Screened",
    "ScreeningList",
    "ScreeningRun",
    "Stakeholder",
    "StakeholderQuerySet",
    "addresses_of",
    "hash_of",
    "site_of",
]
