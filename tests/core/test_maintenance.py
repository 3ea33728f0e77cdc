"""Under maintenance people read on; nothing is saved, nobody signs in, workers begin nothing."""

import json
import threading
from io import StringIO

import lxml.html
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.people.models import User
from core import health, maintenance
from core.middleware import MaintenanceMiddleware
from core.models import Maintenance
from tests.factories.accounts import UserFactory
from whatson import celery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _look_each_time(monkeypatch):
    monkeypatch.setattr(maintenance, "LOOK_SECONDS", 0)
    monkeypatch.setattr(maintenance, "_look_at", 0.0)


def switch(command, *options):
    output = StringIO()
    call_command("maintenance", command, *options, stdout=output)
    return output.getvalue()


def test_reading_goes_on_and_pages_say_so(client):
    assert "Maintenance until" not in client.get("/en/").text
    switch("on", "--minutes", "45")
    page = client.get("/en/")
    assert page.status_code == 200
    assert "Maintenance until about" in page.text
    assert "On since" in switch("status")
    assert switch("off") == "Off.\n"
    assert "Maintenance until" not in client.get("/en/").text
    assert (switch("off"), switch("status")) == ("It was off.\n", "Off.\n")


def test_what_was_typed_can_be_read_and_nothing_is_saved(client):
    switch("on", "--minutes", "45")
    typed = {
        "message": "Line one\n<b>two</b>",
        "password": "s3cr3t-s3cr3t",
        "csrfmiddlewaretoken": "t0k3n",
        "x": "",
    }
    answer = client.post("/en/newsletter/", typed)
    assert answer.status_code == 503
    assert 2600 < int(answer["Retry-After"]) <= 2700
    assert answer["Cache-Control"] == "no-store"
    assert "Line one<br>&lt;b&gt;two&lt;/b&gt;" in answer.text
    assert "s3cr3t" not in answer.text
    assert "t0k3n" not in answer.text


def terms(answer):
    """{label: value} as the page shows it."""
    tree = lxml.html.document_fromstring(answer.content)
    return {term.text_content(): term.getnext().text_content() for term in tree.xpath("//main/dl/dt")}


def test_what_was_typed_stands_under_the_label_of_its_field(client):
    switch("on")
    sent = {"login": "amina@example.org", "password": "s3cr3t-s3cr3t", "remember": "on"}
    assert terms(client.post("/en/accounts/login/", sent)) == {"E-mail address": "amina@example.org"}
    # Of an address that shows no such field the name is left out.
    assert terms(client.post("/en/no-such-page/", {"login": "amina@example.org", "agreed": "on"})) == {
        "Your text": "amina@example.org"
    }


def test_the_page_says_when_to_come_and_nothing_that_contradicts_it(client):
    switch("on", "--minutes", "45")
    until = f"{Maintenance.objects.get().ends_at:%H:%M}"
    answer = client.post("/en/newsletter/", {"email": "amina@example.org"})
    assert f"Send it again after {until} (UTC)." in answer.text
    assert "Wait a minute" not in answer.text
    switch("on", "--minutes", "-1")  # it takes longer than was said
    assert "Wait a minute" in client.post("/en/newsletter/", {"email": "amina@example.org"}).text


def test_reading_the_page_of_a_form_saves_nothing(client, monkeypatch):
    """The labels come from the page as it is read: the view sees no act."""
    requests = []
    switch("on")
    middleware = MaintenanceMiddleware(
        lambda request: requests.append((request.method, dict(request.POST), request.body)) or HttpResponse()
    )
    request = RequestFactory().post("/en/contact/", {"message": "Hello"})
    assert middleware(request).status_code == 503
    assert requests == [("GET", {}, b"")]
    assert (request.method, request.POST["message"]) == ("POST", "Hello")


def test_nobody_signs_in(client):
    person = UserFactory()
    switch("on")
    for address in ("/en/accounts/login/", "/en/accounts/signup/"):
        answer = client.post(address, {"login": person.email, "password": "x", "email": "a@example.org"})
        assert answer.status_code == 503
    assert (
        client.get("/single-sign-on/ministry/callback/").status_code == 503
    )  # an institution leads back by GET
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1


def test_programs_get_a_problem(client):
    switch("on")
    answer = client.post("/api/v1/stakeholders/", json.dumps({}), content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["status"] == 503


def test_of_a_database_that_is_away_the_last_word_holds(monkeypatch):
    switch("on")
    assert maintenance.maintenance()

    def away():
        raise DatabaseError

    monkeypatch.setattr(Maintenance.objects, "first", away)
    assert maintenance.maintenance()


def test_a_process_looks_once_in_a_while(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(maintenance, "LOOK_SECONDS", 60)
    with django_assert_num_queries(1):
        for _page in range(3):
            maintenance.maintenance()


def test_a_worker_waits_and_goes_on(monkeypatch):
    answers = iter([True, True, None])
    monkeypatch.setattr(maintenance, "maintenance", lambda: next(answers))
    monkeypatch.setattr(maintenance.connections, "close_all", lambda: None)
    monkeypatch.setattr(celery, "_is_worker", True)
    waiting = threading.Thread(target=celery.hold_during_maintenance)
    waiting.start()
    waiting.join(10)
    assert list(answers) == []


def test_the_end_of_its_time_lets_no_task_begin(monkeypatch):
    """The limit of a task that is held runs out while it waits; it waits on."""
    answers = iter([True, SoftTimeLimitExceeded(), True, None])

    def look():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(maintenance, "maintenance", look)
    monkeypatch.setattr(maintenance.connections, "close_all", lambda: None)
    maintenance.wait_until_over()
    assert list(answers) == []


def test_the_queue_waits_longer_than_the_longest_maintenance(settings):
    """Else what maintenance holds is given to a second worker while the first one still has it."""
    longest = maintenance.LONGEST_MINUTES * 60 + settings.CELERY_TASK_SOFT_TIME_LIMIT
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > longest
    switch("on", "--minutes", str(maintenance.LONGEST_MINUTES))
    with pytest.raises(CommandError, match="At most 720 minutes"):
        switch("on", "--minutes", str(maintenance.LONGEST_MINUTES + 1))


def test_a_page_that_runs_a_task_itself_does_not_wait(monkeypatch):
    monkeypatch.setattr(maintenance, "maintenance", lambda: pytest.fail("looked"))
    celery.hold_during_maintenance()


def test_that_workers_wait_is_no_fault(client, monkeypatch):
    monkeypatch.setattr(health, "jobs_run", lambda: pytest.fail("asked"))
    switch("on")
    checks = client.get("/readyz").json()
    assert (checks["jobs"], checks["beat"]) == ("not asked", "not asked")
