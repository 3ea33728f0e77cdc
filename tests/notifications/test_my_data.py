"""What a person follows, and how they hear of it, is a part of the copy of their data."""

import json
import zipfile

import pytest

from accounts import tasks
from accounts.data_rights.models import DataExport
from notifications.follows.actions import follow
from notifications.hooks import Channel
from notifications.outbox.models import Habits
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/me/data/export/"


@pytest.mark.behaviour("A-09")
def test_follows_preferences_and_quiet_hours_are_offered_and_taken_along(client):
    person, other = UserFactory(), UserFactory()
    follow(person, ["country:KEN", "topic:corruption"], level="deadlines")
    follow(other, ["country:GHA"])
    choose(person, {"stakeholders.joined": Choice(Channel.WEEKLY, in_app=False)})
    Habits.objects.create(user=person, digest_hour=9)
    client.force_login(person)
    assert 'value="hearing"' in client.get(PAGE).text
    client.post(PAGE, {"sections": ["hearing"]})
    copy = DataExport.objects.get()
    tasks.heavy_copy_data(copy.pk)
    copy.refresh_from_db()
    with copy.file.open() as file, zipfile.ZipFile(file) as archive:
        rows = json.loads(archive.read("hearing.json"))
        page = archive.read("index.html").decode()
    text = json.dumps(rows)
    assert ("country:KEN" in text, "topic:corruption" in text, "country:GHA" in text) == (True, True, False)
    assert ("stakeholders.joined" in text, "weekly" in text, "deadlines" in text) == (True, True, True)
    assert "A stakeholder is new in the directory" in page
