"""Loading the demonstration: only on a developer's machine, whole or not at all, the same again."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from coordination.activities.models import Activity
from core.errors import DomainError
from portal.content import load_content
from reviews.seed import load_mechanism
from reviews.tracker.models import CountryReview, StepRecord
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.demo import loading
from stakeholders.demo.loading import load_demo, refuse_elsewhere
from stakeholders.demo.people import PEOPLE
from stakeholders.entries.models import Stakeholder
from stakeholders.state_accounts.models import StateAccount
from stakeholders.vetting.models import FIRST_QUESTIONS, ChecklistQuestion
from stakeholders.vetting.queries import checklist_of
from taxonomy.places.models import Country
from tests.support import rows_naming

pytestmark = pytest.mark.slow


def run(*options):
    out = io.StringIO()
    call_command("load_demo", *map(str, options), stdout=out)
    return out.getvalue()


def test_it_refuses_without_development_settings(settings, db):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="development settings only"):
        run()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("host", "refused"),
    (
        ("", False),
        ("127.0.0.1", False),
        ("localhost", False),
        ("/run/postgresql", False),
        ("db", True),
        ("10.0.0.7", True),
        ("127.0.0.1.example", True),
    ),
)
def test_it_refuses_a_database_elsewhere(db, monkeypatch, host, refused):
    monkeypatch.setitem(connection.settings_dict, "HOST", host)
    if refused:
        with pytest.raises(DomainError, match="on this machine"):
            load_demo()
    else:
        refuse_elsewhere()


def test_nothing_invented_is_said_of_a_state(reference):
    """Steps, documents, observations, calls, what answers them, stories and the library: of no real State."""
    load_mechanism()
    load_content(["library"])
    subjects = [(model, "reviews", "resources", "news") for model in (Country, CountryReview)]
    real = [rows_naming(*subject) for subject in subjects]
    load_demo()
    unreal = {"XDR", *CountryReview.objects.filter(country="XDR").values_list("pk", flat=True)}
    after_loading = [
        {name: {row for row in rows if row[1] not in unreal} for name, rows in rows_naming(*subject).items()}
        for subject in subjects
    ]
    assert after_loading == real
    steps = StepRecord.objects.filter(is_demo=True)
    assert set(steps.values_list("review__country__name_en", flat=True)) == {"Demo Republic"}
    assert not Country.objects.states().filter(pk="XDR").exists()
    assert not Activity.objects.filter(kind="state_call").exists()
    notes = StateAccount.objects.values_list("note_reference", flat=True)
    assert all("there is no such note" in note for note in notes)
    assert set(StateAccount.objects.values_list("country", flat=True)) == {"XDR"}
    assert set(Grant.objects.filter(role=Role.STATE).values_list("scope_code", flat=True)) == {"XDR"}


def test_half_a_demonstration_is_never_left_behind(reference, monkeypatch):
    def fail(_people):
        raise RuntimeError

    monkeypatch.setattr(loading, "_applications", fail)
    with pytest.raises(RuntimeError):
        load_demo()
    assert not User.objects.exists()
    assert not Stakeholder.objects.exists()


def test_sign_ins_are_written_for_their_owner_alone_and_work(reference, client, tmp_path):
    file = tmp_path / "deep" / "signins.json"
    run("--signins", file)
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert [row["email"] for row in rows] == [person.email for person in PEOPLE]
    assert all(set(row) == {"role", "email", "password", "note"} for row in rows)
    assert len({row["password"] for row in rows}) == len(rows)
    row = next(row for row in rows if row["email"] == "waiting@demo.example")
    client.post("/en/accounts/login/", {"login": row["email"], "password": row["password"]})
    assert client.session.get("_auth_user_id") == str(User.objects.get(email=row["email"]).pk)


def test_passwords_stay_until_new_ones_are_asked_for(reference, tmp_path):
    file = tmp_path / "signins.json"
    run("--signins", file)
    first = file.read_text(encoding="utf-8")
    run("--signins", file)
    assert file.read_text(encoding="utf-8") == first
    assert "--new-passwords gives new ones" in run()
    run("--signins", file, "--new-passwords")
    assert file.read_text(encoding="utf-8") != first


def test_its_applications_pass_the_checklist_that_the_portal_begins_with(reference):
    for place, (code, text, blocking) in enumerate(FIRST_QUESTIONS):
        ChecklistQuestion.objects.create(code=code, text=text, order=place, blocking_answer=blocking)
    load_demo()
    approved = Application.objects.filter(status=ApplicationStatus.APPROVED)
    assert [checklist_of(application).passes for application in approved] == [True, True]
