from stakeholders.models.applications import Application, ApplicationQuerySet, Paper, PaperQuerySet
from stakeholders.models.appointments import Appointment, AppointmentQuerySet, today
from stakeholders.models.checklist import (
    FIRST_QUESTIONS,
    ChecklistAnswer,
    ChecklistAnswerQuerySet,
    ChecklistQuestion,
    ChecklistQuestionQuerySet,
)
from stakeholders.models.claims import (
    Handover,
    HandoverQuerySet,
    JoinRequest,
    JoinRequestQuerySet,
    MailProof,
    MailProofQuerySet,
)
from stakeholders.models.contact import Block, Conversation, ConversationQuerySet, Line
from stakeholders.models.described import KEY_LENGTH, SHARED_HOSTS, Described, site_of
from stakeholders.models.entries import (
    DirectoryVersion,
    DirectoryVersionQuerySet,
    Membership,
    MembershipQuerySet,
    Stakeholder,
    StakeholderQuerySet,
)
from stakeholders.models.exchange import Offer, OfferQuerySet
from stakeholders.models.exports import Export, ExportQuerySet
from stakeholders.models.family import FamilyLink, FamilyLinkQuerySet
from stakeholders.models.flags import Flag, FlagQuerySet
from stakeholders.models.imports import Import, ImportQuerySet, ImportRow, ImportSource
from stakeholders.models.invitations import Invitation, InvitationQuerySet, addresses_of, hash_of
from stakeholders.models.invited import DeskInvitation, DeskInvitationQuerySet, Wave, WaveQuerySet
from stakeholders.models.parts import Contact, ContactQuerySet, Office, Officer, OtherName, Part, PartQuerySet
from stakeholders.models.recommendations import Recommendation, RecommendationQuerySet
from stakeholders.models.reconsiderations import Reconsideration, ReconsiderationQuerySet
from stakeholders.models.reports import Report, ReportQuerySet
from stakeholders.models.screening import ListedName, Match, Screened, ScreeningList, ScreeningRun
from stakeholders.models.sources import SourceTrust, SourceTrustQuerySet
from stakeholders.models.states import StateAccount, StateAccountQuerySet
from stakeholders.models.trust import TrustedDomain, TrustedDomainQuerySet

__all__ = [
    "FIRST_QUESTIONS",
    "KEY_LENGTH",
    "SHARED_HOSTS",
    "Application",
    "ApplicationQuerySet",
    "Appointment",
    "AppointmentQuerySet",
    "Block",
    "ChecklistAnswer",
    "ChecklistAnswerQuerySet",
    "ChecklistQuestion",
    "ChecklistQuestionQuerySet",
    "Contact",
    "ContactQuerySet",
    "Conversation",
    "ConversationQuerySet",
    "Described",
    "DeskInvitation",
    "DeskInvitationQuerySet",
    "DirectoryVersion",
    "DirectoryVersionQuerySet",
    "Export",
    "ExportQuerySet",
    "FamilyLink",
    "FamilyLinkQuerySet",
    "Flag",
    "FlagQuerySet",
    "Handover",
    "HandoverQuerySet",
    "Import",
    "ImportQuerySet",
    "ImportRow",
    "ImportSource",
    "Invitation",
    "InvitationQuerySet",
    "JoinRequest",
    "JoinRequestQuerySet",
    "Line",
    "ListedName",
    "MailProof",
    "MailProofQuerySet",
    "Match",
    "Membership",
    "MembershipQuerySet",
    "Offer",
    "OfferQuerySet",
    "Office",
    "Officer",
    "OtherName",
    "Paper",
    "PaperQuerySet",
    "Part",
    "PartQuerySet",
    "Recommendation",
    "RecommendationQuerySet",
    "Reconsideration",
    "ReconsiderationQuerySet",
    "Report",
    "ReportQuerySet",
    "Screened",
    "ScreeningList",
    "ScreeningRun",
    "SourceTrust",
    "SourceTrustQuerySet",
    "Stakeholder",
    "StakeholderQuerySet",
    "StateAccount",
    "StateAccountQuerySet",
    "TrustedDomain",
    "TrustedDomainQuerySet",
    "Wave",
    "WaveQuerySet",
    "addresses_of",
    "hash_of",
    "site_of",
    "today",
]
