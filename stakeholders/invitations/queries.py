"""Invitations: who waits for an answer, where each stands, what a wave has come to, what its mail says."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.timezone import now

from core.text import fold
from notifications.delivery.compose import compose
from notifications.outbox.enums import Status as MailStatus
from notifications.outbox.models import Message
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.entries.models import Stakeholder
from stakeholders.invitations.address_lists import Listed
from stakeholders.invitations.enums import InvitedState as S
from stakeholders.invitations.models import DeskInvitation, Invitation, TokenInvitation, Wave
from taxonomy.places.models import Country
from taxonomy.places.queries import codes_placed


def open_invitations(stakeholder: Stakeholder, user: Any) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn, the latest first; nothing for whoever may not invite, but the desk."""
    return (
        Invitation.objects.visible_to(user)
        .open()
        .filter(stakeholder=stakeholder)
        .select_related("invited_by")
        .order_by("-expires_at", "-pk")
    )


def invitations_to(addresses: list[str]) -> list[Invitation]:
    """Those that wait for whoever has proved to hold these addresses."""
    waiting = Invitation.objects.good().filter(address__in=addresses)
    return list(waiting.select_related("stakeholder").order_by("expires_at", "pk"))


def still_good(model: type[TokenInvitation]) -> Callable[[Any, int | None], bool]:
    """Whether a mail about one of these invitations still has something to say."""
    return lambda _user, pk: pk is not None and model.objects.good().filter(pk=pk).exists()


SUBJECT = "stakeholders.deskinvitation"
KIND = "stakeholders.invited_by_desk"


def with_state(rows: QuerySet[DeskInvitation]) -> Any:
    """The rows with `mail` and `state`, told from mail, dates and application in the same statement."""
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
    """With the words for `state`."""
    rows = list(rows)
    for one in rows:
        one.state_label = S(one.state).label
    return rows


def desk_list(user: Any) -> QuerySet[DeskInvitation]:
    rows = with_state(DeskInvitation.objects.visible_to(user)).select_related("country", "wave")
    return rows.order_by("-created_at", "-pk")


def in_wave(wave: Wave) -> QuerySet[DeskInvitation]:
    return with_state(wave.invitations.all()).select_related("country", "application").order_by("pk")


def waves(user: Any) -> QuerySet[Wave]:
    return Wave.objects.visible_to(user).annotate(total=Count("invitations")).order_by("-made_at", "-pk")


class Progress(NamedTuple):
    """How many of a wave; each later step is a part of the earlier ones, `failed` of those written."""

    total: int
    written: int
    mailed: int
    failed: int
    begun: int
    sent: int
    approved: int
    withdrawn: int
    declined: int


def progress(wave: Wave) -> Progress:
    """One statement. `written` is handed to the outbox, `mailed` has left it."""
    held = Q(withdrawn_at=None)
    counted = with_state(wave.invitations.all()).aggregate(
        total=Count("pk"),
        written=Count("pk", filter=Q(mailed_at__isnull=False)),
        mailed=Count("pk", filter=Q(mail=MailStatus.SENT)),
        failed=Count("pk", filter=Q(state=S.BOUNCED)),
        begun=Count("pk", filter=held & Q(accepted_at__isnull=False)),
        sent=Count("pk", filter=Q(state__in=(S.SENT, S.APPROVED, S.CLOSED))),
        approved=Count("pk", filter=Q(state=S.APPROVED)),
        withdrawn=Count("pk", filter=Q(state=S.WITHDRAWN)),
        declined=Count("pk", filter=Q(state=S.DECLINED)),
    )
    return Progress(**counted)


def facts_of(invitation: DeskInvitation) -> dict[str, Any]:
    """What the words of the mail may use."""
    return {"name": invitation.name, "former": invitation.stakeholder_id is not None}


class Preview(NamedTuple):
    language: str
    called: str
    people: int
    subject: str
    text: str


def previews(wave: Wave) -> list[Preview]:
    """The mail of a wave once in each language in which it goes out, with the first of its names."""
    first: dict[str, DeskInvitation] = {}
    many: dict[str, int] = {}
    for one in wave.invitations.filter(withdrawn_at=None).order_by("pk"):
        first.setdefault(one.language, one)
        many[one.language] = many.get(one.language, 0) + 1
    return [
        Preview(code, str(called), many[code], *_words(first[code], code))
        for code, called in settings.LANGUAGES
        if code in first
    ]


def _words(invitation: DeskInvitation, language: str) -> tuple[str, str]:
    until = invitation.expires_at or expiry()
    facts = {**facts_of(invitation), "until": until.isoformat()}
    mail = compose(
        Message(address=invitation.address, kind=KIND, language=language, facts=facts, url=f"/{language}/…")
    )
    return str(mail.subject), str(mail.body)


def expiry() -> datetime:
    """Until when a link that is written now is good."""
    return now() + timedelta(days=settings.STAKEHOLDERS_DESK_INVITATION_DAYS)


def desk_invitations_to(addresses: list[str]) -> list[DeskInvitation]:
    """Those that wait for whoever has proved to hold these addresses; also where they deleted their draft."""
    waiting = Q(accepted_at=None, expires_at__gt=now()) | Q(accepted_at__isnull=False, application=None)
    mine = DeskInvitation.objects.filter(waiting, address__in=addresses, withdrawn_at=None)
    return list(mine.order_by("expires_at", "pk"))


def invitation_of(application: int) -> DeskInvitation | None:
    """By which an application came, for those who vet."""
    return DeskInvitation.objects.filter(application_id=application).select_related("wave").first()


# --- A list that the desk uploads ---------------------------------------------------------------------
def country_words() -> dict[str, str]:
    """What may stand for a country in a list, folded → ISO alpha-3: its codes, its name in English."""
    names = {fold(name): iso3 for iso3, name in Country.objects.values_list("pk", "name_en")}
    return names | {fold(code): iso3 for code, iso3 in codes_placed().items()}


def known_keys(rows: Iterable[Listed]) -> set[tuple[str, str]]:
    """(address, name) of those that were invited before, whatever came of it. One statement."""
    addresses = {row.email for row in rows}
    found = DeskInvitation.objects.filter(address__in=addresses)
    return set(found.values_list("address", "name_key"))


def namesakes(rows: Iterable[Listed]) -> Mapping[str, list[Stakeholder]]:
    """Stakeholders with exactly the name of a row, by folded name: for the desk to look at. One statement."""
    keys = {fold(row.name) for row in rows}
    found: dict[str, list[Stakeholder]] = {}
    for one in Stakeholder.objects.filter(name_key__in=keys).only("name", "name_key", "slug", "status"):
        found.setdefault(one.name_key, []).append(one)
    return found
