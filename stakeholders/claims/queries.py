"""Whom an entry may belong to: next steps for who finds it, claims of listed entries, requests to join."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from stakeholders.applications.enums import ApplicationStatus, Purpose
from stakeholders.applications.models import Application, Paper
from stakeholders.applications.queries import Match, likely_matches
from stakeholders.claims.enums import NextStep
from stakeholders.claims.models import Handover, JoinRequest, MailProof
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Described, Membership, Stakeholder
from stakeholders.entries.own_domain import site_host
from stakeholders.entries.rules import memberships_of

CLAIM_LABEL = _("Proof that the profile is yours")
CLAIM_GAP = _("Please prove that the profile is yours: by e-mail at its own domain, or by a document.")


# --- Next steps for who finds an entry that may be theirs ------------------------------------------
@dataclass(frozen=True)
class Twin:
    """A likely twin that the person may see, and what they can do about it."""

    match: Match
    step: NextStep
    request: int | None = None


def twins(user: Any, application: Application) -> list[Twin]:
    """Return likely twins of an application, among entries that the person may see and has not set apart.

    Entries that are hidden from the person leave no trace here; only those who vet see them.
    """
    visible = Stakeholder.objects.visible_to(user)
    if application.stakeholder_id:
        visible = visible.exclude(pk=application.stakeholder_id)
    if application.told_apart:
        visible = visible.exclude(pk__in=application.told_apart)
    matches = likely_matches(application, visible)
    steps = next_steps(user, [match.stakeholder for match in matches])
    return [Twin(match, *steps[match.stakeholder.pk]) for match in matches]


def next_step(user: Any, stakeholder: Stakeholder) -> tuple[NextStep, int | None]:
    """Return the person's next step for an entry, and the number of the open request."""
    return next_steps(user, [stakeholder])[stakeholder.pk]


def next_steps(user: Any, stakeholders: Collection[Stakeholder]) -> dict[int, tuple[NextStep, int | None]]:
    """Return the same for many, by id."""
    ids = [stakeholder.pk for stakeholder in stakeholders]
    own: set[int] = set()
    open_requests: dict[int, int] = {}
    if user.is_authenticated and user.has_role(Role.STATE):  # members' rights are not for States
        return dict.fromkeys(ids, (NextStep.NONE, None))
    if ids and user.is_authenticated:
        own = {pk for pk, _role, _status in memberships_of(user)}
        waiting = JoinRequest.objects.open().filter(user=user, stakeholder__in=ids)
        open_requests = dict(waiting.values_list("stakeholder_id", "pk"))
    return {stakeholder.pk: _step(stakeholder, own, open_requests) for stakeholder in stakeholders}


def _step(
    stakeholder: Stakeholder, own: set[int], open_requests: dict[int, int]
) -> tuple[NextStep, int | None]:
    if stakeholder.pk in own:
        return NextStep.MEMBER, None
    if stakeholder.pk in open_requests:
        return NextStep.SEE_REQUEST, open_requests[stakeholder.pk]
    if stakeholder.status == Status.LISTED:
        return NextStep.CLAIM, None
    if stakeholder.status in Status.TAKING_PART and not stakeholder.is_expert:
        return NextStep.JOIN, None
    return NextStep.NONE, None


# --- Claims ----------------------------------------------------------------------------------------
def lacks_proof(application: Application) -> bool:
    """Return whether a claim comes with neither mail at the body's own domain nor a paper.

    Whom the desk invited to this very entry, and who accepted, has proved enough.
    """
    return not (
        application.papers.exists()
        or proof_of(application) is not None
        or application.desk_invitations.filter(
            stakeholder=application.stakeholder_id, accepted_by=application.applicant_id
        ).exists()
    )


def proof_of(application: Application) -> MailProof | None:
    """Return the newest proof by e-mail that the applicant belongs to the claimed entry."""
    return (
        MailProof.objects.holding()
        .filter(stakeholder=application.stakeholder_id, user=application.applicant_id)
        .order_by("-proved_at")
        .first()
    )


def open_proof(user: Any, stakeholder: int) -> MailProof | None:
    """Return the latest code that was not entered yet; it may have expired."""
    return MailProof.objects.open().filter(user=user, stakeholder=stakeholder).first()


def may_prove_by_mail(stakeholder: Stakeholder) -> str:
    """Return the host whose e-mail addresses prove the claim, or "" where only a paper does."""
    return site_host(stakeholder.website)


def claim_draft(user: Any, stakeholder: Stakeholder) -> Application | None:
    """Return the person's open claim of this entry, as a draft or sent."""
    open_states = (ApplicationStatus.DRAFT, *ApplicationStatus.OPEN)
    return Application.objects.filter(
        applicant=user, purpose=Purpose.CLAIM, stakeholder=stakeholder, status__in=open_states
    ).first()


def other_claims(application: Application) -> QuerySet[Application]:
    """Return the undecided claims of the same entry by others, drafts too; the earliest first."""
    open_states = (ApplicationStatus.DRAFT, *ApplicationStatus.OPEN)
    return (
        Application.objects.filter(
            purpose=Purpose.CLAIM, stakeholder=application.stakeholder_id, status__in=open_states
        )
        .exclude(pk=application.pk)
        .select_related("applicant")
        .order_by("submitted_at", "pk")
    )


@dataclass(frozen=True)
class Claim:
    """What the desk sees of a claim beside the answers."""

    entry: Stakeholder
    still_listed: bool
    proof: MailProof | None
    papers: list[Paper]
    # Label, what the entry says, what the claim says; only where they differ.
    differences: list[tuple[str | Promise, str, str]]
    others: list[Application]


def claim_of(application: Application) -> Claim | None:
    """Return the facts of a claim; None for other applications."""
    entry = application.stakeholder
    if application.purpose != Purpose.CLAIM or entry is None:
        return None
    return Claim(
        entry,
        entry.status == Status.LISTED,
        proof_of(application),
        list(application.papers.all()) if application.is_expert else [],
        _differences(entry, application),
        list(other_claims(application).exclude(status=ApplicationStatus.DRAFT)),
    )


def _differences(entry: Described, described: Described) -> list[tuple[str | Promise, str, str]]:
    rows = []
    for field in ("name", "name_latin", "acronym", "country", "city", "website"):
        was, now = str(getattr(entry, field) or ""), str(getattr(described, field) or "")
        if was != now:
            rows.append((Stakeholder._meta.get_field(field).verbose_name, was, now))  # type: ignore[union-attr]
    return rows


def entries_told_apart(application: Application) -> list[Stakeholder]:
    """Return the entries that are other organizations according to the applicant; for the desk."""
    if not application.told_apart:
        return []
    return list(Stakeholder.objects.filter(pk__in=application.told_apart).order_by("sort_key", "pk"))


def claim_ended(user: Any, application: Application) -> tuple[bool, Stakeholder | None]:
    """Return if the entry of an undecided claim has gone to another, and the entry if it can be joined."""
    entry = application.stakeholder
    undecided = application.is_draft or application.is_open
    if (
        application.purpose != Purpose.CLAIM
        or entry is None
        or not undecided
        or entry.status == Status.LISTED
    ):
        return False, None
    joinable = Stakeholder.objects.visible_to(user).filter(pk=entry.pk, status__in=Status.TAKING_PART).first()
    return True, None if joinable is None or joinable.is_expert else joinable


# --- Requests to join ------------------------------------------------------------------------------
def requests_to(stakeholder: Stakeholder, user: Any) -> QuerySet[JoinRequest]:
    """Open requests to one organization, the earliest first, as far as the person may see them."""
    return (
        JoinRequest.objects.visible_to(user)
        .open()
        .filter(stakeholder=stakeholder)
        .exclude(user=user)
        .select_related("user")
        .order_by("asked_at", "pk")
    )


def requests_with_desk(user: Any) -> QuerySet[JoinRequest]:
    """Open requests that wait for the desk, the earliest first."""
    return (
        JoinRequest.objects.visible_to(user)
        .open()
        .filter(with_desk_since__isnull=False)
        .select_related("user", "stakeholder__country")
        .order_by("with_desk_since", "pk")
    )


def waiting_without_admin() -> QuerySet[JoinRequest]:
    """Open requests that the desk does not have yet though nobody of the organization could answer them."""
    leads = Membership.objects.filter(
        stakeholder=OuterRef("stakeholder"), role=MemberRole.ADMIN, user__is_active=True
    )
    return JoinRequest.objects.open().filter(~Exists(leads), with_desk_since=None)


def handovers_of(stakeholder: Stakeholder, user: Any) -> QuerySet[Handover]:
    return Handover.objects.visible_to(user).filter(stakeholder=stakeholder).select_related("person", "by")


def has_administrator(stakeholder: Stakeholder) -> bool:
    """Return whether the entry has an administrator with an open account."""
    return Membership.objects.filter(
        stakeholder=stakeholder, role=MemberRole.ADMIN, user__is_active=True
    ).exists()
