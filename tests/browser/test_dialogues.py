"""A member applies to two dialogues, the desk shortlists, the Extended Bureau answers, all is told."""

import csv
import io
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from reviews.dialogue_desk.models import BureauList
from reviews.dialogues.models import Dialogue, DialogueLine
from taxonomy.terms.models import Topic
from tests.factories.accounts import person_with
from tests.factories.dialogues import DialogueFactory
from tests.factories.seats import people_with_seats
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.mark.behaviour("R-14")
@pytest.mark.behaviour("R-15")
@pytest.mark.behaviour("R-16")
def test_a_member_applies_to_two_dialogues_and_becomes_a_participant(
    page, phone_ar, enter, look_at, tmp_path
):
    first, second = list(Topic.objects.in_order()[:2])
    firearms = DialogueFactory(event__title="Dialogue on firearms", topics=[first])
    DialogueFactory(event__title="Dialogue on trafficking", topics=[second])
    member = member_of(StakeholderFactory(name="Coastal Watch", mission="We find boats."), name="Amina")
    desk = person_with(Role.REVIEWS, name="Rana Reviews")

    enter(page, member)
    own = applies(page, look_at, first, second)
    page.context.clear_cookies()
    enter(page, desk)
    decides(page, look_at, tmp_path)
    page.context.clear_cookies()
    enter(page, member)
    page.goto(own)
    expect(page.get_by_text("You are registered.")).to_be_visible()
    look_at(page, "dialogue-own-accepted")
    assert people_with_seats(firearms.event) == {member.pk}
    assert BureauList.objects.count() == 1
    assert set(DialogueLine.objects.values_list("status", flat=True)) == {"accepted", "submitted"}
    page.get_by_role("link", name=re.compile("^Send a statement")).click()
    look_at(page, "dialogue-statement")
    reads_arabic(phone_ar, look_at, enter, own, (member, desk), firearms)


def applies(page, look_at, first, second) -> str:
    """One form, two dialogues; the address of the page where it stands."""
    page.goto("/en/dialogues/")
    look_at(page, "dialogues-list")
    page.get_by_role("link", name="Dialogue on firearms").click()
    look_at(page, "dialogue")
    page.get_by_role("link", name="Apply to this dialogue").click()
    page.get_by_role("button", name="Continue to the form").click()
    expect(page.get_by_label(re.compile("Dialogue on firearms"))).to_be_checked()
    page.get_by_label(re.compile("Dialogue on trafficking")).check()
    page.get_by_role("button", name="Check and send").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "dialogue-form-wrong")
    page.get_by_label(re.compile(f"^{re.escape(first.name)}")).fill("Ten years of marking rules.")
    page.get_by_label(re.compile(f"^{re.escape(second.name)}")).fill("Shelters in two ports.")
    page.get_by_role("radio", name="Online").check()
    page.get_by_label(re.compile("^What you need to take part")).fill("Captions.")
    page.get_by_label("The application may be given to the Extended Bureau").check()
    page.get_by_role("button", name="Check and send").click()
    look_at(page, "dialogue-check")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Your application has been submitted.")).to_be_visible()
    look_at(page, "dialogue-own")
    return str(page.url)


def decides(page, look_at, tmp_path) -> None:
    """Shortlist, the Extended Bureau and back, one batch."""
    page.goto("/en/desk/dialogues/")
    look_at(page, "dialoguedesk-home")
    page.get_by_role("link", name="Dialogue on firearms").click()
    page.get_by_text("By region, kind, first time and gender").click()
    look_at(page, "dialoguedesk")
    page.get_by_role("checkbox", name="Coastal Watch").check()
    page.get_by_role("button", name="Shortlist what is ticked").click()
    page.get_by_role("checkbox", name="Coastal Watch").check()
    page.get_by_role("button", name="Mark for the Extended Bureau").click()
    page.get_by_role("button", name="Make a list").click()
    look_at(page, "dialoguedesk-lists")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    decision = "decision (accept / wait / refuse)"
    page.get_by_role("link", name="Upload the answer").click()
    of_no_list = str(int(rows[0]["id"]) + 1000)
    wrong = _file(tmp_path / "wrong.csv", [{**rows[0], "id": of_no_list, decision: "accept"}])
    page.get_by_label("File of the Extended Bureau").set_input_files(wrong)
    page.get_by_role("button", name="Try the file").click()
    expect(page.get_by_text("File not imported: please correct the errors below")).to_be_visible()
    look_at(page, "dialoguedesk-faults")
    page.get_by_role("link", name="Upload a corrected file").click()
    right = _file(tmp_path / "right.csv", [{**rows[0], decision: "Accepted"}])
    page.get_by_label("File of the Extended Bureau").set_input_files(right)
    page.get_by_role("button", name="Try the file").click()
    look_at(page, "dialoguedesk-tried")
    page.get_by_role("button", name="Draft these decisions").click()
    expect(page.get_by_text("The decisions can be released after that.")).to_be_visible()
    Dialogue.objects.update(closes_at=now() - timedelta(minutes=1))
    page.reload()
    look_at(page, "dialoguedesk-release")
    page.get_by_role("button", name="Release and send 2 e-mails").click()
    expect(page.get_by_text("1 decision was released.")).to_be_visible()
    page.get_by_role("link", name="Coastal Watch").first.click()
    look_at(page, "dialoguedesk-line")


def reads_arabic(phone_ar, look_at, enter, own, people, dialogue) -> None:
    member, desk = people
    enter(phone_ar, member)
    for name, path in (
        ("list", "/ar/dialogues/"),
        ("page", f"/ar/dialogues/{dialogue.pk}/"),
        ("own", own[own.index("/en/") :].replace("/en/", "/ar/")),
        ("form", "/ar/dialogues/apply/"),
        ("figures", "/ar/dialogues/figures/"),
    ):
        phone_ar.goto(path)
        look_at(phone_ar, f"dialogue-{name}-ar")
    phone_ar.context.clear_cookies()
    enter(phone_ar, desk)
    for name in ("", "release/", "bureau/", "speakers/", "after/", "edit/"):
        phone_ar.goto(f"/ar/desk/dialogues/{dialogue.pk}/{name}")
        look_at(phone_ar, f"dialoguedesk-{name.strip('/')}-ar")


def _file(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
