"""Making a new version of the programme public: what changed, who is told of it, and nobody else."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_line
from events.board.actions import programme_of
from events.events.enums import EventStatus
from events.events.models import Event
from events.programme.enums import ChangeKind
from events.programme.models import (
    OfficialItem,
    Placement,
    Programme,
    Release,
    ReleaseChange,
    Room,
    Shown,
    Star,
)
from events.proposals.actions_speakers import speakers_to_tell, tell_speakers
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from notifications.outbox.actions import Telling, notify_each
from search.actions import index_many
from stakeholders.entries.models import Membership

TOLD = "events.meeting_scheduled"


class Change(NamedTuple):
    """One line of the list of changes; `proposal` None is an official item."""

    kind: ChangeKind
    proposal: Proposal | None
    title: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def kind_said(self) -> str:
        return str(self.kind.label)


class Ahead(NamedTuple):
    """What a release would do now."""

    changes: list[Change]
    told: int

    @property
    def meetings(self) -> int:
        return sum(one.proposal is not None for one in self.changes)


def ahead_of(event: Event) -> Ahead:
    """What the next release would change, and how many people it would tell."""
    programme = Programme.objects.filter(event=event).first() or Programme(event=event)
    changes = _changes(event, programme)
    people = {user.pk for users in _people(changes).values() for user in users}
    return Ahead(changes, len(people) + speakers_to_tell(list(_of_speakers(changes))).count())


def release(event: Event, *, actor: User, seen: int, note: str = "") -> Release:
    """Make the board public as the next version and tell those whose meetings changed.

    `seen`: the version that was public when the person looked; WrongState where there is another by now.
    """
    with transaction.atomic():
        programme = programme_of(event, actor)
        if not actor.has_perm("events.release_programme", event):
            raise PermissionDenied
        if event.status not in EventStatus.SHOWN:
            raise WrongState(_("Publish the event first; its programme is shown on its page."))
        if programme.released != seen:
            raise WrongState(_("Another person has released a version in the meantime. Check it first."))
        changes = _changes(event, programme)
        if not changes:
            raise DomainError(_("Nothing has changed since the last version."))
        at = now()
        version = Release.objects.create(
            programme=programme, number=programme.released + 1, by=actor, at=at, note=clean_line(note)
        )
        is_late = programme.is_locked and programme.released > 0
        ReleaseChange.objects.bulk_create(
            ReleaseChange(
                release=version,
                proposal=one.proposal,
                title=one.title,
                kind=one.kind,
                before=one.before,
                after=one.after,
                is_late=is_late,
            )
            for one in changes
        )
        _show(changes, at, is_late=is_late)
        programme.released, programme.released_at = version.number, at
        programme.official = _official(event)
        programme.save(update_fields=["released", "released_at", "official"])
        record(event, "events.event.release_programme", actor=actor, number=version.number)
        _tell(event, version, changes)
        index_meetings(event)
    return version


def index_meetings(event: Event) -> None:
    """Bring the meetings in line with what everybody sees of the event now."""
    numbered = Proposal.objects.filter(event=event, number__isnull=False)
    index_many("events.proposal", sorted(numbered.values_list("pk", flat=True)))


def _changes(event: Event, programme: Programme) -> list[Change]:
    rooms = {one.pk: one for one in Room.objects.filter(event=event)}
    # One that is hidden waits where it is; one that was taken down is no line of any version.
    meetings = Proposal.objects.filter(event=event, status__in=ProposalStatus.NUMBERED).order_by("number")
    changes = [
        change
        for meeting in meetings.select_related("placement", "shown")
        if (change := _change(meeting, rooms))
    ]
    told_cancelled = set(
        ReleaseChange.objects.filter(release__programme=programme, kind=ChangeKind.CANCELLED).values_list(
            "proposal_id", flat=True
        )
    )
    changes = [
        one
        for one in changes
        if one.kind != ChangeKind.CANCELLED or (one.proposal and one.proposal.pk not in told_cancelled)
    ]
    return changes + _official_changes(programme.official, _official(event), rooms)


def _change(meeting: Proposal, rooms: Mapping[int, Room]) -> Change | None:
    placed: Placement | None = getattr(meeting, "placement", None)
    shown: Shown | None = getattr(meeting, "shown", None)
    is_out = shown is None or shown.is_off
    before = {} if shown is None or shown.is_off else _where(shown, rooms)
    if meeting.status != ProposalStatus.ACCEPTED:
        return None if is_out else Change(ChangeKind.CANCELLED, meeting, meeting.title, before, {})
    if placed is None:
        return None if is_out else Change(ChangeKind.REMOVED, meeting, meeting.title, before, {})
    after = _where(placed, rooms)
    if is_out:
        return Change(ChangeKind.ADDED, meeting, meeting.title, {}, after)
    same = shown is not None and (shown.room_id, shown.starts_at, shown.ends_at) == (
        placed.room_id,
        placed.starts_at,
        placed.ends_at,
    )
    return None if same else Change(ChangeKind.MOVED, meeting, meeting.title, before, after)


def _where(row: Placement | Shown, rooms: Mapping[int, Room]) -> dict[str, Any]:
    return {
        **_named(rooms.get(row.room_id)),
        "starts": row.starts_at.isoformat(),
        "ends": row.ends_at.isoformat(),
    }


def _named(room: Room | None) -> dict[str, Any]:
    """What the room is called: "room", and "rooms" in the languages its name was translated into."""
    names = (
        {code: said["name"] for code, said in room.translations.items() if said.get("name")} if room else {}
    )
    return {"room": room.name if room else "", **({"rooms": names} if names else {})}


def _official(event: Event) -> list[dict[str, Any]]:
    """The official items as the public page keeps them."""
    return [
        {
            "id": one.pk,
            "title": one.title,
            "language": one.language_id,
            "translations": one.translations,
            "starts": one.starts_at.isoformat(),
            "ends": one.ends_at.isoformat(),
            "room": one.room_id,
            "place": one.place,
        }
        for one in OfficialItem.objects.filter(event=event)
    ]


def _official_changes(
    before: list[dict[str, Any]], after: list[dict[str, Any]], rooms: Mapping[int, Room]
) -> list[Change]:
    def where(item: Mapping[str, Any]) -> dict[str, Any]:
        room = rooms.get(item["room"] or 0)
        named = _named(room) if room else {"room": item["place"]}
        return {**named, "starts": item["starts"], "ends": item["ends"]}

    was, is_now = ({item["id"]: item for item in items} for items in (before, after))
    changes = [
        Change(ChangeKind.REMOVED, None, item["title"], where(item), {})
        for pk, item in was.items()
        if pk not in is_now
    ]
    for pk, item in is_now.items():
        if pk not in was:
            changes.append(Change(ChangeKind.ADDED, None, item["title"], {}, where(item)))
        elif item != was[pk]:
            changes.append(Change(ChangeKind.MOVED, None, item["title"], where(was[pk]), where(item)))
    return changes


def _show(changes: list[Change], at: datetime, *, is_late: bool) -> None:
    """Copy the board to what everybody reads."""
    put, off = [], []
    for one in changes:
        if one.proposal is None:
            continue
        if one.kind in (ChangeKind.ADDED, ChangeKind.MOVED):
            placed, shown = one.proposal.placement, getattr(one.proposal, "shown", None)
            put.append(
                Shown(
                    proposal=one.proposal,
                    room_id=placed.room_id,
                    starts_at=placed.starts_at,
                    ends_at=placed.ends_at,
                    is_off=False,
                    sequence=shown.sequence + 1 if shown else 0,
                    changed_at=at,
                    late_at=at if is_late else getattr(shown, "late_at", None),
                )
            )
        elif one.kind == ChangeKind.REMOVED:
            shown = one.proposal.shown
            shown.is_off, shown.sequence, shown.changed_at = True, shown.sequence + 1, at
            shown.late_at = at if is_late else shown.late_at
            off.append(shown)
    columns = ["room", "starts_at", "ends_at", "is_off", "sequence", "changed_at", "late_at"]
    Shown.objects.bulk_create(put, update_conflicts=True, unique_fields=["proposal"], update_fields=columns)
    Shown.objects.bulk_update(off, ["is_off", "sequence", "changed_at", "late_at"])
    Proposal.objects.filter(pk__in=[one.proposal_id for one in put], public_at=None).update(public_at=at)


def _people(changes: list[Change]) -> dict[int, list[User]]:
    """Meeting → whom its change concerns: those who act for its organizers, and those who marked it.

    A cancelled meeting's people were told of that when it was cancelled.
    """
    meetings = [
        one.proposal.pk for one in changes if one.proposal is not None and one.kind != ChangeKind.CANCELLED
    ]
    told: dict[int, dict[int, User]] = defaultdict(dict)
    leading = Q(stakeholder__proposals__in=meetings)
    joining = Q(stakeholder__partnerings__proposal__in=meetings, stakeholder__partnerings__status="confirmed")
    for reached, path in (
        (leading, "stakeholder__proposals"),
        (joining, "stakeholder__partnerings__proposal"),
    ):
        members = Membership.objects.filter(reached, role__in=("admin", "editor")).select_related("user")
        for member in members.annotate(meeting=F(path)).filter(meeting__in=meetings):
            told[member.meeting][member.user_id] = member.user
    for star in Star.objects.filter(proposal__in=meetings).select_related("user"):
        told[star.proposal_id].setdefault(star.user_id, star.user)
    return {meeting: list(people.values()) for meeting, people in told.items()}


def _of_speakers(changes: list[Change]) -> dict[int, Change]:
    """Meeting → what its speakers are told; of one that is cancelled they were told then."""
    told = (ChangeKind.MOVED, ChangeKind.REMOVED)
    return {one.proposal.pk: one for one in changes if one.proposal is not None and one.kind in told}


def _facts(event: Event, one: Change) -> dict[str, Any]:
    return {
        "zone": event.zone,
        "kind": str(one.kind.value),
        **{f"before_{name}": value for name, value in one.before.items()},
        **{f"after_{name}": value for name, value in one.after.items()},
    }


def _tell(event: Event, version: Release, changes: list[Change]) -> None:
    people = _people(changes)
    tellings = []
    for one in changes:
        if one.proposal is None:
            continue
        facts = {
            "event": event.title,
            "number": one.proposal.number or 0,
            "title": one.title,
            "version": version.number,
            **_facts(event, one),
        }
        tellings += [
            Telling(
                user=user,
                key=f"meeting:{one.proposal.pk}:programme:{version.number}",
                url_name="events:meeting",
                url_args=[event.pk, event.slug, one.proposal.number],
                facts=facts,
                subject=one.proposal,
            )
            for user in people.get(one.proposal.pk, ())
        ]
    notify_each(TOLD, tellings)
    tell_speakers(
        f"programme:{version.number}", {pk: _facts(event, one) for pk, one in _of_speakers(changes).items()}
    )


sentence(
    "events.event.release_programme",
    gettext_lazy("%(actor)s released version %(number)s of the programme"),
    audience=Audience.PUBLIC,
)
