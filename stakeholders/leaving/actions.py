"""What a person who deletes their account leaves behind here, and what does not stay.

An organization's entry and its applications are the organization's: they stay, and no longer say who acted.
An individual expert is the person: entry and applications stay as empty rows under a neutral name.
"""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import now

from accounts.data_rights.queries import addresses_of
from accounts.people.models import Grant, User
from core.uploads import forget_bytes
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from search.actions import index_many
from stakeholders.applications.enums import FACTS, ApplicationStatus
from stakeholders.applications.models import (
    Application,
    Contact,
    MissionText,
    Office,
    Officer,
    OtherName,
    Publication,
)
from stakeholders.claims.models import JoinRequest
from stakeholders.contact.models import Conversation
from stakeholders.entries.enums import Kind, Listing
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.exchange.models import Offer
from stakeholders.introductions import actions as introductions_actions
from stakeholders.introductions.models import Introduction
from stakeholders.invitations.models import DeskInvitation, Invitation
from stakeholders.logos.models import Logo
from stakeholders.moderation.models import Report
from stakeholders.projects.models import Project
from stakeholders.recommendations.actions import leave_to_desk
from stakeholders.screening.models import Match, Screened
from stakeholders.standing.actions import move_entry
from stakeholders.state_accounts.enums import StateEnd
from stakeholders.state_accounts.models import StateAccount
from workflow.items.actions import close_items
from workflow.receipts.models import Receipt

KIND = "stakeholders.stakeholder"
FORMER = "Former member"  # a name in the data, not a label: the same in every language
PARTS = (OtherName, Office, Contact, Officer, MissionText, Publication)
TEXTS = (
    "name_latin",
    "acronym",
    "city",
    "website",
    "mission",
    "references",
    "wikidata",
    "lei",
    "orcid",
    *FACTS,
)


def hold(pk: int) -> None:
    """Lock what decides whether the person may leave: their entries and their applications."""
    ids = Membership.objects.filter(user=pk).values("stakeholder_id")
    list(Stakeholder.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    list(Application.objects.select_for_update(no_key=True).filter(applicant=pk).order_by("pk"))


def erase(user: User) -> None:
    """Erase, in the caller's transaction, what is not deleted with the person's row."""
    _empty_expert_entries(user)
    _forget_applications(user)
    _close_requests(user)
    _forget_addresses(user, addresses_of(user))
    _end_regional_grants(user)
    _end_state_account(user)


def _empty_expert_entries(user: User) -> None:
    """Empty the entries of an expert, who is their only member."""
    entries = list(Stakeholder.objects.filter(kind=Kind.EXPERT, memberships__user=user))
    for entry in entries:
        if entry.status in entry.MOVES["withdraw"].sources:
            move_entry(entry, "withdraw", actor=user, system=True, lapses_at=None)
        _empty(entry)
        entry.ror_id = ""
        entry.listing = Listing.UNLISTED
        entry.source_name = entry.source_name and FORMER
        entry.source_url = ""
        entry.save()
        Offer.objects.filter(stakeholder=entry).delete()
        Project.objects.filter(stakeholder=entry).delete()
        Logo.objects.filter(stakeholder=entry).delete()
        Invitation.objects.filter(stakeholder=entry).delete()
        _forget_screening(KIND, entry.pk)
    if entries:
        index_many(KIND, [entry.pk for entry in entries])
        DirectoryVersion.objects.bump()


def _forget_applications(user: User) -> None:
    for application in Application.objects.filter(applicant=user):
        draft = application.status == ApplicationStatus.DRAFT
        if draft or application.kind == Kind.EXPERT:
            for paper in application.papers.all():
                forget_bytes(paper.file)
                paper.delete()
        if draft:
            application.delete()
        elif application.kind == Kind.EXPERT:
            _empty(application)
            application.no_paper_reason = application.told_apart_why = ""
            application.snapshot = {}
            application.save()
            Receipt.objects.about(application).delete()
            Screened.objects.filter(application=application).delete()
            _forget_screening("stakeholders.application", application.pk)


def _empty(row: Any) -> None:
    """Clear the fields and delete the parts that identify the person; does not save."""
    row.name = FORMER
    for field in TEXTS:
        setattr(row, field, "")
    row.mission_language = None
    for part in PARTS:
        part.objects.of(row).delete()


def _forget_screening(kind: str, pk: int) -> None:
    Match.objects.about(kind.partition(".")[2], pk).delete()


def _close_requests(user: User) -> None:
    for join_request in JoinRequest.objects.open().filter(user=user):
        close_items(join_request)
    Report.objects.filter(reporter=user).update(address="")
    # Conversations go with their sender: so do the mail and notices that told others of them.
    ids = list(Conversation.objects.filter(sender=user).values_list("pk", flat=True))
    for model in (Message, Notice):
        model.objects.filter(subject_kind="stakeholders.conversation", subject_id__in=ids).delete()
    introductions_actions.remove(list(Introduction.objects.filter(asker=user).values_list("pk", flat=True)))


def _forget_addresses(user: User, addresses: set[str]) -> None:
    """Remove the address of the person where others wrote it down."""
    Invitation.objects.filter(address__in=addresses).delete()
    # A wave counts its invitations, so they stay.
    to_them = DeskInvitation.objects.filter(Q(accepted_by=user) | Q(address__in=addresses))
    to_them.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now())
    to_them.update(address="", decline_reason="")
    # Who declined never had the account; the note is their own.
    StateAccount.objects.filter(end_reason=StateEnd.DECLINED, address__in=addresses).update(
        address="", person="", end_note=""
    )
    Report.objects.alias(low=Lower("address")).filter(low__in=addresses).update(address="")


def _end_regional_grants(user: User) -> None:
    """End the grants of a regional focal point; work of places that nobody has then passes to the desk."""
    if user.appointments.exists():
        Grant.objects.filter(pk__in=user.appointments.values("grants")).delete()
        leave_to_desk(actor=None)


def _end_state_account(user: User) -> None:
    """End the State account. The note verbale stays, as the State's own document, without whom it named."""
    theirs = StateAccount.objects.filter(user=user)
    theirs.filter(ended_at=None).update(ended_at=now(), end_reason=StateEnd.LEFT)
    theirs.update(address="", person="")
