"""The programs of docs/examples, each run as its readers run it, against a portal that answers."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from accounts.tokens.actions import make_token
from accounts.tokens.enums import TokenScope
from api.actions import compare
from audit.models import Entry
from portal.open_data.actions import care_for_dumps
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _portal(live_server, monkeypatch):
    monkeypatch.setattr(settings, "SITE_URL", live_server.url)


def run(name, *arguments, token=""):
    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / "docs" / "examples" / name, *map(str, arguments)],
        env={**os.environ, "WHATSON_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_list_is_harvested_whole(live_server, tmp_path):
    guides = [ResourceFactory(kind="guide") for _number in range(103)]  # more than a page
    ResourceFactory(kind="report")
    path = tmp_path / "guides.jsonl"
    assert run("harvest.py", f"{live_server.url}/api/v1/resources/?kind=guide", path) == (
        0,
        f"103 rows in {path}\n",
    )
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [guide.pk for guide in guides]
    code, output = run("harvest.py", f"{live_server.url}/api/v1/resources/?kind=zoo", path)
    assert (code, output) == (1, "400: Some values cannot be understood.\n")


def test_a_mirror_is_kept_up_to_date_and_begins_again_after_too_long(live_server, tmp_path):
    def mirror():
        code, output = run("mirror.py", f"{live_server.url}/api/v1/stakeholders/", tmp_path)
        assert code == 0, output
        return output.partition(" in ")[0]

    hidden, changed = StakeholderFactory(), StakeholderFactory()
    StakeholderFactory()
    compare("stakeholders")
    assert mirror() == "3 rows written, 0 removed"
    Stakeholder.objects.filter(pk=hidden.pk).update(listing="unlisted")
    Stakeholder.objects.filter(pk=changed.pk).update(city="Kisumu")
    compare("stakeholders")
    assert mirror() == "1 rows written, 1 removed"
    assert not (tmp_path / f"{hidden.pk}.json").exists()
    assert json.loads((tmp_path / f"{changed.pk}.json").read_text(encoding="utf-8"))["city"] == "Kisumu"
    assert mirror() == "0 rows written, 0 removed"
    (tmp_path / "changed_until.txt").write_text("2020-01-01", encoding="utf-8")
    Stakeholder.objects.filter(pk=changed.pk).delete()
    assert mirror() == "1 rows written, 1 removed"


def test_a_profile_is_brought_up_to_date_and_left_alone_where_it_is(live_server, tmp_path):
    entry = StakeholderFactory(name="Watch", mission="We work.", mission_language_id="en")
    entry.topics.add("firearms")
    person = member_of(entry, MemberRole.EDITOR)
    _token, secret = make_token(actor=person, name="Sync", scopes=(TokenScope.OWN, TokenScope.WRITE), days=1)
    path = tmp_path / "profile.json"
    path.write_text(json.dumps({"city": "Kisumu", "works_in": ["UGA", "KEN"]}), encoding="utf-8")
    changed = run("sync_profile.py", live_server.url, path, token=secret)
    assert changed == (0, "Watch: city, works_in\n")
    assert Stakeholder.objects.get(pk=entry.pk).city == "Kisumu"
    entries = Entry.objects.count()
    assert run("sync_profile.py", live_server.url, path, token=secret) == (0, "Watch: nothing to change\n")
    assert Entry.objects.count() == entries
    path.write_text(json.dumps({"topics": ["zoo"]}), encoding="utf-8")
    code, output = run("sync_profile.py", live_server.url, path, token=secret)
    assert code == 1
    assert "topics" in output


def test_open_data_is_fetched_once_and_whole(live_server, tmp_path):
    StakeholderFactory(name="Watch")
    care_for_dumps()
    code, output = run("open_data.py", live_server.url, tmp_path)
    assert (code, "Watch" in (tmp_path / "stakeholders.csv").read_text(encoding="utf-8")) == (0, True), output
    assert run("open_data.py", live_server.url, tmp_path) == (0, f"0 files fetched into {tmp_path}\n")
    (tmp_path / "stakeholders.csv").write_text("half", encoding="utf-8")
    assert run("open_data.py", live_server.url, tmp_path) == (0, f"1 files fetched into {tmp_path}\n")


def test_open_data_is_read_into_frames_with_types(live_server, tmp_path):
    pytest.importorskip("pandas", reason="pandas is not among the locked packages")
    for _number in range(4):
        StakeholderFactory(kind="ngo", city="Kisumu")
    care_for_dumps()
    run("open_data.py", live_server.url, tmp_path)
    code, output = run("open_data_frames.py", tmp_path)
    assert code == 0, output
    types = next(line for line in output.splitlines() if line.startswith("stakeholders: 4 rows, "))
    assert {"kind category", "city category", "topics object", "name string"} <= set(types.split(", "))
    assert "datetime64" in types
