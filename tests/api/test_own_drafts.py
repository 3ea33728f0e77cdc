"""Drafts of one's own: begun, written, deleted and submitted by programs, each as its page would let one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.tokens.enums import TokenScope
from events.proposals import actions as proposals_actions
from events.proposals.models import Proposal
from events.reviewing import actions as reviewing_actions
from resources.curation import actions as curation_actions
from resources.records.models import Resource
from resources.suggestions import actions as suggestions_actions
from reviews.calls.models import Call
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from reviews.dialogue_applications import actions as applications_actions
from reviews.dialogues.models import DialogueApplication
from reviews.moderation import actions as moderation_actions
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Stakeholder
from tests.api.own import Program, path_of
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import RoundFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import run_together, statements_of
from workflow.receipts.models import Receipt

pytestmark = pytest.mark.django_db


@dataclass
class Kind:
    """`begun`: what a POST is for. `whole`: what can be submitted; without `needed` it cannot."""

    path: str
    rows: Any
    act: Any
    saving: str
    begun: dict[str, Any]
    whole: dict[str, Any]
    needed: str
    is_one_each: bool = True

    def answers(self, **more):
        return self.begun | self.whole | more


def contribution(entry):
    call = CallFactory()
    first, second = call.questions.all()
    return Kind(
        "/api/v1/me/contributions/",
        Contribution.objects,
        contributions_actions,
        "save_answers",
        {"call": call.pk, "stakeholder": entry.pk},
        {
            first.field: "Courts hear victims.",
            second.field: "",
            "visibility": "public",
            "language": "en",
            "links": [{"label": "A report", "url": "https://a.example/report"}],
            "countries": ["KEN"],
        },
        first.field,
    )


def proposal(entry):
    return Kind(
        "/api/v1/me/proposals/",
        Proposal.objects,
        proposals_actions,
        "save",
        {"event": RoundFactory().event_id, "lead": entry.pk},
        {
            "title": "Ports",
            "summary": "What ports can do.",
            "language": "en",
            "theme": "trafficking-in-persons",
            "mode": "hybrid",
            "spoken": ["en", "fr"],
            "mission_informed": "no",
            "expected": 40,
            "logos_agreed": True,
            "speakers": [
                {
                    "name": "A. Speaker",
                    "role": "chair",
                    "affiliation": "Institute",
                    "address": "",
                    "mode": "",
                    "is_registered": "yes",
                    "gender": "",
                }
            ],
        },
        "title",
    )


def suggestion(entry):
    return Kind(
        "/api/v1/me/suggestions/",
        Resource.objects,
        suggestions_actions,
        "save",
        {"stakeholder": entry.pk},
        {
            "kind": "guide",
            "language": "fr",
            "title": "Un guide",
            "abstract": "Pour les ports.",
            "link": "https://a.example/guide",
            "authors": ["A. Writer", "B. Writer"],
            "published_on": "2024-05",
            "topics": ["firearms"],
            "countries": ["KEN"],
            "audience": "public",
            "editions": [
                {
                    "language": "es",
                    "text_title": "Una guía",
                    "abstract": "",
                    "link": "",
                    "translated_by": "",
                    "short_form": "",
                    "full_form": "",
                }
            ],
            "note": "Please read it.",
        },
        "topics",
        is_one_each=False,
    )


def application(entry):
    dialogue = DialogueFactory()
    topic = dialogue.event.topics.get()
    return Kind(
        "/api/v1/me/dialogue-applications/",
        DialogueApplication.objects,
        applications_actions,
        "save",
        {"stakeholder": entry.pk},
        {
            "dialogues": [dialogue.pk],
            f"topic_{topic.pk}": "Ten years of it.",
            "language": "en",
            "mode": "online",
            "travel_support": False,
            "wants_to_speak": True,
            "speaking_about": "Ports",
            "shares_with_bureau": True,
        },
        "mode",
    )


@pytest.fixture
def entry():
    return StakeholderFactory(mission="We protect victims.")


@pytest.fixture(
    params=[contribution, proposal, suggestion, application], ids=lambda make_kind: make_kind.__name__
)
def kind(request, entry):
    return request.param(entry)


@pytest.fixture
def person(entry):
    return member_of(entry, MemberRole.EDITOR)


@pytest.fixture
def asks(person):
    return Program(person)


def blank(value: Any) -> Any:
    return [] if isinstance(value, list) else ""


# --- What can be done --------------------------------------------------------------------------------
def test_a_draft_is_begun_written_and_submitted(kind, asks):
    created = asks.post(kind.path, kind.begun)
    assert created.status_code == 201, created.text
    path = path_of(created)
    written = asks.patch(path, kind.whole, created["ETag"])
    assert written.status_code == 200, written.text
    answers = kind.answers()
    assert {name: written.json()[name] for name in answers} == answers
    read = asks.get(path)
    assert (read.json(), read["ETag"]) == (written.json(), written["ETag"])
    back = asks.patch(path, read.json(), read["ETag"])
    assert (back.status_code, back.json()) == (200, read.json())
    sent = asks.submit(path, back["ETag"])
    assert sent.status_code == 200, sent.text
    assert sent.json() == asks.get(path).json()
    row = kind.rows.get()
    assert row.submitted_at is not None
    if "receipt" in sent.json():
        assert sent.json()["receipt"] == Receipt.objects.about(row).get().reference
    listed = asks.get(kind.path).json()["results"]
    assert [listed_row["id"] for listed_row in listed] == [row.pk]


def test_a_draft_is_begun_with_all_that_it_says(kind, asks):
    created = asks.post(kind.path, kind.answers())
    assert created.status_code == 201, created.text
    assert {name: created.json()[name] for name in kind.answers()} == kind.answers()
    assert asks.submit(path_of(created), created["ETag"]).status_code == 200


def test_a_draft_is_deleted_and_then_gone(kind, asks):
    path = path_of(asks.post(kind.path, kind.answers()))
    assert asks.delete(path, "").status_code == 428
    assert asks.delete(path, '"other"').status_code == 412
    assert asks.delete(path).status_code == 204
    assert not kind.rows.exists()
    for answer in (asks.get(path), asks.delete(path, "*"), asks.patch(path, {}, "*"), asks.submit(path, "*")):
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


# --- What is refused ---------------------------------------------------------------------------------
def test_what_is_missing_stands_at_its_field_and_nothing_is_submitted(kind, asks):
    path = path_of(asks.post(kind.path, kind.answers() | {kind.needed: blank(kind.whole[kind.needed])}))
    assert asks.submit(path, "").status_code == 428
    refused = asks.submit(path)
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert kind.needed in refused.json()["errors"]
    assert kind.rows.get().submitted_at is None
    assert asks.post(f"{path}submit/", {"title": "x"}, "*").json()["errors"].keys() == {"title"}
    assert asks.patch(path, kind.whole).status_code == 200
    assert asks.submit(path).status_code == 200


def test_to_submit_twice_is_refused_and_changes_nothing(kind, asks):
    created = asks.post(kind.path, kind.answers())
    path = path_of(created)
    assert asks.submit(path, created["ETag"]).status_code == 200
    before = asks.get(path).json()
    again = asks.submit(path, created["ETag"])
    assert (again.status_code, again["Content-Type"]) == (412, "application/problem+json")
    for refused in (asks.submit(path), asks.patch(path, kind.whole), asks.delete(path)):
        assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
        assert refused.json()["detail"]
    assert asks.get(path).json() == before
    assert Receipt.objects.count() <= 1


def test_to_begin_twice_leads_to_the_draft_that_is_there(kind, asks):
    created = asks.post(kind.path, kind.answers())
    again = asks.post(kind.path, kind.begun)
    if not kind.is_one_each:
        assert again.status_code == 201
        return
    assert (again.status_code, again["Location"]) == (409, created["Location"])
    assert asks.get(path_of(created)).json() == created.json()
    assert kind.rows.count() == 1


def test_what_was_begun_on_the_page_and_left_blank_is_written_by_the_program(entry, person, asks):
    kind = contribution(entry)
    row = contributions_actions.begin(Call.objects.get(), entry, actor=person)
    created = asks.post(kind.path, kind.answers())
    assert (created.status_code, created.json()["id"]) == (201, row.pk)


def test_what_the_form_refuses_begins_no_draft(kind, asks, subtests):
    for wrong in ({"language": "zoo"}, {"language": 1}, {"colour": "red"}):
        with subtests.test(wrong=wrong):
            refused = asks.post(kind.path, kind.answers() | wrong)
            assert refused.status_code == 400
            assert refused.json()["errors"].keys() == wrong.keys()
            assert not kind.rows.exists()


def test_what_is_fixed_stays(kind, asks):
    path = path_of(asks.post(kind.path, kind.answers()))
    for name in ("id", *kind.begun):
        refused = asks.patch(path, {name: 1_000_000})
        assert (refused.status_code, refused.json()["errors"].keys()) == (400, {name})
    stated = "submitted_at" if "submitted_at" in asks.get(path).json() else "status"
    assert asks.patch(path, {stated: "published"}).json()["errors"].keys() == {stated}


# --- What was returned with questions ----------------------------------------------------------------
def ask_about(kind, field):
    """The desk reads what was sent, and asks about one field."""
    row, requests = kind.rows.get(), {field: "Which ones?"}
    if kind.rows.model is Contribution:
        actor = person_with(Role.REVIEWS)
        moderation_actions.take(row, actor=actor)
        moderation_actions.return_with_questions(row, actor=actor, requests=requests)
    elif kind.rows.model is Proposal:
        actor = person_with(Role.EVENTS)
        reviewing_actions.take(row, actor=actor)
        until = now() + timedelta(days=7)
        reviewing_actions.ask_for_completion(row, actor=actor, requests=requests, until=until)
    else:
        actor = person_with(Role.CURATION)
        curation_actions.take(row, actor=actor)
        curation_actions.hold(row, actor=actor, questions=requests)


@pytest.mark.parametrize("make", [contribution, proposal, suggestion])
def test_what_the_desk_asks_about_opens_again_and_nothing_else(entry, asks, make):
    kind = make(entry)
    path = path_of(asks.post(kind.path, kind.answers()))
    asks.submit(path)
    first = asks.get(path).json().get("receipt")
    field = "title" if make is suggestion else kind.needed
    ask_about(kind, field)
    read = asks.get(path).json()
    assert read["asked"] == {field: "Which ones?"}
    assert field in read
    assert "language" not in read
    assert asks.patch(path, {"language": "fr"}).json()["errors"].keys() == {"language"}
    assert asks.delete(path).status_code == 409
    assert asks.patch(path, {field: "The courts of Mombasa."}).status_code == 200
    answered = asks.submit(path)
    assert answered.status_code == 200, answered.text
    assert (answered.json()["asked"], answered.json()[field]) == ({}, "The courts of Mombasa.")
    if first is not None:
        assert answered.json()["receipt"] != first


def test_after_the_closing_nothing_is_begun_or_sent(entry, asks):
    kind = contribution(entry)
    path = path_of(asks.post(kind.path, kind.answers()))
    Call.objects.update(closes_at=now() - timedelta(minutes=1))
    refused = asks.submit(path)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert asks.delete(path).status_code == 204
    assert asks.post(kind.path, kind.begun).status_code == 409
    assert not kind.rows.exists()


def test_a_browser_writes_only_with_the_token_of_its_forms(kind, person, asks):
    path = path_of(asks.post(kind.path, kind.answers()))
    browser = Client(enforce_csrf_checks=True, headers={"If-Match": "*"})
    browser.force_login(person)
    for answer in (
        browser.post(kind.path, kind.begun, content_type="application/json"),
        browser.patch(path, {}, content_type="application/json"),
        browser.delete(path),
        browser.post(f"{path}submit/"),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


# --- Whose it is -------------------------------------------------------------------------------------
def test_it_is_begun_for_ones_own_stakeholders_and_for_what_one_may_see(kind, entry):
    for person in (member_of(StakeholderFactory()), member_of(entry, MemberRole.READER)):
        refused = Program(person).post(kind.path, kind.answers())
        assert refused.status_code == 400
        assert refused.json()["errors"].keys() == {list(kind.begun)[-1]}
    for name in kind.begun:
        for number in (999_999, "1", None, 10**30):
            refused = Program(member_of(entry)).post(kind.path, kind.answers() | {name: number})
            assert (refused.status_code, refused.json()["errors"].keys()) == (400, {name})
    assert not kind.rows.exists()


def test_others_meet_nothing_and_a_token_only_does_what_it_may(kind, entry, asks, person, client):
    created = asks.post(kind.path, kind.answers())
    path, tag = path_of(created), created["ETag"]
    staff = person_with(Role.HEAD)
    for other in (member_of(StakeholderFactory()), member_of(entry, MemberRole.READER), staff):
        program = Program(other)
        assert program.get(kind.path).json()["results"] == []
        for answer in (
            program.get(path),
            program.patch(path, {}, tag),
            program.delete(path, "*"),
            program.submit(path, "*"),
        ):
            assert answer.status_code == 404
    reads = Program(person, TokenScope.OWN)
    assert reads.get(path).status_code == 200
    for refused in (
        reads.post(kind.path, kind.answers()),
        reads.patch(path, {}, tag),
        reads.delete(path, tag),
        reads.submit(path, tag),
    ):
        assert refused.status_code == 403
    assert client.post(kind.path, {}, content_type="application/json").status_code == 401
    assert client.post(f"{path}submit/").status_code == 401
    assert asks.get(path)["ETag"] == tag


def test_what_belongs_to_a_suspended_stakeholder_is_not_there(kind, entry, asks):
    path = path_of(asks.post(kind.path, kind.answers()))
    Stakeholder.objects.filter(pk=entry.pk).update(status=Status.SUSPENDED)
    for answer in (asks.get(path), asks.patch(path, {}, "*"), asks.delete(path, "*"), asks.submit(path, "*")):
        assert answer.status_code == 404


def test_a_draft_of_a_colleague_is_the_stakeholders_but_an_application_the_persons(kind, entry, asks):
    path = path_of(asks.post(kind.path, kind.answers()))
    colleague = Program(member_of(entry))
    own = kind.rows.model is DialogueApplication
    assert colleague.get(path).status_code == (404 if own else 200)
    assert colleague.patch(path, {}, "*").status_code == (404 if own else 200)


# --- Two at once -------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_programs_that_begin_at_once_one_is_led_to_the_other(entry, person):
    kind = contribution(entry)
    programs = [Program(person), Program(person)]
    answers = run_together(
        *(lambda program=program: program.post(kind.path, kind.answers()) for program in programs)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert kind.rows.count() == 1


@pytest.mark.parametrize("verb", ["patch", "delete", "submit"])
def test_what_another_saves_in_between_is_not_lost(kind, asks, verb, monkeypatch):
    """Between the check of the tag and the act, as of two who are equally fast."""
    path = path_of(asks.post(kind.path, kind.answers()))
    ours = {"patch": kind.saving, "delete": "discard", "submit": "submit"}[verb]
    really = getattr(kind.act, ours)

    def after_another(row, **how):
        monkeypatch.setattr(kind.act, ours, really)
        assert asks.patch(path, {"language": "ar"}).status_code == 200
        return really(row, **how)

    tag = asks.tag(path)
    monkeypatch.setattr(kind.act, ours, after_another)
    late = asks.patch(path, {"language": "ru"}, tag) if verb == "patch" else getattr(asks, verb)(path, tag)
    assert (late.status_code, late["Content-Type"]) == (412, "application/problem+json")
    assert asks.get(path).json()["language"] == "ar"
    assert kind.rows.get().submitted_at is None


# --- What it costs -----------------------------------------------------------------------------------
def test_statements_do_not_grow_with_rows(kind, entry, asks):
    path = path_of(asks.post(kind.path, kind.answers()))

    def statements():
        return [statements_of(lambda address=address: asks.get(address)) for address in (kind.path, path)]

    statements()  # lists of codes are kept from here on
    before = statements()
    for _number in range(2):
        other = StakeholderFactory()
        other.memberships.create(user=asks.person, role=MemberRole.EDITOR)
        parents = {name: other.pk if pk == entry.pk else pk for name, pk in kind.begun.items()}
        assert asks.post(kind.path, parents | kind.whole).status_code == 201
    assert statements() == before
