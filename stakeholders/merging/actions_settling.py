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
from stakeholders.followers.actions import follow_to_kept
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


def settle_own(kept: Stakeholder, gone: Stakeholder) -> None:
    """All of this app, in this order; what apps above keep follows."""
    settle_for_merge(kept, gone)
    follow_to_kept(kept, gone)
    _settle_members(kept, gone)
    _settle_invitations(kept, gone)
    _settle_requests(kept, gone)
    _settle_changes(kept, gone)
    _settle_matches(kept, gone)
    _settle_imports(kept, gone)
    _settle_registers(kept, gone)
    _settle_conversations(kept, gone)
    settle_introductions(kept, gone)
    _settle_notices(kept, gone)
    _settle_reports(kept, gone)
    _settle_sources(kept, gone)
    settle_logos(kept, gone)
    settle_projects(kept, gone)


def _settle_members(kept: Stakeholder, gone: Stakeholder) -> None:
    """Who acts for both keeps the higher role, and the earlier day of joining."""
    here = {one.user_id: one for one in Membership.objects.filter(stakeholder=kept)}
    for double in Membership.objects.filter(stakeholder=gone, user__in=here):
        mine = here[double.user_id]
        mine.role = max(mine.role, double.role, key=lambda role: _HEIGHT[MemberRole(role)])
        mine.joined_at = min(mine.joined_at, double.joined_at)
        mine.save(update_fields=["role", "joined_at"])
        double.delete()


def _settle_invitations(kept: Stakeholder, gone: Stakeholder) -> None:
    """Of two open invitations to one address that of the entry that stays remains."""
    here = Invitation.objects.open().filter(stakeholder=kept).values("address")
    double = Invitation.objects.open().filter(stakeholder=gone, address__in=here)
    double.update(withdrawn_at=now())


def _settle_requests(kept: Stakeholder, gone: Stakeholder) -> None:
    """Who asks to join both, or belongs to one already, asks once or not at all; open codes run out."""
    belongs = Membership.objects.filter(stakeholder__in=(kept, gone)).values("user")
    asks = JoinRequest.objects.filter(stakeholder=kept, answered_at=None).values("user")
    open_ones = JoinRequest.objects.filter(stakeholder=gone, answered_at=None)
    for double in open_ones.filter(Q(user__in=belongs) | Q(user__in=asks)):
        close_items(double)
        double.delete()
    MailProof.objects.filter(stakeholder=gone, proved_at=None, ended_at=None).update(ended_at=now())


def _settle_changes(kept: Stakeholder, gone: Stakeholder) -> None:
    """What waits about the entry that goes is withdrawn: it was proposed against values that end here."""
    for change in ChangeRequest.objects.about(gone).open():
        move(change, "withdraw", actor=None, system=True)
        close_items(change)
    there = WorkItem.objects.about(kept).open().values("what")
    waiting = WorkItem.objects.about(gone).open()
    waiting.filter(what__in=there).update(closed_at=now())
    waiting.update(subject_id=kept.pk, label=str(kept)[:250])


def _settle_matches(kept: Stakeholder, gone: Stakeholder) -> None:
    """Hits and clearances go with the names. Of a pair that both have the one that is not cleared stays."""
    of_kept = Match.objects.about(ScreenedKind.STAKEHOLDER, kept.pk)
    of_gone = Match.objects.about(ScreenedKind.STAKEHOLDER, gone.pk)
    here = {(one.name_digest, one.listed_digest): one for one in of_kept}
    for one in of_gone:
        double = here.get((one.name_digest, one.listed_digest))
        if double is not None:
            (one if double.is_open else double).delete()
            if double.is_open:
                continue
        one.subject_id = kept.pk
        one.save(update_fields=["subject_id"])


def _settle_imports(kept: Stakeholder, gone: Stakeholder) -> None:
    """What an import did to the entry that goes is not undone in the one that stays."""
    ImportRow.objects.filter(stakeholder=gone).update(left=True)


def _settle_registers(kept: Stakeholder, gone: Stakeholder) -> None:
    """A source that both name is named once."""
    here = FurtherSource.objects.filter(stakeholder=kept).values("url")
    double = Q(url__in=here) | Q(url=kept.source_url)
    FurtherSource.objects.filter(double, stakeholder=gone).delete()


def _settle_conversations(kept: Stakeholder, gone: Stakeholder) -> None:
    """The same words of one person to both were two messages and stay so."""
    for sender, fingerprint in Conversation.objects.filter(stakeholder=kept).values_list(
        "sender_id", "fingerprint"
    ):
        Conversation.objects.filter(stakeholder=gone, sender=sender, fingerprint=fingerprint).update(
            fingerprint=""
        )


def _settle_notices(kept: Stakeholder, gone: Stakeholder) -> None:
    """What waits to be read or sent leads to the entry that stays."""
    about = {"subject_kind": gone._meta.label_lower, "subject_id": gone.pk}
    for model in (Notice, Message):
        rows = model.objects.filter(**about)
        rows.filter(url_args=[gone.pk]).update(url_args=[kept.pk])
        rows.update(subject_id=kept.pk)


def _settle_reports(kept: Stakeholder, gone: Stakeholder) -> None:
    """Reports about the one that goes are about the one that stays."""
    Report.objects.about(gone).update(subject_id=kept.pk)


def _settle_sources(kept: Stakeholder, gone: Stakeholder) -> None:
    """Of two words about trust the lower one stays."""
    rows = SourceTrust.objects.standing()
    ours, theirs = rows.filter(stakeholder=kept).first(), rows.filter(stakeholder=gone).first()
    if ours and theirs:
        higher = ours if ours.level > theirs.level else theirs
        SourceTrust.objects.filter(pk=higher.pk).update(ended_at=higher.given_at)
