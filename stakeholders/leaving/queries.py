"""What keeps a person from deleting their account, and what there is of them here."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Blocker
from accounts.people.models import User
from core.personal_data import DataField, data_field, data_fields
from stakeholders.applications.enums import ANSWERS, ApplicationStatus
from stakeholders.applications.models import Application, Paper
from stakeholders.appointments.models import Appointment
from stakeholders.claims.models import JoinRequest, MailProof
from stakeholders.contact.models import Conversation, Line
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from stakeholders.exports.models import Export
from stakeholders.introductions.models import Introduction
from stakeholders.moderation.models import Report
from stakeholders.recommendations.models import Recommendation
from stakeholders.state_accounts.models import StateAccount
from workflow.changes.models import ChangeRequest
from workflow.moves.models import Decision


def blockers_of(user: User) -> list[Blocker]:
    """Return what keeps the person: entries that they alone administer, applications that the desk judges."""
    return [*_lead_blockers(user), *_application_blockers(user)]


def _lead_blockers(user: User) -> Iterator[Blocker]:
    others = Membership.objects.filter(stakeholder=OuterRef("stakeholder"), user__is_active=True).exclude(
        user=user
    )
    led = Membership.objects.filter(user=user, role=MemberRole.ADMIN).filter(
        Exists(others), ~Exists(others.filter(role=MemberRole.ADMIN))
    )
    for membership in led.select_related("stakeholder").order_by("stakeholder__sort_key", "pk"):
        yield Blocker(
            _t(
                "You are the last administrator of %(name)s, which has other members. Make one of them "
                "administrator first."
            )
            % {"name": membership.stakeholder.name},
            reverse("stakeholders:manage", args=[membership.stakeholder_id]),
            _t("Hand over %(name)s") % {"name": membership.stakeholder.name},
        )


def _application_blockers(user: User) -> Iterator[Blocker]:
    sent = Application.objects.filter(applicant=user, status__in=ApplicationStatus.OPEN)
    for application in sent.exclude(status=ApplicationStatus.DRAFT).order_by("pk"):
        yield Blocker(
            _t("The desk is looking at your application for %(name)s. Withdraw it, or wait for the decision.")
            % {"name": application.name},
            application.get_absolute_url(),
            _t("Open the application for %(name)s") % {"name": application.name},
        )


# --- My data ------------------------------------------------------------------------------------------
def _kind_field(code: str, label: Any) -> DataField:
    return data_field("what", _("What it is"), code, label)


def memberships(user: User) -> Iterator[list[DataField]]:
    for membership in (
        Membership.objects.filter(user=user).select_related("stakeholder").order_by("joined_at", "pk")
    ):
        yield [
            _kind_field("membership", _("Membership")),
            *data_fields(membership, "stakeholder", "role", "joined_at", "is_shown", "position"),
        ]
    for join_request in JoinRequest.objects.filter(user=user):
        yield [
            _kind_field("join_request", _("Request to join")),
            *data_fields(
                join_request, "entry_name", "message", "asked_at", "outcome", "role", "reason", "answered_at"
            ),
        ]
    for proof in MailProof.objects.filter(user=user):
        yield [
            _kind_field("mail_proof", _("Proof by e-mail")),
            *data_fields(proof, "stakeholder", "address", "site", "sent_at", "proved_at", "ended_at"),
        ]


def applications(user: User) -> Iterator[list[DataField]]:
    """Yield the applications as filled in, and the decisions; without the people of an organization."""
    for application in Application.objects.filter(applicant=user).order_by("pk"):
        dates = ("created_at", "submitted_at", "returned_at", "decided_at", "refusal_reason")
        yield [
            _kind_field("application", _("Application")),
            data_field("id", _("number"), application.pk),
            *data_fields(application, "purpose", "status", "kind", *ANSWERS, *dates),
        ]
        for decision in Decision.objects.about(application).order_by("at", "pk"):
            yield [
                _kind_field("decision", _("Decision")),
                data_field("application", _("application"), application.pk),
                data_field("move", _("move"), decision.move, decision.move_label),
                data_field("reason", _("reason"), decision.reason, decision.reason_label),
                *data_fields(decision, "note", "at"),
            ]
    for change in ChangeRequest.objects.filter(proposed_by=user).order_by("pk"):
        yield [
            _kind_field("change", _("Proposed change of a profile")),
            *data_fields(change, "subject_kind", "subject_id", "after", "status", "created_at"),
        ]


def papers(user: User) -> Iterator[tuple[str, Paper]]:
    for paper in Paper.objects.filter(uploaded_by=user).order_by("pk"):
        yield paper.name, paper


def messages(user: User) -> Iterator[list[DataField]]:
    """Yield what the person wrote, without the answers of others."""
    for conversation in (
        Conversation.objects.filter(sender=user).select_related("stakeholder").order_by("began_at")
    ):
        yield [
            _kind_field("conversation", _("Conversation")),
            data_field("id", _("number"), conversation.pk),
            *data_fields(conversation, "stakeholder", "subject", "shows_address", "began_at"),
        ]
    for line in Line.objects.filter(author=user).order_by("at", "pk"):
        yield [
            _kind_field("message", _("Message")),
            data_field("conversation", _("conversation"), line.conversation_id),
            *data_fields(line, "text", "from_stakeholder", "at"),
        ]
    for introduction in Introduction.objects.filter(asker=user).select_related("stakeholder"):
        yield [
            _kind_field("introduction", _("Introduction")),
            data_field("stakeholder", _("organization"), introduction.stakeholder.name_for(user)),
            *data_fields(
                introduction, "background", "purpose", "text", "status", "way", "asked_at", "closed_at"
            ),
        ]
    for report in Report.objects.filter(reporter=user).order_by("at", "pk"):
        yield [
            _kind_field("report", _("Report about a profile")),
            *data_fields(report, "entry_name", "what", "text", "at", "answer", "answered_at"),
        ]


def offices(user: User) -> Iterator[list[DataField]]:
    """Yield what the person was for a region, for a State or at the desk, without notes of the desk."""
    for term in Appointment.objects.filter(user=user):
        yield [
            _kind_field("appointment", _("Appointment")),
            *data_fields(term, "regions", "countries", "starts_on", "ends_on", "ended_at", "end_reason"),
        ]
    for view in Recommendation.objects.filter(by=user):
        yield [
            _kind_field("recommendation", _("Recommendation")),
            data_field("application", _("application"), view.application_id),
            *data_fields(view, "view", "reason", "text", "at", "changed_at"),
        ]
    for account in StateAccount.objects.filter(user=user).select_related("country"):
        yield [
            _kind_field("state_account", _("State account")),
            *data_fields(account, "country", "address", "person", "accepted_at", "ended_at", "end_reason"),
        ]
    for export in Export.objects.filter(asked_by=user):
        yield [
            _kind_field("export", _("Export of the directory")),
            *data_fields(export, "format", "filters", "asked_at", "status", "expires_at"),
        ]
