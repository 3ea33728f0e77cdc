"""What is wrong with the board: every clash of one event, found by one query."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.database import reading_connection
from events.board.enums import Clash
from taxonomy.terms.models import Language


class ClashWarning(NamedTuple):
    """`number` and `other` are meetings' numbers, `other` 0 where there is none; `detail` is what clashes."""

    kind: Clash
    meeting: int
    number: int
    other_meeting: int
    other: int
    detail: str

    @property
    def sentence(self) -> str:
        """The clash as a sentence."""
        facts = {"number": self.number, "other": self.other, "detail": self.detail}
        return _SENTENCES[self.kind]() % facts


_SENTENCES = {
    Clash.ROOM: lambda: _("Meetings %(number)s and %(other)s are in %(detail)s at the same time."),
    Clash.OFFICIAL_ROOM: lambda: _("Meeting %(number)s is in the room of an official item: %(detail)s."),
    Clash.CLOSED: lambda: _("Meeting %(number)s is in a closed room: %(detail)s."),
    Clash.SPEAKER: lambda: _("%(detail)s speaks at meetings %(number)s and %(other)s at the same time."),
    Clash.ORGANIZER: lambda: _("%(detail)s holds meetings %(number)s and %(other)s at the same time."),
    Clash.OFFICIAL: lambda: _("Meeting %(number)s is held during an official item: %(detail)s."),
    Clash.CAPACITY: lambda: _("Meeting %(number)s: people expected and seats are %(detail)s."),
    Clash.INTERPRETATION: lambda: _("Meeting %(number)s asked for interpretation: %(detail)s."),
    Clash.REST: lambda: _("Between meetings %(number)s and %(other)s there are %(detail)s minutes."),
    Clash.LINK: lambda: _("Meeting %(number)s is held online and has no link yet."),
}

# One row for each clash: kind, meeting, its number, the other meeting, its number, what clashes.
_ALL = """
WITH p AS (
    SELECT m.id, m.number, m.lead_id, m.expected, m.mode, m.link, pl.room_id, pl.starts_at, pl.ends_at,
           r.name AS room, r.capacity
    FROM events_placement pl
    JOIN events_proposal m ON m.id = pl.proposal_id AND m.status = 'accepted'
    JOIN events_room r ON r.id = pl.room_id
    WHERE m.event_id = %(event)s
), organizers AS (
    SELECT id AS meeting, lead_id AS stakeholder FROM p
    UNION
    SELECT pa.proposal_id, pa.stakeholder_id FROM events_partner pa
    JOIN p ON p.id = pa.proposal_id WHERE pa.status = 'confirmed'
), speakers AS (
    SELECT s.proposal_id AS meeting, s.name, k.key
    FROM events_speaker s
    JOIN p ON p.id = s.proposal_id
    CROSS JOIN LATERAL (VALUES (lower(s.address)), (NULLIF(s.name_key, '')), (lower(s.name))) AS k (key)
    WHERE s.status <> 'declined' AND k.key <> ''
), meeting_at_once AS (
    SELECT a.id AS one, b.id AS two, a.number AS one_number, b.number AS two_number, a.room_id AS one_room,
           b.room_id AS two_room, a.room
    FROM p a JOIN p b ON a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
)
SELECT 'room', one, one_number, two, two_number, room FROM meeting_at_once WHERE one_room = two_room
UNION ALL
SELECT 'official_room', p.id, p.number, 0, 0, o.title FROM p JOIN events_officialitem o
    ON o.room_id = p.room_id AND o.starts_at < p.ends_at AND p.starts_at < o.ends_at
UNION ALL
SELECT 'closed', p.id, p.number, 0, 0, concat_ws(', ', p.room, NULLIF(c.why, '')) FROM p
    JOIN events_closure c ON c.room_id = p.room_id AND c.starts_at < p.ends_at AND p.starts_at < c.ends_at
UNION ALL
SELECT 'speaker', one, one_number, two, two_number, min(a.name) FROM meeting_at_once
    JOIN speakers a ON a.meeting = one JOIN speakers b ON b.meeting = two AND b.key = a.key
    GROUP BY one, one_number, two, two_number, lower(a.name)
UNION ALL
SELECT 'organizer', one, one_number, two, two_number, h.name FROM meeting_at_once
    JOIN organizers a ON a.meeting = one
    JOIN organizers b ON b.meeting = two AND b.stakeholder = a.stakeholder
    JOIN stakeholders_stakeholder h ON h.id = a.stakeholder
UNION ALL
SELECT 'official', p.id, p.number, 0, 0, o.title FROM p JOIN events_officialitem o
    ON o.event_id = %(event)s AND o.keeps_free AND o.starts_at < p.ends_at AND p.starts_at < o.ends_at
    AND o.room_id IS DISTINCT FROM p.room_id
UNION ALL
SELECT 'capacity', id, number, 0, 0, expected || ' > ' || capacity FROM p WHERE expected > capacity
UNION ALL
SELECT 'interpretation', p.id, p.number, 0, 0, string_agg(w.language_id, ',' ORDER BY w.language_id) FROM p
    JOIN events_proposal_interpretation w ON w.proposal_id = p.id
    WHERE NOT EXISTS (SELECT 1 FROM events_room_interpretation there
                      WHERE there.room_id = p.room_id AND there.language_id = w.language_id)
    GROUP BY p.id, p.number
UNION ALL
SELECT 'rest', a.id, a.number, b.id, b.number,
       (EXTRACT(EPOCH FROM b.starts_at - a.ends_at) / 60)::int::text
    FROM p a JOIN p b ON a.room_id = b.room_id AND a.id <> b.id AND a.ends_at <= b.starts_at
    AND b.starts_at < a.ends_at + (
        COALESCE((SELECT rest_minutes FROM events_programme WHERE event_id = %(event)s), %(rest)s)
        * INTERVAL '1 minute')
UNION ALL
SELECT 'link', id, number, 0, 0, '' FROM p WHERE mode IN ('online', 'hybrid') AND link = ''
ORDER BY 3, 5
"""
_REST_BY_DEFAULT = 15
_ORDER = {kind: place for place, kind in enumerate(Clash)}


def clashes_of(event_pk: int) -> list[ClashWarning]:
    """Return everything that is wrong with the board, the gravest first."""
    with reading_connection().cursor() as cursor:
        cursor.execute(_ALL, {"event": event_pk, "rest": _REST_BY_DEFAULT})
        clashes = [ClashWarning(Clash(kind), *rest) for kind, *rest in cursor.fetchall()]
    if any(clash.kind == Clash.INTERPRETATION for clash in clashes):
        clashes = _with_names(clashes)
    return sorted(clashes, key=lambda clash: (_ORDER[clash.kind], clash.number, clash.other))


def clashes_of_meeting(clashes: Iterable[ClashWarning], meeting: int) -> list[ClashWarning]:
    """Return the clashes that one meeting is part of."""
    return [clash for clash in clashes if meeting in (clash.meeting, clash.other_meeting)]


def _with_names(clashes: list[ClashWarning]) -> list[ClashWarning]:
    names = dict(Language.objects.all().for_choices())
    comma = pgettext("between the parts of a list", ", ")
    return [
        clash._replace(detail=comma.join(str(names.get(code, code)) for code in clash.detail.split(",")))
        if clash.kind == Clash.INTERPRETATION
        else clash
        for clash in clashes
    ]
