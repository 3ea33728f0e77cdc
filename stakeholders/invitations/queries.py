"""Invitations: who waits for an answer, where each stands, what a wave has come to, what its mail says."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.bulk import any_of
from notifications.bounces.models import Suppression
from notifications.delivery.compose import compose
from notifications.outbox.enums import Status as MailStatus
from notifications.outbox.models import Message
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.imports.enums import ImportPurpose, ImportStatus, TwinReason
from stakeholders.imports.models import Import, ImportRow
from stakeholders.imports.queries import files_for
from stakeholders.invitations.enums import InvitedState as S
from stakeholders.invitations.models import (
    DeskInvitation,
    Invitation,
    TokenInvitation,
    Wave,
    proved_addresses,
)


def open_invitations(stakeholder: Stakeholder, user: Any) -> QuerySet[Invitation]:
    """Return those neither accepted nor withdrawn, the latest first, as far as `user` may see them."""
    return (
        Invitation.objects.visible_to(user)
        .open()
        .filter(stakeholder=stakeholder)
        .select_related("invited_by")
        .order_by("-expires_at", "-pk")
    )


def invitations_to(user: Any) -> QuerySet[Invitation]:
    """Return those that wait at the addresses that the person has proved to hold."""
    waiting = Invitation.objects.good().filter(address__in=proved_addresses(user))
    return waiting.select_related("stakeholder").order_by("expires_at", "pk")


def still_good(model: type[TokenInvitation]) -> Callable[[Any, int | None], bool]:
    """Return a predicate: whether the invitation that an e-mail is about can still be accepted."""
    return lambda _user, pk: pk is not None and model.objects.good().filter(pk=pk).exists()


REMIND_AFTER = timedelta(days=7)
SUBJECT = "stakeholders.deskinvitation"
KIND = "stakeholders.invited_by_desk"


def with_state(rows: QuerySet[DeskInvitation]) -> Any:
    """Return the rows with `mail` and `state`, which follows from mail, dates and application."""
    mails = Message.objects.filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"), kind=KIND)
    taken_back = (ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)
    return rows.annotate(mail=Subquery(mails.order_by("-pk").values("status")[:1])).annotate(
        state=Case(
            When(declined=True, then=Value(S.DECLINED.value)),
            When(withdrawn_at__isnull=False, then=Value(S.WITHDRAWN.value)),
            When(application__status=ApplicationStatus.APPROVED, then=Value(S.APPROVED.value)),
            When(application__status__in=taken_back, then=Value(S.CLOSED.value)),
            When(application__status__in=ApplicationStatus.OPEN, then=Value(S.SENT.value)),
            When(accepted_at__isnull=False, then=Value(S.BEGUN.value)),
            When(mailed_at=None, then=Value(S.WAITING.value)),
            When(mail__in=(MailStatus.FAILED, MailStatus.SUPPRESSED), then=Value(S.BOUNCED.value)),
            When(expires_at__lte=now(), then=Value(S.EXPIRED.value)),
            default=Value(S.INVITED.value),
            output_field=CharField(),
        )
    )


def with_labels(rows: Iterable[Any]) -> list[Any]:
    """Return the rows with `state_label`, the words for their `state`."""
    rows = list(rows)
    for invitation in rows:
        invitation.state_label = S(invitation.state).label
    return rows


def desk_list(user: Any) -> QuerySet[DeskInvitation]:
    rows = with_state(DeskInvitation.objects.visible_to(user)).select_related("country", "wave")
    return rows.order_by("-created_at", "-pk")


def in_wave(wave: Wave) -> QuerySet[DeskInvitation]:
    return with_state(wave.invitations.all()).select_related("country", "application").order_by("pk")


def waves(user: Any) -> QuerySet[Wave]:
    return Wave.objects.visible_to(user).annotate(total=Count("invitations")).order_by("-made_at", "-pk")


@dataclass(frozen=True)
class Share:
    """How many invitations stand at one state, of all."""

    state: str
    label: Any
    number: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.number / self.total) if self.total else 0


@dataclass(frozen=True)
class Progress:
    """How far some invitations are. `written` is handed to the outbox, `mailed` has left it."""

    total: int
    written: int
    mailed: int
    reminded: int
    shares: list[Share]


def progress(rows: QuerySet[DeskInvitation]) -> Progress:
    """Return how many of the invitations are in which state."""
    counted = with_state(rows).aggregate(
        total=Count("pk"),
        written=Count("pk", filter=Q(mailed_at__isnull=False)),
        mailed=Count("pk", filter=Q(mail=MailStatus.SENT)),
        reminded=Count("pk", filter=Q(reminded_at__isnull=False)),
        **{f"at_{state}": Count("pk", filter=Q(state=state)) for state in S.values},
    )
    shares = [Share(state, label, counted.pop(f"at_{state}"), counted["total"]) for state, label in S.choices]
    return Progress(**counted, shares=shares)


def unanswered_invitations(wave: Wave, moment: datetime) -> QuerySet[DeskInvitation]:
    """Return the invitations of which people may be reminded at that time.

    Sent a week before or earlier, never reminded of, and not answered; none that was declined or withdrawn,
    or whose address is held back.
    """
    held = Suppression.objects.in_force().annotate(lowered=Lower("address"))
    rows = with_state(wave.invitations.all())
    return rows.filter(
        ~Exists(held.filter(lowered=OuterRef("address"))),
        state__in=(S.INVITED, S.EXPIRED),
        reminded_at=None,
        mailed_at__lte=moment - REMIND_AFTER,
    ).order_by("pk")


def progress_table(wave: Wave) -> Iterator[list[Any]]:
    """Yield a row for each invitation of the wave, with what became of it."""
    rows: Any = in_wave(wave).select_related(None)
    for invitation in rows.iterator(chunk_size=1000):
        yield [
            invitation.name,
            invitation.get_kind_display(),
            invitation.country_id or "",
            invitation.address,
            invitation.language,
            S(invitation.state).label,
            *(
                at and at.date()
                for at in (invitation.mailed_at, invitation.reminded_at, invitation.accepted_at)
            ),
            invitation.decline_reason,
            invitation.stakeholder_id or "",
        ]


PROGRESS_HEADS = (
    _("name"),
    _("kind"),
    _("country or area"),
    _("e-mail address"),
    _("language of the e-mail"),
    _("status"),
    _("written at"),
    _("reminded at"),
    _("accepted at"),
    _("why it was declined"),
    _("number of the profile"),
)


def facts_of(invitation: DeskInvitation) -> dict[str, Any]:
    """Return the facts that the words of the mail may use."""
    entry, listed = invitation.stakeholder, invitation.is_of_listed_entry
    return {
        "name": entry.name if entry and listed else invitation.name,
        "former": entry is not None and not listed,
        "listed": listed,
    }


class Preview(NamedTuple):
    language: str
    called: str
    people: int
    subject: str
    text: str


def previews(rows: QuerySet[DeskInvitation], *, reminder: bool = False) -> list[Preview]:
    """Return the mail as it goes out in each language, addressed to the first of its invitations."""
    by_language = rows.select_related("stakeholder").order_by("language", "pk").distinct("language")
    first = {invitation.language: invitation for invitation in by_language}
    many = dict(rows.order_by().values_list("language").annotate(Count("pk")))
    return [
        Preview(code, str(called), many[code], *_words(first[code], code, reminder))
        for code, called in settings.LANGUAGES
        if code in first
    ]


def _words(invitation: DeskInvitation, language: str, reminder: bool) -> tuple[str, str]:
    facts = {**facts_of(invitation), "until": expiry().isoformat(), "reminder": reminder}
    mail = compose(
        Message(address=invitation.address, kind=KIND, language=language, facts=facts, url=f"/{language}/…")
    )
    return str(mail.subject), str(mail.body)


def expiry() -> datetime:
    """Return until when a link that is written now is good."""
    return now() + timedelta(days=settings.STAKEHOLDERS_DESK_INVITATION_DAYS)


def desk_invitations_to(user: Any) -> QuerySet[DeskInvitation]:
    """Those that wait at the addresses that the person has proved to hold; also where they deleted their
    draft.
    """
    waiting = Q(accepted_at=None, expires_at__gt=now()) | Q(accepted_at__isnull=False, application=None)
    mine = DeskInvitation.objects.filter(waiting, address__in=proved_addresses(user), withdrawn_at=None)
    return mine.order_by("expires_at", "pk")


def invitation_of(application: int) -> DeskInvitation | None:
    """Return the invitation by which an application came, for those who vet."""
    return DeskInvitation.objects.filter(application_id=application).select_related("wave").first()


# --- A list that the desk sends -----------------------------------------------------------------------
def known_keys(addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Return (address, folded name) of the earlier invitations to these addresses, whatever came of them."""
    invitations = DeskInvitation.objects.filter(address__in=any_of(set(addresses)))
    return set(invitations.values_list("address", "name_key"))


def held_addresses(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses to which no mail may be sent."""
    suppressions = Suppression.objects.in_force().annotate(lowered=Lower("address"))
    return set(suppressions.filter(lowered__in=any_of(set(addresses))).values_list("lowered", flat=True))


def is_taken_over(stakeholder: str) -> Any:
    """Return the condition that the entry in this column is no longer listed, or has a claim under way."""
    begun = (ApplicationStatus.DRAFT, *ApplicationStatus.OPEN)
    entries = Stakeholder.objects.filter(pk=OuterRef(stakeholder)).filter(
        ~Q(status=Status.LISTED)
        | Exists(Application.objects.filter(stakeholder=OuterRef("pk"), status__in=begun))
    )
    return Exists(entries)


def lists(user: Any) -> QuerySet[Import]:
    """Return the lists of members that are not waves yet."""
    return files_for(user, ImportPurpose.MEMBERS).exclude(status=ImportStatus.TAKEN_IN)


def waiting_by_reason(of: Import) -> list[tuple[str, Any, int]]:
    """Return (code, label, number of rows) of the reasons for which rows wait for a decision."""
    counts = dict(of.rows.undecided().order_by().values_list("why").annotate(Count("pk")))
    return [(code, label, counts[code]) for code, label in TwinReason.choices if code in counts]


def with_earlier(rows: Sequence[ImportRow]) -> Sequence[ImportRow]:
    """Return the rows, each with the latest invitation about the entry that it looks like."""
    twins = {row.twin_id for row in rows if row.twin_id}
    latest = with_state(DeskInvitation.objects.filter(stakeholder__in=twins)).order_by("pk")
    by_entry = {invitation.stakeholder_id: invitation for invitation in with_labels(latest)} if twins else {}
    for row in rows:
        row.earlier = by_entry.get(row.twin_id)  # type: ignore[attr-defined]
    return rows
