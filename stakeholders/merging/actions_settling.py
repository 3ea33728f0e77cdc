"""What of a merge would collide, settled before rows move. Each runs in the merge's transaction."""

from django.db.models import Q
from django.utils.timezone import now

from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from stakeholders.claims.models import JoinRequest, MailProof
from stakeholders.contact.models import Conversation
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.family.actions import settle_for_merge
from stakeholders.followers.actions import follow_to_remaining
from stakeholders.imports.models import ImportRow
from stakeholders.introductions.actions import settle_introductions
from stakeholders.invitations.models import Invitation
from stakeholders.logos.actions import settle_logos
from stakeholders.moderation.models import Report
from stakeholders.projects.actions import settle_projects
from stakeholders.registers.models import FurtherSource
from stakeholders.screening.enums import ScreenedKind
from stakeholders.screening.models import Match
from stakeholders.trust.models import SourceTrust
from workflow.changes.models import ChangeRequest
from workflow.items.actions import close_items
from workflow.items.models import WorkItem
from workflow.moves.actions import move

_HEIGHT = {role: place for place, role in enumerate((MemberRole.READER, MemberRole.EDITOR, MemberRole.ADMIN))}


def settle_own(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Settle the rows of this app, in this order, before those of the apps above."""
    settle_for_merge(remaining, gone)
    follow_to_remaining(remaining, gone)
    _settle_members(remaining, gone)
    _settle_invitations(remaining, gone)
    _settle_requests(remaining, gone)
    _settle_changes(remaining, gone)
    _settle_matches(remaining, gone)
    _settle_imports(remaining, gone)
    _settle_registers(remaining, gone)
    _settle_conversations(remaining, gone)
    settle_introductions(remaining, gone)
    _settle_notices(remaining, gone)
    _settle_reports(remaining, gone)
    _settle_sources(remaining, gone)
    settle_logos(remaining, gone)
    settle_projects(remaining, gone)


def _settle_members(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Give people who act for both the higher role and the earlier day of joining."""
    here = {membership.user_id: membership for membership in Membership.objects.filter(stakeholder=remaining)}
    for double in Membership.objects.filter(stakeholder=gone, user__in=here):
        mine = here[double.user_id]
        mine.role = max(mine.role, double.role, key=lambda role: _HEIGHT[MemberRole(role)])
        mine.joined_at = min(mine.joined_at, double.joined_at)
        mine.save(update_fields=["role", "joined_at"])
        double.delete()


def _settle_invitations(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Withdraw open invitations to an address that the entry that stays has invited too."""
    here = Invitation.objects.open().filter(stakeholder=remaining).values("address")
    double = Invitation.objects.open().filter(stakeholder=gone, address__in=here)
    double.update(withdrawn_at=now())


def _settle_requests(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Delete requests of people who ask to join both or belong to one already, and end open codes."""
    belongs = Membership.objects.filter(stakeholder__in=(remaining, gone)).values("user")
    asks = JoinRequest.objects.filter(stakeholder=remaining, answered_at=None).values("user")
    open_ones = JoinRequest.objects.filter(stakeholder=gone, answered_at=None)
    for double in open_ones.filter(Q(user__in=belongs) | Q(user__in=asks)):
        close_items(double)
        double.delete()
    MailProof.objects.filter(stakeholder=gone, proved_at=None, ended_at=None).update(ended_at=now())


def _settle_changes(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Withdraw the changes of the entry that goes: they were proposed against values that end here."""
    for change in ChangeRequest.objects.about(gone).open():
        move(change, "withdraw", actor=None, system=True)
        close_items(change)
    open_work = WorkItem.objects.about(remaining).open().values("what")
    waiting = WorkItem.objects.about(gone).open()
    waiting.filter(what__in=open_work).update(closed_at=now())
    waiting.update(subject_id=remaining.pk, label=str(remaining)[:250])


def _settle_matches(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Move matches with the names. Of a pair that both have, the one that is not cleared stays."""
    of_remaining = Match.objects.about(ScreenedKind.STAKEHOLDER, remaining.pk)
    of_gone = Match.objects.about(ScreenedKind.STAKEHOLDER, gone.pk)
    here = {(match.name_digest, match.listed_digest): match for match in of_remaining}
    for match in of_gone:
        double = here.get((match.name_digest, match.listed_digest))
        if double is not None:
            (match if double.is_open else double).delete()
            if double.is_open:
                continue
        match.subject_id = remaining.pk
        match.save(update_fields=["subject_id"])


def _settle_imports(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Keep an import from undoing in the entry that stays what it did to the one that goes."""
    ImportRow.objects.filter(stakeholder=gone).update(left=True)


def _settle_registers(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Delete sources that the entry that stays names already."""
    here = FurtherSource.objects.filter(stakeholder=remaining).values("url")
    double = Q(url__in=here) | Q(url=remaining.source_url)
    FurtherSource.objects.filter(double, stakeholder=gone).delete()


def _settle_conversations(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Let the same message of one person to both stay two messages."""
    for sender, fingerprint in Conversation.objects.filter(stakeholder=remaining).values_list(
        "sender_id", "fingerprint"
    ):
        Conversation.objects.filter(stakeholder=gone, sender=sender, fingerprint=fingerprint).update(
            fingerprint=""
        )


def _settle_notices(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Let what waits to be read or sent lead to the entry that stays."""
    about = {"subject_kind": gone._meta.label_lower, "subject_id": gone.pk}
    for model in (Notice, Message):
        rows = model.objects.filter(**about)
        rows.filter(url_args=[gone.pk]).update(url_args=[remaining.pk])
        rows.update(subject_id=remaining.pk)


def _settle_reports(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Move the reports about the one that goes to the one that stays."""
    Report.objects.about(gone).update(subject_id=remaining.pk)


def _settle_sources(remaining: Stakeholder, gone: Stakeholder) -> None:
    """End the higher of two words about trust."""
    rows = SourceTrust.objects.standing()
    ours, theirs = rows.filter(stakeholder=remaining).first(), rows.filter(stakeholder=gone).first()
    if ours and theirs:
        higher = ours if ours.level > theirs.level else theirs
        SourceTrust.objects.filter(pk=higher.pk).update(ended_at=higher.given_at)
