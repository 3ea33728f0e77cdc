"""The desk appoints a regional focal point, who gives a view; the desk reads it and approves."""

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.appointments.models import today
from stakeholders.entries.models import Stakeholder
from tests.browser.picking import pick
from tests.factories.accounts import UserFactory, person_with
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, sent_application

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.mark.behaviour("D-08")
def test_the_desk_appoints_a_regional_focal_point(page, enter, look_at, go_to):
    UserFactory(name="Rosa Regional", email="rosa@networks.example")
    head = person_with(Role.HEAD, name="Hanna Head")
    StakeholderFactory(name="Of Peru", country_id="PER")
    enter(page, head)
    go_to(page, "Regional focal points")
    expect(page.locator(".empty")).to_contain_text("No focal point yet")
    look_at(page, "appointments-empty")
    page.get_by_role("link", name="Appoint a focal point").click()
    page.get_by_role("button", name="Appoint", exact=True).click()
    look_at(page, "appoint-wrong")
    page.get_by_label("E-mail address of the person").fill("rosa@networks.example")
    pick(page, "Regions", "all of africa")
    pick(page, "Countries or areas", "peru")
    page.get_by_label("First day").fill(today().isoformat())
    page.get_by_label("Last day").fill((today() + timedelta(days=365)).isoformat())
    look_at(page, "appoint")
    page.get_by_role("button", name="Appoint", exact=True).click()
    expect(page.locator("main")).to_contain_text("Rosa Regional")
    look_at(page, "appointments")
    page.get_by_role("link", name="Rosa Regional").click()
    page.get_by_text("Change places or days").click()
    page.get_by_text("End the appointment").click()
    look_at(page, "appointment")


@pytest.mark.behaviour("D-07", "D-08")
def test_a_view_is_asked_given_read_and_followed_by_an_approval(page, enter, look_at):
    head = person_with(Role.HEAD, name="Hanna Head")
    rosa = appointed(UserFactory(name="Rosa Regional"), by=head, regions=["002"]).user
    application = sent_application(name="Coastal Watch")
    enter(page, application.applicant)
    page.goto(f"/en/stakeholders/applications/{application.pk}/")
    expect(page.locator("main")).to_contain_text("The regional focal point of your country")
    look_at(page, "applicant")

    enter(page, rosa)
    page.goto("/en/me/")
    page.get_by_role("link", name="Open my region").first.click()
    look_at(page, "region")
    page.get_by_role("link", name=re.compile("^Give your view")).click()
    page.get_by_role("button", name="Submit my view").click()
    look_at(page, "view-wrong")
    page.get_by_label("Supports it", exact=True).check()
    page.get_by_label("Known in the region for this work").check()
    page.get_by_label("In a few words").fill("We have worked with them for years.")
    page.get_by_role("button", name="Submit my view").click()
    expect(page.locator("main")).to_contain_text("your view")
    look_at(page, "view")

    enter(page, head)
    page.goto("/en/desk/vetting/")
    expect(page.locator("main")).to_contain_text("with the desk since")
    look_at(page, "queue")
    page.get_by_role("link", name="Coastal Watch").click()
    expect(page.locator("main")).to_contain_text("We have worked with them for years.")
    look_at(page, "vetting")
    page.locator("summary", has_text=re.compile("^Approve$")).click()
    page.locator("[name=approve-unscreened_reason]").fill("The lists are looked through by hand today.")
    page.get_by_role("button", name="Approve and tell the applicant").click()
    expect(page.locator("main")).to_contain_text("Approved")
    assert Stakeholder.objects.filter(name="Coastal Watch").exists()

    enter(page, rosa)
    page.goto("/en/regional/")
    expect(page.locator("main")).to_contain_text("No applications need your view")
    look_at(page, "region-after")


@pytest.mark.journey("Arabic at 360 pixels")
def test_the_pages_fit_a_phone_in_arabic(phone_ar, enter, look_at):
    head = person_with(Role.HEAD, language="ar")
    aisha = UserFactory(name="عائشة", language="ar")
    term = appointed(aisha, by=head, regions=["002", "014"], countries=["PER"])
    application = sent_application(name="Международная ассоциация по наблюдению за прибрежными водами")
    enter(phone_ar, head)
    for url, name in (
        ("/ar/desk/vetting/appointments/", "ar-appointments"),
        ("/ar/desk/vetting/appointments/new/", "ar-appoint"),
        (f"/ar/desk/vetting/appointments/{term.pk}/", "ar-appointment"),
        ("/ar/desk/vetting/", "ar-queue"),
        (f"/ar/desk/vetting/{application.pk}/", "ar-vetting"),
    ):
        phone_ar.goto(url)
        look_at(phone_ar, name)
    enter(phone_ar, term.user)
    for url, name in (
        ("/ar/regional/", "ar-region"),
        ("/ar/regional/coverage/", "ar-coverage"),
        ("/ar/regional/focal-points/", "ar-focal-points"),
        (f"/ar/regional/applications/{application.pk}/", "ar-view"),
    ):
        phone_ar.goto(url)
        look_at(phone_ar, name)


@pytest.mark.behaviour("D-07", "D-08")
def test_a_deputy_stands_in_and_the_region_is_handed_over(page, enter, look_at):
    """The desk names a deputy; an absence passes the work; the deputy recommends; the desk hands over."""
    head = person_with(Role.HEAD, name="Hanna Head")
    term = appointed(UserFactory(name="Rosa Regional"), by=head, regions=["002"])
    dina = UserFactory(name="Dina Deputy", email="dina@networks.example")
    UserFactory(name="Sofia Successor", email="sofia@networks.example")
    StakeholderFactory(name="Harbour Trust")
    sent_application(name="Coastal Watch")
    enter(page, head)
    page.goto(f"/en/desk/vetting/appointments/{term.pk}/")
    page.get_by_role("link", name="Deputies and absences").click()
    page.get_by_label("E-mail address of the deputy").fill("dina@networks.example")
    page.get_by_role("button", name="Name the deputy").click()
    expect(page.locator("main")).to_contain_text("Dina Deputy")
    look_at(page, "deputies")

    enter(page, term.user)
    page.goto("/en/regional/")
    look_at(page, "workspace")
    page.get_by_role("link", name=re.compile("^from .* to ")).click()
    page.get_by_role("button", name="Enter the absence").click()
    look_at(page, "term-wrong")
    page.get_by_label("Deputy").select_option(label="Dina Deputy")
    page.get_by_label("First day of the absence").fill(today().isoformat())
    page.get_by_label("Last day of the absence").fill((today() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Enter the absence").click()
    expect(page.locator("main")).to_contain_text("Dina Deputy is deputy")
    page.get_by_label("Notes for deputies").fill("Ring the harbour office first.")
    page.get_by_role("button", name="Save the notes").click()
    page.get_by_label("Name me on the public page").check()
    page.get_by_role("button", name="Save what is shown").click()
    look_at(page, "term")

    enter(page, dina)
    _stand_in(page, look_at)
    enter(page, head)
    page.goto(f"/en/desk/vetting/appointments/{term.pk}/")
    _hand_over(page, look_at)


def _stand_in(page, look_at):
    page.goto("/en/regional/")
    expect(page.locator("main")).to_contain_text("You are deputy for Rosa Regional")
    page.get_by_role("link", name="Notes for you").click()
    expect(page.locator("main")).to_contain_text("Ring the harbour office first.")
    look_at(page, "standing-in")
    page.goto("/en/regional/coverage/")
    look_at(page, "region-coverage")
    page.goto("/en/regional/stakeholders/")
    look_at(page, "region-stakeholders")
    page.goto("/en/regional/")
    page.get_by_role("link", name=re.compile("^Give your view")).click()
    page.get_by_label("Supports it", exact=True).check()
    page.get_by_label("Known in the region for this work").check()
    page.get_by_label("In a few words").fill("We have worked with them for years.")
    page.get_by_role("button", name="Submit my view").click()
    expect(page.locator("main")).to_contain_text("your view")

    page.goto("/en/regional/focal-points/")
    page.get_by_role("link", name=re.compile("^Write a message")).click()
    page.get_by_label("What it is about").fill("A question")
    page.get_by_label("Your message").fill("Where do we meet?")
    look_at(page, "enquiry-write")
    page.get_by_role("button", name="Send the message").click()
    expect(page.locator("main")).to_contain_text("Where do we meet?")
    look_at(page, "enquiry")


def _hand_over(page, look_at):
    page.get_by_role("link", name="Hand over to another person").click()
    page.get_by_label("E-mail address of the successor").fill("sofia@networks.example")
    look_at(page, "hand-over-who")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Note to the successor").fill("Good luck.")
    look_at(page, "hand-over-what")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("Sofia Successor")
    look_at(page, "hand-over-check")
    page.get_by_role("button", name="Hand over now").click()
    expect(page.locator("main")).to_contain_text("Sofia Successor follows Rosa Regional")
    look_at(page, "handed-over")
    page.goto("/en/regional/focal-points/")
    expect(page.locator("main")).to_contain_text("No focal point is named here yet")
    look_at(page, "focal-points")
