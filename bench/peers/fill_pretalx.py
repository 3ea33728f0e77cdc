"""`python fill_pretalx.py FILE`: one event with the meetings of the file, accepted, placed and released."""

import json
import sys
from datetime import datetime
from pathlib import Path

import django

django.setup()

from django_scopes import scope, scopes_disabled
from pretalx.event.domain.event import create_event
from pretalx.event.domain.organiser import create_organiser_with_team
from pretalx.person.domain.user import create_user
from pretalx.schedule.domain.release import freeze_schedule
from pretalx.schedule.domain.slot import move_slot
from pretalx.schedule.models import Room
from pretalx.submission.domain.submission import create_submission
from pretalx.submission.models import Submission

meetings = json.loads(Path(sys.argv[1]).read_text())
days = [datetime.fromisoformat(meeting["starts"]) for meeting in meetings]
with scopes_disabled():
    desk = create_user(email="desk@example.org", name="Desk")
    organiser, team = create_organiser_with_team(name="Desk", slug="desk", users=[desk])
    event = create_event(
        organiser=organiser,
        locales=["en"],
        locale="en",
        name="Congress",
        slug="congress",
        is_public=True,
        date_from=min(days).date(),
        date_to=max(days).date(),
        timezone="UTC",
        email="desk@example.org",
    )
with scope(event=event):
    team.limit_events.add(event)
    rooms = {}
    for number, meeting in enumerate(meetings):
        if meeting["room"] not in rooms:
            rooms[meeting["room"]] = Room.objects.create(
                event=event, name=meeting["room"], position=len(rooms)
            )
        speakers = [create_user(email=f"s{number}-{n}@example.org", name=f"Speaker {n}") for n in range(3)]
        proposal = Submission(
            event=event,
            title=meeting["title"],
            abstract=meeting["summary"],
            submission_type=event.cfp.default_type,
            content_locale="en",
        )
        create_submission(submission=proposal, user=speakers[0], speakers=speakers)
        proposal.accept()
        proposal.confirm()
        starts, ends = (datetime.fromisoformat(meeting[name]) for name in ("starts", "ends"))
        move_slot(proposal.slots.first(), starts, room=rooms[meeting["room"]], end=ends)
    freeze_schedule(event.wip_schedule, "1", notify_speakers=False)
