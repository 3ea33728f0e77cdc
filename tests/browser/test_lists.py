"""A list of members in columns of its own becomes a wave of invitations, in a real browser."""

import pytest

from accounts.people.enums import Role
from stakeholders.imports.models import Import
from stakeholders.invitations import actions_waves
from stakeholders.invitations.models import Wave
from stakeholders.tasks import heavy_import
from tests.factories.accounts import person_with
from tests.factories.imports import workbook
from tests.factories.invited import a_list, a_wave
from tests.factories.members import create_lookalikes, made_list, with_life

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("D-23")
def test_446_members_move_in_from_a_spreadsheet(page, look_at, enter, reference):
    create_lookalikes()
    members = made_list()
    enter(page, person_with(Role.VETTING))
    page.goto("/en/desk/vetting/invitations/")
    page.get_by_role("link", name="Add a list of members").click()
    look_at(page, "members-1-send")
    page.get_by_label("Source", exact=True).fill("Members of the former hub")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "members 2021.xlsx", "mimeType": "", "buffer": workbook(with_life(members))}
    )
    page.get_by_role("button", name="Upload and map the columns").click()
    page.get_by_text("The headings are in row 3.").wait_for()
    look_at(page, "members-2-columns")
    page.get_by_role("button", name="Make the dry run").click()
    page.get_by_text("rows have been read so far").wait_for()
    of = Import.objects.get()
    heavy_import(of.pk)
    page.get_by_text("30 rows have errors and are left out.").wait_for()
    look_at(page, "members-3-dry-run")
    page.get_by_label("The same name and country (10)").select_option("same")
    page.get_by_label("The same website (4)").select_option("another")
    page.get_by_label("The same acronym and country (3)").select_option("skip")
    page.get_by_role("button", name="Save the decisions").first.click()
    page.get_by_role("heading", name="Make the wave").wait_for()
    look_at(page, "members-4-decided")
    page.get_by_label("These were members of the former hub").check()
    page.get_by_role("button", name="Make a wave of").click()
    page.get_by_text("You may leave this page").wait_for()
    heavy_import(of.pk)
    page.get_by_role("link", name="Open the wave").click()
    look_at(page, "members-5-wave")
    page.get_by_role("button", name="Send the invitations").click()
    actions_waves.send_wave(Wave.objects.get().pk)
    page.reload()
    page.get_by_role("heading", name="All written").wait_for()
    invited = members.fates["new"] + 14
    assert Wave.objects.get().invitations.filter(mailed_at__isnull=False).count() == invited
    Wave.objects.get().invitations.update(mailed_at="2026-01-01T00:00:00Z")
    page.reload()
    page.get_by_role("link", name=f"Remind {invited} people who have not answered").click()
    page.get_by_text("English –").click()
    look_at(page, "members-6-reminder")
    page.get_by_role("button", name=f"Send {invited} reminders").click()
    page.get_by_text("The reminders are being written.").wait_for()
    actions_waves.send_wave(Wave.objects.get().pk)
    page.goto(Wave.objects.get().get_absolute_url())
    look_at(page, "members-7-progress")


def test_the_pages_hold_in_arabic_on_a_phone(phone_ar, look_at, enter, reference):
    create_lookalikes()
    desk = person_with(Role.VETTING)
    rows = [[cells[5], cells[1], cells[4], cells[3], cells[6], "", cells[7]] for cells in made_list(120).rows]
    of = a_list(desk, *rows)
    wave = a_wave(12)
    actions_waves.start_wave(wave, actor=desk)
    actions_waves.send_wave(wave.pk)
    wave.invitations.update(mailed_at="2026-01-01T00:00:00Z")
    enter(phone_ar, desk)
    lists = "/ar/desk/vetting/invitations/lists"
    for name, path in (
        ("send", "/ar/desk/vetting/invitations/list/"),
        ("columns", f"{lists}/{of.pk}/columns/"),
        ("dry-run", f"{lists}/{of.pk}/"),
        ("errors", f"{lists}/{of.pk}/?rows=refused"),
        ("own-people", f"{lists}/{of.pk}/?rows=claimed"),
        ("wave", f"/ar/desk/vetting/invitations/waves/{wave.pk}/"),
        ("reminder", f"/ar/desk/vetting/invitations/waves/{wave.pk}/reminder/"),
        ("invitations", "/ar/desk/vetting/invitations/"),
    ):
        phone_ar.goto(path)
        look_at(phone_ar, f"members-ar-{name}")
