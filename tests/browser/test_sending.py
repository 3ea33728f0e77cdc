"""The head of desk watches mail to many leave, pauses it, lets it go on; and sees which job is late."""

import os
import re
import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from notifications.delivery import run
from notifications.delivery.models import Outlet, Pause, outlet_name
from notifications.follows.actions import expand, follow
from notifications.happenings.models import Happening
from notifications.hooks import Channel
from notifications.jobs.models import Job
from notifications.jobs.queries import beat_schedule
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice
from stakeholders.followers.actions import tell_joined
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import StakeholderFactory

SHOTS = os.environ.get("WHATSON_SHOTS", "")
KIND, DIGESTS = "stakeholders.joined", "notifications.make_digests"
FOLLOWERS = 12


@pytest.fixture
def head(live_server):
    Outlet.objects.create(name=outlet_name())
    return person_with(Role.HEAD, name="Hana Head")


@pytest.fixture
def queued_mail(live_server):
    """One entry has joined, and all its followers want to know at once."""
    for person in UserFactory.create_batch(FOLLOWERS):
        follow(person, ["country:GHA"])
        choose(person, {KIND: Choice(Channel.AT_ONCE, in_app=True)})
    tell_joined(StakeholderFactory(name="Lagoon Study Group", country_id="GHA"))
    expand(list(Happening.objects.values_list("pk", flat=True)))
    assert Message.objects.filter(status=Status.QUEUED).count() == FOLLOWERS


def test_mail_to_many_is_watched_paused_and_let_go_on(page, head, queued_mail, enter, look_at, go_to):
    enter(page, head)
    go_to(page, "Outgoing e-mail")
    line = page.locator("#progress tbody tr").filter(has_text="A stakeholder is new in the directory")
    batch = page.locator("#progress li").filter(has_text="Lagoon Study Group")
    expect(line.locator("td").first).to_have_text(str(FOLLOWERS))
    expect(batch).to_contain_text("12 pending")
    look_at(page, "sending")

    # What leaves meanwhile shows by itself.
    run.deliver(list(Message.objects.values_list("pk", flat=True)[:4]))
    expect(batch).to_contain_text("4 sent")
    expect(batch).to_contain_text("8 pending")
    look_at(page, "sending-progress")

    batch.get_by_role("button", name="Pause").click()
    expect(page.locator(".messages")).to_contain_text("Paused.")
    expect(batch).to_contain_text("8 paused")
    expect(batch).to_contain_text("Paused by Hana Head")
    run.sweep()
    assert len(mail.outbox) == 4
    look_at(page, "sending-paused")
    batch.get_by_role("button", name="Go on").click()
    expect(batch).to_contain_text("8 pending")

    page.locator("details[data-fold]").filter(has_text="A stakeholder is new").locator("summary").click()
    line.get_by_role("button", name="Pause").click()
    expect(line).to_contain_text("Paused by Hana Head")
    run.sweep()
    assert len(mail.outbox) == 4
    line.get_by_role("button", name="Go on").click()
    run.sweep()
    assert len(mail.outbox) == FOLLOWERS
    page.reload()
    expect(page.locator("#progress")).to_contain_text("No pending e-mail could be sent now.")
    expect(line.locator('[data-label="Sent"]')).to_have_text(str(FOLLOWERS))
    assert not Pause.objects.live().exists()

    rate = page.locator("input[name=per_second]")
    rate.fill("-1")
    page.get_by_role("button", name="Set the rate").click()
    expect(page.locator("#error-summary")).to_be_visible()
    look_at(page, "sending-wrong-rate")
    rate.fill("5")
    page.get_by_role("button", name="Set the rate").click()
    expect(rate).to_have_value(re.compile(r"^5(\.0)?$"))
    assert Outlet.objects.get().per_second == 5


def test_in_arabic_on_a_phone_and_without_script(
    browser, browser_context_args, phone_ar, head, queued_mail, enter, look_at
):
    enter(phone_ar, head)
    for path in ("sending", "jobs"):
        phone_ar.goto(f"/ar/desk/{path}/")
        look_at(phone_ar, f"{path}-ar")
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    plain = context.new_page()
    enter(plain, head)
    plain.goto("/en/desk/sending/")
    plain.locator("#progress li").get_by_role("button", name="Pause").click()
    expect(plain.locator("#progress li")).to_contain_text("12 paused")
    plain.locator("#progress li").get_by_role("button", name="Go on").click()
    expect(plain.locator("#progress li")).to_contain_text("12 pending")
    context.close()


@pytest.mark.behaviour("X-10")
def test_a_job_that_does_not_run_is_seen_told_and_well_again(page, head, enter, look_at, monkeypatch, go_to):
    ran = now() - timedelta(minutes=1)
    Job.objects.all().delete()
    Job.objects.bulk_create(
        Job(name=name, started_at=ran, ended_at=ran, succeeded_at=now() + timedelta(days=1), seconds=0.5)
        for name in beat_schedule()
    )
    Job.objects.filter(name=DIGESTS).update(
        started_at=now() - timedelta(hours=2), succeeded_at=now() - timedelta(hours=2), error="KeyError"
    )
    enter(page, head)
    go_to(page, "Background jobs")
    row = page.locator("tbody tr").filter(has=page.get_by_title(DIGESTS, exact=True))
    expect(row).to_contain_text("Does not run")
    expect(row).to_contain_text("KeyError")
    expect(page.locator("main")).to_contain_text("One job has not succeeded in time.")
    look_at(page, "jobs-stale")

    monkeypatch.setattr("notifications.jobs.actions._next_look", 0)
    before = set(threading.enumerate())
    current_app.tasks["notifications.sweep"].apply()  # any job that ends looks after the others, in a thread
    for thread in set(threading.enumerate()) - before:
        thread.join(300)
    run.sweep()
    assert ["does not run" in message.subject or DIGESTS in message.body for message in mail.outbox] == [True]
    current_app.tasks[DIGESTS].apply()
    page.reload()
    expect(row).to_contain_text("Runs")
    expect(page.locator("main")).not_to_contain_text("has not succeeded in time")
    look_at(page, "jobs")
