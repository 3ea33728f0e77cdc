"""Turn grants and courses on and off, suggest them, and decide about suggestions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from coordination.offerings.enums import WORK, OfferingKind, OfferingStatus
from coordination.offerings.models import Offering, OfferingTask
from coordination.offerings.queries import KIND, closed_in_search, gaps, is_on, terms_of
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block
from notifications.follows.actions import drop_deadline, set_deadline, tell
from notifications.follows.models import Deadline
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify_all
from notifications.outbox.models import Message
from search.actions import index, index_many
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import written_for_by
from workflow.held_tasks import actions as held_tasks
from workflow.items.actions import close_items, open_item
from workflow.items.models import WorkItem
from workflow.items.queries import due_of
from workflow.moves.actions import lock, move, refuse_changed, refuse_saved_elsewhere
from workflow.moves.models import Decision

LISTS = ("topics", "countries", "regions")
A_DAY = 24 * 3600
MOST_A_DAY = 20
CLOSING = "closing"


# --- The switch -------------------------------------------------------------------------------------------
def turn_on(*, actor: User) -> None:
    """List grants and courses from now on. It may be called twice."""
    _refuse_unless_curates(actor)
    if not is_on():
        with transaction.atomic():
            held_tasks.take_task(OfferingTask, actor=actor, action="coordination.offerings_on")
            _index_all()


def turn_off(*, actor: User) -> None:
    """List none from now on; suggestions stay with their people."""
    _refuse_unless_curates(actor)
    with transaction.atomic():
        held_tasks.end_task(OfferingTask, actor=actor, action="coordination.offerings_off")
        _index_all()


def _index_all() -> None:
    rows = Offering.objects.filter(status=OfferingStatus.PUBLISHED)
    index_many(KIND, list(rows.order_by("pk").values_list("pk", flat=True)))


def unlist_closed() -> int:
    """Take out of the search what has closed; return how many. Lists leave it out by themselves."""
    closed = closed_in_search()
    index_many(KIND, closed)
    return len(closed)


def _refuse_unless_curates(actor: User) -> None:
    if not actor.has_perm("coordination.curate_offerings"):
        raise PermissionDenied


# --- Suggesting -------------------------------------------------------------------------------------------
def begin(kind: str, *, actor: User, stakeholder: Stakeholder | None = None) -> Offering:
    """Create a draft that only its people see."""
    if not is_on() or not actor.has_perm("coordination.suggest_offering"):
        raise PermissionDenied
    if stakeholder is None:
        if not actor.has_role(Role.REGIONAL, Role.CURATION):
            raise PermissionDenied
    elif not written_for_by(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    spend("coordination.suggest_offering", str(actor.pk), most=MOST_A_DAY, seconds=A_DAY)
    return Offering.objects.create(
        kind=OfferingKind(kind),
        language_id=actor.language,
        zone=actor.time_zone or "Europe/Vienna",
        suggested_by=actor,
        suggested_for=stakeholder,
        is_demo=actor.is_demo,
    )


def save(
    offering: Offering,
    *,
    actor: User,
    version: int,
    fields: Mapping[str, Any],
    lists: Mapping[str, Iterable[str]],
) -> Offering:
    """Save the draft, complete or not. Raises WrongState where another window was first, or it was sent."""
    with transaction.atomic():
        stored = _own_draft(offering, actor, "write")
        refuse_saved_elsewhere(stored, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.version += 1
        stored.updated_at = now()
        stored.save()
        for name, codes in lists.items():
            getattr(stored, name).set(codes)
    return stored


def send(offering: Offering, *, actor: User, version: int | None = None) -> Offering:
    """Send it to the team. Raises DomainError with what is missing."""
    with transaction.atomic():
        stored = _own_draft(offering, actor, "submit", version)
        if not is_on():
            raise WrongState(_("Grants and courses are not listed now, so nothing can be suggested."))
        if missing := gaps(stored):
            raise DomainError(
                _("The suggestion is not complete yet."), fields={gap.field: str(gap.text) for gap in missing}
            )
        move(stored, "submit", actor=actor, submitted_at=now())
        open_item(stored, WORK, waits_for=Role.CURATION)
        notify_all(
            holders_of(Role.CURATION),
            "coordination.offering_arrived",
            key=f"offering:{stored.pk}:arrived:{_count_moves(stored)}",
            url_name="offerings:offering",
            url_args=[stored.pk],
            subject=stored,
            facts={"title": stored.title, "provider": stored.provider, "due": due_of(stored)},
        )
    return stored


def take_back(offering: Offering, *, actor: User) -> Offering:
    with transaction.atomic():
        stored = lock(offering, actor, "coordination.take_back_offering")
        move(stored, "take_back", actor=actor)
        close_items(stored)
    return stored


def discard(offering: Offering, *, actor: User, version: int | None = None) -> None:
    """Delete a draft, with what the team decided on it before."""
    with transaction.atomic():
        remove_rows([_own_draft(offering, actor, "write", version).pk])


def _own_draft(offering: Offering, actor: User, verb: str, version: int | None = None) -> Offering:
    stored = lock(offering, actor, f"coordination.{verb}_offering")
    if not stored.is_written:
        raise WrongState(_("It is with the WhatsOn team now. Take it back, or await the answer."))
    refuse_changed(stored, version)
    return stored


# --- Deciding ---------------------------------------------------------------------------------------------
def decide(
    offering: Offering,
    name: str,
    *,
    actor: User,
    version: int | None = None,
    reason: str = "",
    note: str = "",
) -> Offering:
    """Publish, return, decline or take out; who suggested it is told, and followers of what is published."""
    note = clean_block(note)
    with transaction.atomic():
        stored = lock(offering, actor, f"coordination.{name}_offering")
        refuse_changed(stored, version)
        if name == "publish" and stored.is_over:
            raise WrongState(_("The deadline has passed. Decline it."))
        times: dict[str, Any] = {"published_at": now()} if name == "publish" else {}
        move(stored, name, actor=actor, reason=reason, note=note, **times)
        close_items(stored)
        index(stored)
        _tell_people(stored, name, note)
        if name == "publish":
            tell(
                "coordination.offering_published",
                stored,
                key=f"offering:{stored.pk}",
                terms=terms_of(stored),
                url_name="offerings:offering",
                url_args=[stored.pk],
                facts={"title": stored.title, "provider": stored.provider},
            )
            _keep_deadline(stored)
        else:
            drop_deadline(stored, CLOSING)
    return stored


def _keep_deadline(offering: Offering) -> None:
    """Set the closing as a deadline of which followers are reminded."""
    if offering.closes_at is not None:
        set_deadline(
            "coordination.offering_closing",
            offering,
            CLOSING,
            offering.closes_at,
            terms=terms_of(offering),
            url_name="offerings:offering",
            url_args=[offering.pk],
            facts={"title": offering.title},
        )


def _tell_people(offering: Offering, name: str, note: str) -> None:
    """Tell who suggested it: the person and, of a stakeholder, all who write for it."""
    people = User.objects.filter(pk__in=[offering.suggested_by_id])
    if offering.suggested_for_id:
        people = User.objects.filter(
            memberships__stakeholder=offering.suggested_for_id, memberships__role__in=MemberRole.WRITERS
        )
    notify_all(
        people.filter(is_active=True).order_by("pk"),
        "coordination.offering_answered",
        key=f"offering:{offering.pk}:{name}:{_count_moves(offering)}",
        url_name="offerings:offering",
        url_args=[offering.pk],
        subject=offering,
        facts={"title": offering.title, "decided": name, "note": note},
    )


def _count_moves(offering: Offering) -> int:
    return Decision.objects.about(offering).count()


# --- Retention and erasure --------------------------------------------------------------------------------
def remove_rows(ids: list[int]) -> None:
    """Delete rows with the mail and notices about them, the work, the decisions and the deadline."""
    with transaction.atomic():
        for model in (Message, Notice, WorkItem, Decision, Deadline):
            model.objects.filter(subject_kind=KIND, subject_id__in=ids).delete()
        Offering.objects.filter(pk__in=ids).delete()
        index_many(KIND, ids)


def erase_person(user: User) -> None:
    """Delete the drafts that are the person's alone; all else stays without the name.

    Where the person had turned grants and courses on, they are off, in the search too.
    """
    drafts = Offering.objects.filter(suggested_by=user, suggested_for=None, status="draft")
    remove_rows(list(drafts.values_list("pk", flat=True)))
    if OfferingTask.objects.filter(holder=user).update(holder=None, since=now()):
        _index_all()
