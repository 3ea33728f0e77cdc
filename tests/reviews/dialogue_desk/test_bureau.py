"""The Extended Bureau's round trip: a list out, an answer in, tried before it is taken over."""

import csv
import io

import pytest
from django.urls import reverse

from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogue_desk import actions as dialogue_desk_actions
from reviews.dialogue_desk import actions_bureau as dialogue_desk_actions_bureau
from reviews.dialogue_desk.models import BureauList, Objection
from reviews.dialogues.models import DialogueApplication
from stakeholders.entries.models import Stakeholder
from tests.factories.dialogues import DialogueFactory, line_in, with_bureau
from tests.factories.stakeholders import StakeholderFactory
from workflow.drafts.models import DraftDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue(reference):
    return DialogueFactory()


def answer_to(made: BureauList, change=lambda rows: None) -> bytes:
    _heads, *cells = csv.reader(io.StringIO(made.text))
    rows = [dict(zip(dialogue_desk_actions_bureau.HEADER, row, strict=True)) for row in cells]
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, dialogue_desk_actions_bureau.HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def test_the_answer_is_tried_drafted_and_told_to_nobody(keeper, dialogue):
    one, two, three = with_bureau(dialogue)
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    assert set(made.rows) == {str(line.pk) for line in (one, two, three)}

    def decide(rows):
        rows[0] |= {"decision": "Accept"}
        rows[1] |= {"decision": "refuse", "reason": "objection", "objection": "State X objects."}

    tried = dialogue_desk_actions_bureau.read_answer(
        made, "answer.csv", answer_to(made, decide), actor=keeper
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
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    assert [row["stakeholder"] for row in csv.DictReader(io.StringIO(made.text))] == ["Called so now"]


def test_the_file_says_what_it_takes_and_takes_the_words_of_the_page(keeper, dialogue):
    with_bureau(dialogue)
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    heads, *rows = csv.reader(io.StringIO(made.text))
    assert "decision (accept / wait / refuse)" in heads
    assert "reason (places / objection / priority / not_stated)" in heads
    # Its own headings come back as they went out.
    for row, word in zip(rows, ("Accepted", "Waiting list", "not accepted"), strict=True):
        row[heads.index("decision (accept / wait / refuse)")] = word
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    tried = dialogue_desk_actions_bureau.read_answer(
        made, "answer.csv", out.getvalue().encode(), actor=keeper
    )
    assert (tried.faults, [row["outcome"] for row in tried.rows]) == ([], ["accept", "wait", "refuse"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[0].update(id="999999"), "is not on this list"),
        (lambda rows: rows.append(dict(rows[0])), "is in the file twice"),
        (lambda rows: rows[0].update(stakeholder="Another"), "The application's data in this row"),
        (lambda rows: rows[0].update(digest="0" * 64), "The application's data in this row"),
        (lambda rows: rows[0].update(decision="maybe"), "is not a decision"),
        (lambda rows: rows[0].update(decision="refuse", reason="dislike"), "is not a class of reason"),
        (lambda rows: rows[0].update(id="=1+1"), "is not on this list"),
        (
            lambda rows: rows[0].update(decision="") or rows[1].update(decision=""),
            "No row contains a decision",
        ),
    ],
)
def test_a_file_with_faults_is_refused_with_reasons(keeper, dialogue, change, said):
    with_bureau(dialogue, 2)
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)

    def decide(rows):
        for row in rows:
            row["decision"] = "accept"
        change(rows)

    tried = dialogue_desk_actions_bureau.read_answer(
        made, "answer.csv", answer_to(made, decide), actor=keeper
    )
    assert said in " ".join(one["text"] for one in tried.faults)
    with pytest.raises(WrongState):
        dialogue_desk_actions_bureau.take_over(tried, actor=keeper)
    assert not DraftDecision.objects.exists()


def test_a_row_whose_application_changed_meanwhile_is_refused(keeper, dialogue):
    one, two = with_bureau(dialogue, 2)
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)

    def decide(rows):
        for row in rows:
            row["decision"] = "accept"

    good = dialogue_desk_actions_bureau.read_answer(made, "answer.csv", answer_to(made, decide), actor=keeper)
    dialogue_applications_actions.withdraw(one, actor=one.application.applicant)
    late = dialogue_desk_actions_bureau.read_answer(made, "answer.csv", answer_to(made, decide), actor=keeper)
    assert "no longer with the Extended Bureau" in late.faults[0]["text"]
    # Also between the trial and the taking over.
    with pytest.raises(WrongState):
        dialogue_desk_actions_bureau.take_over(good, actor=keeper)
    DialogueApplication.objects.filter(pk=two.application_id).update(wants_to_speak=True)
    changed = dialogue_desk_actions_bureau.read_answer(
        made, "answer.csv", answer_to(made, decide), actor=keeper
    )
    assert "has changed since the list was made" in changed.faults[1]["text"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", b""])
def test_what_is_no_list_is_refused(as_keeper, keeper, dialogue, content):
    with_bureau(dialogue, 1)
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    with pytest.raises(DomainError):
        dialogue_desk_actions_bureau.read_answer(made, "x.csv", content, actor=keeper)


def test_an_answer_in_which_a_quotation_mark_is_not_closed_is_refused_with_its_line(keeper, dialogue):
    """It would swallow the decisions that follow."""
    with_bureau(dialogue)
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    head, first, second, third = answer_to(made, lambda _rows: None).decode("utf-8-sig").splitlines()
    content = "\n".join([head, first, f'"{second}', third]).encode()
    with pytest.raises(DomainError) as refusal:
        dialogue_desk_actions_bureau.read_answer(made, "x.csv", content, actor=keeper)
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
    made = dialogue_desk_actions_bureau.make_list(dialogue, actor=keeper)
    text = made.text
    assert "A ramp" not in text
    assert "woman" not in text
    assert "no funds" not in text
    assert "'=cmd()" in text
    assert "Ships; '=1+1" in text
    _head, row = csv.DictReader(io.StringIO(text), dialogue_desk_actions_bureau.HEADER)
    assert [dialogue_desk_actions_bureau.digest_of_row(row)] == list(made.rows.values())


def test_objections_are_the_desks_alone(client, as_keeper, keeper, dialogue):
    line = line_in("with_bureau", dialogue)
    dialogue_desk_actions.object_to(line, actor=keeper, text="State X objects.")
    assert "State X objects." in as_keeper.get(reverse("dialoguedesk:line", args=[line.pk])).text
    client.force_login(line.application.applicant)
    assert "State X" not in client.get(line.get_absolute_url()).text
