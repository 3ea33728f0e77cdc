"""A coordinator builds the work plan of a network by keyboard and mouse, and everybody reads it."""

import os

from django.utils.timezone import localdate
from playwright.sync_api import expect

from coordination.networks.enums import NetworkRole
from coordination.networks.models_parts import NetworkPlan, PlanStep
from tests.factories.networks import NetworkFactory, member_in

SHOTS = os.environ.get("WHATSON_SHOTS", "")


def test_a_coordinator_builds_a_work_plan(page, phone_ar, live_server, enter, look_at):
    network = NetworkFactory(
        name="Network for the coast", kind="net4u", region_id="002", about="We watch the **coast**."
    )
    coordinator = member_in(network, NetworkRole.COORDINATOR, name="Coastal Watch").person
    member_in(network, name="Harbour Aid")
    year = localdate().year
    enter(page, coordinator)
    page.goto(f"/en/networks/{network.pk}/")
    look_at(page, "network")
    page.get_by_role("link", name="Begin a plan").click()
    page.get_by_role("radio", name="Work plan").check()
    page.get_by_label("Title").fill("What we do together")
    page.get_by_label("Begins on").fill(f"{year}-01-01")
    page.get_by_label("Ends on").fill(f"{year - 1}-12-31")
    page.get_by_role("radio", name="Everybody").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-error", has_text="after the beginning")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("What we do together")  # nothing typed is lost
    look_at(page, "plan-refused")
    page.get_by_label("Ends on").fill(f"{year}-12-31")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing is planned yet")).to_be_visible()

    page.get_by_role("link", name="Add an objective").click()
    page.get_by_label("Title").fill("Know what happens along the coast")
    page.get_by_role("button", name="Save").click()
    for title, first, last in (("Agree on what is counted", "02", "04"), ("Count", "05", "11")):
        page.get_by_role("link", name="Add an activity").click()
        page.get_by_label("What is done").fill(title)
        page.get_by_label("Begins on").fill(f"{year}-{first}-01")
        page.get_by_label("Ends on").fill(f"{year}-{last}-28")
        page.get_by_role("checkbox", name="Harbour Aid").check()
        page.get_by_role("button", name="Save").click()
    rows = page.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Harbour Aid")
    page.get_by_role("link", name="Agree on what is counted").click()
    page.get_by_label("Comment").first.fill("We met in Mombasa.")
    page.get_by_role("button", name="It has begun").click()
    expect(page.locator(".timeline")).to_contain_text("We met in Mombasa.")
    look_at(page, "step")
    assert PlanStep.objects.get(title="Agree on what is counted").status == "under_way"
    plan = NetworkPlan.objects.get()
    page.goto(f"/en/networks/plans/{plan.pk}/")
    look_at(page, "plan")

    phone_ar.goto(f"/ar/networks/plans/{plan.pk}/")
    expect(phone_ar.get_by_text("Agree on what is counted")).to_be_visible()
    look_at(phone_ar, "plan-ar")
    phone_ar.get_by_role("link", name="Network for the coast").click()
    look_at(phone_ar, "network-ar")
