"""Make a new version of the programme public, and inform those whom a change concerns."""

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
from events.board.actions import lock_programme
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

MEETING_SCHEDULED = "events.meeting_scheduled"


class MeetingChange(NamedTuple):
    """One line of the list of changes; `proposal` None is an official item."""

    kind: ChangeKind
    proposal: Proposal | None
    title: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)


class Ahead(NamedTuple):
    """What a release would do now."""

    changes: list[MeetingChange]
    people_count: int

    @property
    def meetings(self) -> int:
        return sum(change.proposal is not None for change in self.changes)


def ahead_of(event: Event) -> Ahead:
    """Return what the next release would change, and how many people it would inform."""
    programme = Programme.objects.filter(event=event).first() or Programme(event=event)
    changes = _changes(event, programme)
    people = {user.pk for users in _people(changes).values() for user in users}
    return Ahead(changes, len(people) + speakers_to_tell(list(_of_speakers(changes))).count())


def release(event: Event, *, actor: User, known_version: int, note: str = "") -> Release:
    """Make the board public as the next version and inform those whose meetings changed.

    `known_version`: the version that was public when the person looked. Raises WrongState where there is a
    newer one by now.
    """
    with transaction.atomic():
        programme = lock_programme(event, actor)
        if not actor.has_perm("events.release_programme", event):
            raise PermissionDenied
        if event.status not in EventStatus.SHOWN:
            raise WrongState(_("Publish the event first; its programme is shown on its page."))
        if programme.released != known_version:
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
                proposal=change.proposal,
                title=change.title,
                kind=change.kind,
                before=change.before,
                after=change.after,
                is_late=is_late,
            )
            for change in changes
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
    """Update the index of the event's meetings to what everybody may see of them now."""
    numbered = Proposal.objects.filter(event=event, number__isnull=False)
    index_many("events.proposal", sorted(numbered.values_list("pk", flat=True)))


def _changes(event: Event, programme: Programme) -> list[MeetingChange]:
    rooms = {room.pk: room for room in Room.objects.filter(event=event)}
    # A hidden meeting stays in the programme as it is; one that was taken down is in no version.
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
        change
        for change in changes
        if change.kind != ChangeKind.CANCELLED
        or (change.proposal and change.proposal.pk not in told_cancelled)
    ]
    return changes + _official_changes(programme.official, _official(event), rooms)


def _change(meeting: Proposal, rooms: Mapping[int, Room]) -> MeetingChange | None:
    placed: Placement | None = getattr(meeting, "placement", None)
    shown: Shown | None = getattr(meeting, "shown", None)
    is_out = shown is None or shown.is_off
    before = {} if shown is None or shown.is_off else _where(shown, rooms)
    if meeting.status != ProposalStatus.ACCEPTED:
        return None if is_out else MeetingChange(ChangeKind.CANCELLED, meeting, meeting.title, before, {})
    if placed is None:
        return None if is_out else MeetingChange(ChangeKind.REMOVED, meeting, meeting.title, before, {})
    after = _where(placed, rooms)
    if is_out:
        return MeetingChange(ChangeKind.ADDED, meeting, meeting.title, {}, after)
    same = shown is not None and (shown.room_id, shown.starts_at, shown.ends_at) == (
        placed.room_id,
        placed.starts_at,
        placed.ends_at,
    )
    return None if same else MeetingChange(ChangeKind.MOVED, meeting, meeting.title, before, after)


def _where(row: Placement | Shown, rooms: Mapping[int, Room]) -> dict[str, Any]:
    return {
        **_room_names(rooms.get(row.room_id)),
        "starts": row.starts_at.isoformat(),
        "ends": row.ends_at.isoformat(),
    }


def _room_names(room: Room | None) -> dict[str, Any]:
    """Return the name of the room as "room", and its translations by language as "rooms"."""
    names = (
        {code: texts["name"] for code, texts in room.translations.items() if texts.get("name")}
        if room
        else {}
    )
    return {"room": room.name if room else "", **({"rooms": names} if names else {})}


def _official(event: Event) -> list[dict[str, Any]]:
    """Return the official items as the public page stores them."""
    return [
        {
            "id": item.pk,
            "title": item.title,
            "language": item.language_id,
            "translations": item.translations,
            "starts": item.starts_at.isoformat(),
            "ends": item.ends_at.isoformat(),
            "room": item.room_id,
            "place": item.place,
        }
        for item in OfficialItem.objects.filter(event=event)
    ]


def _official_changes(
    before: list[dict[str, Any]], after: list[dict[str, Any]], rooms: Mapping[int, Room]
) -> list[MeetingChange]:
    def where(item: Mapping[str, Any]) -> dict[str, Any]:
        room = rooms.get(item["room"] or 0)
        named = _room_names(room) if room else {"room": item["place"]}
        return {**named, "starts": item["starts"], "ends": item["ends"]}

    was, is_now = ({item["id"]: item for item in items} for items in (before, after))
    changes = [
        MeetingChange(ChangeKind.REMOVED, None, item["title"], where(item), {})
        for pk, item in was.items()
        if pk not in is_now
    ]
    for pk, item in is_now.items():
        if pk not in was:
            changes.append(MeetingChange(ChangeKind.ADDED, None, item["title"], {}, where(item)))
        elif item != was[pk]:
            changes.append(MeetingChange(ChangeKind.MOVED, None, item["title"], where(was[pk]), where(item)))
    return changes


def _show(changes: list[MeetingChange], at: datetime, *, is_late: bool) -> None:
    """Copy the board to the public programme."""
    put, off = [], []
    for change in changes:
        if change.proposal is None:
            continue
        if change.kind in (ChangeKind.ADDED, ChangeKind.MOVED):
            placed, shown = change.proposal.placement, getattr(change.proposal, "shown", None)
            put.append(
                Shown(
                    proposal=change.proposal,
                    room_id=placed.room_id,
                    starts_at=placed.starts_at,
                    ends_at=placed.ends_at,
                    is_off=False,
                    sequence=shown.sequence + 1 if shown else 0,
                    changed_at=at,
                    late_at=at if is_late else getattr(shown, "late_at", None),
                )
            )
        elif change.kind == ChangeKind.REMOVED:
            shown = change.proposal.shown
            shown.is_off, shown.sequence, shown.changed_at = True, shown.sequence + 1, at
            shown.late_at = at if is_late else shown.late_at
            off.append(shown)
    columns = ["room", "starts_at", "ends_at", "is_off", "sequence", "changed_at", "late_at"]
    Shown.objects.bulk_create(put, update_conflicts=True, unique_fields=["proposal"], update_fields=columns)
    Shown.objects.bulk_update(off, ["is_off", "sequence", "changed_at", "late_at"])
    Proposal.objects.filter(pk__in=[row.proposal_id for row in put], public_at=None).update(public_at=at)


def _people(changes: list[MeetingChange]) -> dict[int, list[User]]:
    """Return, by meeting, whom its change concerns: who acts for an organizer, and who marked it.

    Cancelled meetings are left out: their people were informed when it was cancelled.
    """
    meetings = [
        change.proposal.pk
        for change in changes
        if change.proposal is not None and change.kind != ChangeKind.CANCELLED
    ]
    people_by_meeting: dict[int, dict[int, User]] = defaultdict(dict)
    leading = Q(stakeholder__proposals__in=meetings)
    joining = Q(stakeholder__partnerings__proposal__in=meetings, stakeholder__partnerings__status="confirmed")
    for reached, path in (
        (leading, "stakeholder__proposals"),
        (joining, "stakeholder__partnerings__proposal"),
    ):
        members = Membership.objects.filter(reached, role__in=("admin", "editor")).select_related("user")
        for member in members.annotate(meeting=F(path)).filter(meeting__in=meetings):
            people_by_meeting[member.meeting][member.user_id] = member.user
    for star in Star.objects.filter(proposal__in=meetings).select_related("user"):
        people_by_meeting[star.proposal_id].setdefault(star.user_id, star.user)
    return {meeting: list(people.values()) for meeting, people in people_by_meeting.items()}


def _of_speakers(changes: list[MeetingChange]) -> dict[int, MeetingChange]:
    """Return, by meeting, the change of which its speakers are informed; not of a cancelled one."""
    kinds = (ChangeKind.MOVED, ChangeKind.REMOVED)
    return {
        change.proposal.pk: change
        for change in changes
        if change.proposal is not None and change.kind in kinds
    }


def _facts(event: Event, change: MeetingChange) -> dict[str, Any]:
    return {
        "zone": event.zone,
        "kind": str(change.kind.value),
        **{f"before_{name}": value for name, value in change.before.items()},
        **{f"after_{name}": value for name, value in change.after.items()},
    }


def _tell(event: Event, version: Release, changes: list[MeetingChange]) -> None:
    people = _people(changes)
    tellings = []
    for change in changes:
        if change.proposal is None:
            continue
        facts = {
            "event": event.title,
            "number": change.proposal.number or 0,
            "title": change.title,
            "version": version.number,
            **_facts(event, change),
        }
        tellings += [
            Telling(
                user=user,
                key=f"meeting:{change.proposal.pk}:programme:{version.number}",
                url_name="events:meeting",
                url_args=[event.pk, event.slug, change.proposal.number],
                facts=facts,
                subject=change.proposal,
            )
            for user in people.get(change.proposal.pk, ())
        ]
    notify_each(MEETING_SCHEDULED, tellings)
    tell_speakers(
        f"programme:{version.number}",
        {pk: _facts(event, change) for pk, change in _of_speakers(changes).items()},
    )


sentence(
    "events.event.release_programme",
    gettext_lazy("%(actor)s released version %(number)s of the programme"),
    audience=Audience.PUBLIC,
)
