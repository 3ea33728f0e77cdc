"""The Extended Bureau's round trip: a list out, an answer in, tried before it is taken over."""

import csv
import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogue_desk import actions as dialogue_desk_actions
from reviews.dialogue_desk import actions_bureau as dialogue_desk_actions_bureau
from reviews.dialogue_desk import bureau_files
from reviews.dialogue_desk.models import BureauList, Objection
from reviews.dialogues.models import DialogueApplication
from stakeholders.entries.models import Stakeholder
from tests.factories.dialogues import DialogueFactory, line_in, with_bureau
from tests.factories.stakeholders import StakeholderFactory
from tests.support import bytes_of, markup_of
from workflow.drafts.models import DraftDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue(reference):
    return DialogueFactory()


def answer_to(bureau_list: BureauList, change=lambda rows: None) -> bytes:
    _heads, *cells = csv.reader(io.StringIO(bureau_list.text))
    rows = [dict(zip(bureau_files.HEADER, row, strict=True)) for row in cells]
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, bureau_files.HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def test_the_answer_is_tried_drafted_and_told_to_nobody(keeper, dialogue):
    first, second, third = with_bureau(dialogue)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    assert set(bureau_list.rows) == {str(line.pk) for line in (first, second, third)}

    def decide(rows):
        rows[0] |= {"decision": "Accept"}
        rows[1] |= {"decision": "refuse", "reason": "objection", "objection": "State X objects."}

    tried = dialogue_desk_actions_bureau.read_answer(
        bureau_list, "answer.csv", answer_to(bureau_list, decide), actor=keeper
    )
    assert tried.faults == []
    assert DraftDecision.objects.count() == 0
    assert dialogue_desk_actions_bureau.take_over(tried, actor=keeper) == 2
    drafts = dict(DraftDecision.objects.values_list("move", "reason"))
    assert drafts == {"accept": "", "refuse": "objection"}
    assert Objection.objects.get().text == "State X objects."
    assert not Message.objects.exclude(kind="reviews.dialogue_received").exists()
    with pytest.raises(WrongState):
        dialogue_desk_actions_bureau.take_over(tried, actor=keeper)


def test_a_list_made_after_a_rename_has_the_name_of_now(keeper, dialogue):
    """Seen on a running portal: the list named a stakeholder as it was called when it applied."""
    line = with_bureau(dialogue, 1)[0]
    Stakeholder.objects.filter(pk=line.application.stakeholder_id).update(name="Called so now")
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    assert [row["stakeholder"] for row in csv.DictReader(io.StringIO(bureau_list.text))] == ["Called so now"]


def test_the_file_says_what_it_takes_and_takes_the_words_of_the_page(keeper, dialogue):
    with_bureau(dialogue)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    heads, *rows = csv.reader(io.StringIO(bureau_list.text))
    assert "decision (accept / wait / refuse)" in heads
    assert "reason (places / objection / priority / not_stated)" in heads
    # Its own headings come back as they went out.
    for row, word in zip(rows, ("Accepted", "Waiting list", "not accepted"), strict=True):
        row[heads.index("decision (accept / wait / refuse)")] = word
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    tried = dialogue_desk_actions_bureau.read_answer(
        bureau_list, "answer.csv", out.getvalue().encode(), actor=keeper
    )
    assert (tried.faults, [row["outcome"] for row in tried.rows]) == ([], ["accept", "wait", "refuse"])


@pytest.mark.parametrize(
    ("change", "message", "cells"),
    [
        (lambda rows: rows[0].update(id="999999"), "is not on this list", ["A2"]),
        (lambda rows: rows.append(dict(rows[0])), "is in the file twice", ["A4"]),
        (lambda rows: rows[0].update(stakeholder="Another"), "The application's data in this row", ["B2"]),
        (lambda rows: rows[0].update(digest="0" * 64), "The application's data in this row", ["L2"]),
        (lambda rows: rows[0].update(decision="maybe"), "is not a decision", ["M2"]),
        (
            lambda rows: rows[0].update(decision="refuse", reason="dislike"),
            "is not a category of reason",
            ["N2"],
        ),
        (lambda rows: rows[0].update(id="=1+1"), "is not on this list", ["A2"]),
        (
            lambda rows: rows[0].update(decision="") or rows[1].update(decision=""),
            "No row contains a decision",
            [None],
        ),
    ],
)
def test_a_file_with_faults_is_refused_with_reasons(keeper, dialogue, change, message, cells):
    with_bureau(dialogue, 2)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)

    def decide(rows):
        for row in rows:
            row["decision"] = "accept"
        change(rows)

    tried = dialogue_desk_actions_bureau.read_answer(
        bureau_list, "answer.csv", answer_to(bureau_list, decide), actor=keeper
    )
    assert message in " ".join(fault["text"] for fault in tried.faults)
    assert [fault.get("cell") for fault in tried.faults] == cells
    with pytest.raises(WrongState):
        dialogue_desk_actions_bureau.take_over(tried, actor=keeper)
    assert not DraftDecision.objects.exists()


def test_a_row_whose_application_changed_meanwhile_is_refused(keeper, dialogue):
    first, second = with_bureau(dialogue, 2)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)

    def decide(rows):
        for row in rows:
            row["decision"] = "accept"

    good = dialogue_desk_actions_bureau.read_answer(
        bureau_list, "answer.csv", answer_to(bureau_list, decide), actor=keeper
    )
    dialogue_applications_actions.withdraw(first, actor=first.application.applicant)
    late = dialogue_desk_actions_bureau.read_answer(
        bureau_list, "answer.csv", answer_to(bureau_list, decide), actor=keeper
    )
    assert "no longer with the Extended Bureau" in late.faults[0]["text"]
    # Also between the trial and the taking over.
    with pytest.raises(WrongState):
        dialogue_desk_actions_bureau.take_over(good, actor=keeper)
    DialogueApplication.objects.filter(pk=second.application_id).update(wants_to_speak=True)
    changed = dialogue_desk_actions_bureau.read_answer(
        bureau_list, "answer.csv", answer_to(bureau_list, decide), actor=keeper
    )
    assert "has changed since the list was made" in changed.faults[1]["text"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", b""])
def test_what_is_no_list_is_refused(as_keeper, keeper, dialogue, content):
    with_bureau(dialogue, 1)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    with pytest.raises(DomainError):
        dialogue_desk_actions_bureau.read_answer(bureau_list, "x.csv", content, actor=keeper)


def test_an_answer_in_which_a_quotation_mark_is_not_closed_is_refused_with_its_line(keeper, dialogue):
    """It would swallow the decisions that follow."""
    with_bureau(dialogue)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    head, first, second, third = answer_to(bureau_list, lambda _rows: None).decode("utf-8-sig").splitlines()
    content = "\n".join([head, first, f'"{second}', third]).encode()
    with pytest.raises(DomainError) as refusal:
        dialogue_desk_actions_bureau.read_answer(bureau_list, "x.csv", content, actor=keeper)
    assert "Line 3 is not proper CSV" in refusal.value.fields["file"]


def test_the_list_tells_the_bureau_nothing_sensitive(keeper, dialogue):
    line_in(
        "with_bureau",
        dialogue,
        access_needs="A ramp.",
        gender="woman",
        travel_support=True,
        travel_reason="We have no funds.",
        mode="in_person",
        speaking_about="Ships; =1+1",
        stakeholder=StakeholderFactory(name="=cmd()", mission="We help."),
    )
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    text = bureau_list.text
    assert "A ramp" not in text
    assert "woman" not in text
    assert "no funds" not in text
    assert "'=cmd()" in text
    assert "Ships; '=1+1" in text
    _head, row = csv.DictReader(io.StringIO(text), bureau_files.HEADER)
    assert [bureau_files.digest_of_row(row)] == list(bureau_list.rows.values())


def test_objections_are_the_desks_alone(client, as_keeper, keeper, dialogue):
    line = line_in("with_bureau", dialogue)
    dialogue_desk_actions.object_to(line, actor=keeper, text="State X objects.")
    assert "State X objects." in as_keeper.get(reverse("dialoguedesk:line", args=[line.pk])).text
    client.force_login(line.application.applicant)
    assert "State X" not in client.get(line.get_absolute_url()).text


# --- As a workbook ----------------------------------------------------------------------------------------
def workbook_of(client, bureau_list: BureauList, language: str = "en"):
    url = f"/{language}/desk/dialogues/lists/{bureau_list.pk}/list.xlsx"
    return load_workbook(io.BytesIO(client.get(url).getvalue()))


def column(sheet, name: str) -> int:
    return bureau_files.HEADER.index(name) + 1


def choices_of(book, name: str) -> list[str]:
    """What the cell below a heading offers."""
    letter = book["applications"].cell(1, column(book["applications"], name)).column_letter
    offered = next(
        validation
        for validation in book["applications"].data_validations.dataValidation
        if f"{letter}2" in str(validation.sqref).split(":")[0]
    )
    _sheet, cells = offered.formula1.split("!")
    return [row[0].value for row in book["notes"][cells.replace("$", "")]]


def test_the_workbook_offers_words_locks_the_rest_and_comes_back(as_keeper, keeper, dialogue):
    with_bureau(dialogue)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    book = workbook_of(as_keeper, bureau_list)
    sheet = book["applications"]
    assert choices_of(book, "decision") == ["Accepted", "Waiting list", "Not accepted"]
    assert "There was an objection" in choices_of(book, "reason")
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "C2"
    free = {cell.column for cell in sheet[2] if not cell.protection.locked}
    assert free == {column(sheet, name) for name in bureau_files.ANSWERED}
    assert sheet["B2"].alignment.wrap_text
    assert sheet.cell(2, column(sheet, "first_time")).value == "Yes"
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    decisions = (("Accepted", ""), ("Waiting list", ""), ("Not accepted", "There was an objection"))
    for row, (decision, reason) in enumerate(decisions, start=2):
        sheet.cell(row, column(sheet, "decision")).value = decision
        sheet.cell(row, column(sheet, "reason")).value = reason
    sheet.cell(3, column(sheet, "note")).value = "=1+1"  # a formula without a value says nothing
    url = reverse("dialoguedesk:answer", args=[bureau_list.pk])
    page = as_keeper.post(url, {"file": SimpleUploadedFile("answer.xlsx", bytes_of(book))}, follow=True)
    tried = bureau_list.answers.get()
    assert (tried.faults, tried.name) == ([], "answer.xlsx")
    assert [(row["outcome"], row["reason"], row["note"]) for row in tried.rows] == [
        ("accept", "", ""),
        ("wait", "", ""),
        ("refuse", "objection", ""),
    ]
    assert "Preview of decisions" in page.text
    assert dialogue_desk_actions_bureau.take_over(tried, actor=keeper) == 3


def test_a_workbook_of_any_language_is_read_in_any_other(as_keeper, keeper, dialogue):
    with_bureau(dialogue, 1)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    for language, _name in settings.LANGUAGES:
        book = workbook_of(as_keeper, bureau_list, language)
        sheet = book["applications"]
        assert sheet.sheet_view.rightToLeft == (language == "ar")
        sheet.cell(2, column(sheet, "decision")).value = choices_of(book, "decision")[2]
        sheet.cell(2, column(sheet, "reason")).value = choices_of(book, "reason")[0]
        tried = dialogue_desk_actions_bureau.read_answer(bureau_list, "a.xlsx", bytes_of(book), actor=keeper)
        assert (tried.faults, tried.rows[0]["outcome"], tried.rows[0]["reason"]) == ([], "refuse", "places")


def test_no_word_of_a_workbook_means_two_things():
    """In whichever language: what comes back is read in all of them."""
    labels = {"headings": bureau_files.HEADINGS.items(), **bureau_files.CODED}
    for name, pairs in labels.items():
        meant: dict[str, set[str]] = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                for code, label in pairs:
                    meant.setdefault(bureau_files.fold(str(label)), set()).add(code)
        assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}, name


def test_a_fault_in_a_workbook_is_told_by_its_cell(as_keeper, keeper, dialogue):
    with_bureau(dialogue, 2)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    book = workbook_of(as_keeper, bureau_list)
    sheet = book["applications"]
    sheet["B3"].value, sheet["M2"].value = "Another", "Perhaps"
    url = reverse("dialoguedesk:answer", args=[bureau_list.pk])
    page = markup_of(as_keeper.post(url, {"file": SimpleUploadedFile("a.xlsx", bytes_of(book))}, follow=True))
    assert "Row 2, cell M2: “Perhaps” is not a decision. Write Accepted, Waiting list, Not accepted." in page
    assert "Row 3, cell B3: The application&#x27;s data in this row were changed in the file." in page
    assert "Draft these decisions" not in page


def test_a_workbook_too_large_once_unpacked_is_refused_before_it_is_opened(as_keeper, keeper, dialogue):
    with_bureau(dialogue, 1)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    url = reverse("dialoguedesk:answer", args=[bureau_list.pk])
    page = as_keeper.post(url, {"file": SimpleUploadedFile("bomb.xlsx", into.getvalue())})
    assert "too large once unpacked" in page.text
    assert not bureau_list.answers.exists()


def test_long_texts_come_back_as_they_went_out(as_keeper, keeper, dialogue):
    """A cell of a workbook holds 32,767 characters, and no more of a text is listed."""
    line_in("with_bureau", dialogue, wants_to_speak=True, speaking_about="word " * 8_000)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    book = workbook_of(as_keeper, bureau_list)
    book["applications"].cell(2, column(book["applications"], "decision")).value = "Accepted"
    tried = dialogue_desk_actions_bureau.read_answer(bureau_list, "a.xlsx", bytes_of(book), actor=keeper)
    assert (tried.faults, len(tried.rows)) == ([], 1)
