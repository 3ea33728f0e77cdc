"""The desk imports a file with errors, mends it, imports it and undoes it, in a real browser."""

import csv
import io
import re
from pathlib import Path

import pytest

from accounts.people.enums import Role
from stakeholders.entries.models import Stakeholder
from stakeholders.imports import actions_worker as imports_actions_worker
from stakeholders.imports.models import Import
from tests.factories.accounts import person_with
from tests.factories.imports import checked

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = "name,kind,country,city\nCoastal Watch,ngo,KEN,Mombasa\nInland Watch,ngo,Atlantis,Nakuru\n"


def send(page, name, content):
    page.goto("/en/desk/vetting/imports/")
    page.get_by_label("Source", exact=True).fill("A public register")
    page.get_by_label("File", exact=False).last.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Upload and map the columns").click()
    page.get_by_role("button", name="Make the dry run").click()
    page.get_by_text("rows have been read so far").wait_for()
    imports_actions_worker.work(Import.objects.latest("pk").pk)


@pytest.mark.behaviour("D-21")
def test_a_file_with_errors_is_mended_imported_and_undone(page, axe, enter, reference):
    enter(page, person_with(Role.HEAD))
    page.goto("/en/desk/vetting/imports/")
    axe(page)
    send(page, "list.csv", BROKEN)
    page.get_by_text("1 row has errors.").wait_for()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download as CSV.*Rows with errors")).click()
    (line,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
    assert line["error"].startswith("row 3, country: This country or area is not known.")

    send(page, "mended.csv", BROKEN.replace("Atlantis", "Kenya"))
    page.get_by_role("button", name="Import 2 rows").click()
    page.get_by_text("You may leave this page").wait_for()
    imports_actions_worker.work(Import.objects.latest("pk").pk)
    page.get_by_role("link", name="Undo this import").click()
    assert Stakeholder.objects.count() == 2
    axe(page)
    page.get_by_role("button", name="Undo the whole import").click()
    page.get_by_text("You may leave this page").wait_for()
    imports_actions_worker.work(Import.objects.latest("pk").pk)
    page.get_by_text("Undone. Removed: 2.").wait_for()
    assert Stakeholder.objects.count() == 0
    axe(page)


def test_the_pages_hold_in_arabic_on_a_phone(phone_ar, axe, enter, reference):
    desk = person_with(Role.HEAD)
    of = checked(desk, BROKEN)
    enter(phone_ar, desk)
    for address in ("", f"{of.pk}/columns/", f"{of.pk}/", f"{of.pk}/?rows=new"):
        phone_ar.goto(f"/ar/desk/vetting/imports/{address}")
        axe(phone_ar)
