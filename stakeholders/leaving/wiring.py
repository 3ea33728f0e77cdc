"""A person's part in stakeholders: as data, when they leave, and for how long what is kept."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hooks import (
    Retained,
    Section,
    blockers_elsewhere,
    declare_erased,
    declare_kept,
    erasers,
    hold_elsewhere,
    retained,
    sections,
)
from stakeholders.claims.models import JoinRequest, MailProof
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import Conversation
from stakeholders.introductions import actions as introductions_actions
from stakeholders.introductions.models import Introduction
from stakeholders.invitations.models import Invitation
from stakeholders.leaving import actions, queries
from stakeholders.moderation.models import Report

# --- My data ------------------------------------------------------------------------------------------
sections.register(
    "memberships",
    Section(
        _("Your organizations"),
        _("Memberships, requests to join, and addresses that you proved to be yours."),
        queries.memberships,
    ),
)
sections.register(
    "applications",
    Section(
        _("Applications and changes"),
        _("Your answers, your documents, the decisions, and changes that you proposed."),
        queries.applications,
        queries.papers,
    ),
)
sections.register(
    "messages",
    Section(
        _("Messages and reports"),
        _("What you wrote through the portal. The answers of others belong to them."),
        queries.messages,
    ),
)
sections.register(
    "offices",
    Section(
        _("Work for a region, a State or the WhatsOn team"),
        _("Appointments, recommendations, the account for a State, exports that you asked for."),
        queries.offices,
    ),
)

# --- When a person leaves -----------------------------------------------------------------------------
blockers_elsewhere.fill(queries.blockers_of)
hold_elsewhere.fill(actions.hold)
erasers.register("stakeholders", actions.erase)

S = "stakeholders"
declare_erased(_("Memberships"), f"{S}.membership.user")
declare_erased(_("Requests to join and proofs by e-mail"), f"{S}.joinrequest.user", f"{S}.mailproof.user")
declare_erased(_("Conversations that you began, with the answers"), f"{S}.conversation.sender")
declare_erased(_("Introductions that you asked for"), f"{S}.introduction.asker")
declare_erased(_("That a stakeholder wants no e-mail from you"), f"{S}.block.user")
declare_erased(_("Appointments as a regional focal point"), f"{S}.appointment.user")
declare_erased(_("Exports of the directory"), f"{S}.export.asked_by")
declare_erased(_("Dossiers of a stakeholder that you asked for"), f"{S}.dossier.asked_by")
declare_kept(_("Applications and their documents"), f"{S}.application.applicant", f"{S}.paper.uploaded_by")
declare_kept(_("Messages that you wrote for a stakeholder"), f"{S}.line.author", f"{S}.block.by")
declare_kept(_("Reports that you sent"), f"{S}.report.reporter")
declare_kept(_("Recommendations that you gave"), f"{S}.recommendation.by")
declare_kept(_("That a State named you, without your name"), f"{S}.stateaccount.user")
declare_kept(
    _("Invitations that you sent or accepted"),
    f"{S}.invitation.invited_by",
    f"{S}.deskinvitation.invited_by",
    f"{S}.deskinvitation.accepted_by",
    f"{S}.stateaccount.invited_by",
    f"{S}.wave.made_by",
)
declare_kept(
    _("Work done at the desk"),
    f"{S}.appointment.appointed_by",
    f"{S}.appointment.ended_by",
    f"{S}.candidate.decided_by",
    f"{S}.checklistanswer.by",
    f"{S}.flag.raised_by",
    f"{S}.flag.withdrawn_by",
    f"{S}.handover.person",
    f"{S}.handover.by",
    f"{S}.import.asked_by",
    f"{S}.introductiontask.holder",
    f"{S}.joinrequest.answered_by",
    f"{S}.match.cleared_by",
    f"{S}.proposedlist.decided_by",
    f"{S}.proposedlist.sent_by",
    f"{S}.reconsideration.decided_by",
    f"{S}.report.answered_by",
    f"{S}.screeninglist.loaded_by",
    f"{S}.stateaccount.ended_by",
    f"{S}.trusteddomain.added_by",
    f"{S}.trusteddomain.ended_by",
)


# --- For how long -------------------------------------------------------------------------------------
def _old_conversations(before: datetime) -> QuerySet[Any]:
    """Return the conversations without a word since then, about which no report waits."""
    waiting = Report.objects.open().filter(conversation=OuterRef("pk"))
    return Conversation.objects.filter(~Exists(waiting), last_at__lt=before)


def _old_introductions(before: datetime) -> QuerySet[Any]:
    return Introduction.objects.filter(closed_at__lt=before)


def _old_invitations(before: datetime) -> QuerySet[Any]:
    ended = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before)
    return Invitation.objects.filter(ended | Q(accepted_at=None, withdrawn_at=None, expires_at__lt=before))


def _old_codes(before: datetime) -> QuerySet[Any]:
    return MailProof.objects.filter(Q(ended_at__lt=before) | Q(proved_at=None, expires_at__lt=before))


def _old_join_requests(before: datetime) -> QuerySet[Any]:
    return JoinRequest.objects.filter(answered_at__lt=before)


for _name, _label, _about, _days, _least, _most, _reason, _rows, _remove in (
    (
        "stakeholders.conversation",
        _("Conversations through the portal"),
        _("Days after the last message, with all e-mail about it. Reported ones are kept until the answer."),
        365,
        30,
        1825,
        "A year to look back; set by the portal's makers, 2026-11.",
        _old_conversations,
        contact_actions.remove,
    ),
    (
        "stakeholders.introduction",
        _("Introductions to organizations"),
        _("Days after an introduction was answered or closed, with all e-mail about it."),
        365,
        30,
        1825,
        "As conversations with stakeholders; set by the portal's makers, 2026-12.",
        _old_introductions,
        introductions_actions.remove,
    ),
    (
        "stakeholders.invitation",
        _("Invitations of members that are over"),
        _("Days after an invitation was accepted or withdrawn, or has run out."),
        365,
        30,
        1825,
        "The address may be a stranger's; set by the portal's makers, 2026-11.",
        _old_invitations,
        None,
    ),
    (
        "stakeholders.mail_proof",
        _("Codes by e-mail that proved nothing"),
        _("Days after a code has run out or its proof has ended."),
        30,
        1,
        365,
        "Nobody needs them any more; set by the portal's makers, 2026-11.",
        _old_codes,
        None,
    ),
    (
        "stakeholders.join_request",
        _("Requests to join that were answered"),
        _("Days after the answer."),
        730,
        90,
        3650,
        "To answer questions about a refusal; set by the portal's makers, 2026-11.",
        _old_join_requests,
        None,
    ),
):
    retained.register(
        _name,
        Retained(
            label=_label,
            about=_about,
            days=_days,
            least=_least,
            most=_most,
            reason=_reason,
            rows=_rows,
            remove=_remove,
        ),
    )

# --- Trust in sources: what becomes of it when an account ends, and when two stakeholders become one -

declare_erased(_("Whether the WhatsOn team trusts you as a source"), "stakeholders.sourcetrust.person")
declare_kept(
    _("Your decisions about sources, for the desk"),
    "stakeholders.sourcetrust.given_by",
    "stakeholders.sourcetrust.ended_by",
)
