"""The desk's pages of contributions: the queue, one page with everything, and each decision."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core import errors
from notifications.outbox.models import Message
from reviews.calls.models import Call
from reviews.contributions import actions as contributions_actions
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Contribution, ScreeningRule
from reviews.moderation import actions as moderation_actions
from tests.days import NEXT_YEAR
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, RuleFactory, draft_for, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import lines_of, text_of
from workflow.items.models import ItemRequest, WorkItem

S = ContributionStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
QUEUE = "/en/desk/calls/contributions/"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)


def at(contribution, verb=""):
    return f"{QUEUE}{contribution.pk}/" + (f"{verb}/" if verb else "")


@pytest.fixture
def call():
    return CallFactory()


@pytest.fixture
def rule():
    return RuleFactory(name_en="Unassigned; colleagues assign themselves.")


def test_the_queue_is_filtered_and_work_is_taken_and_put_back(client, keeper, call):
    first, _author = sent_for(call, StakeholderFactory(name="Harbour Watch"))
    second, _author = sent_for(CallFactory(), StakeholderFactory(name="Valley Radio"))
    colleague = person_with(Role.REVIEWS, name="Cora Colleague")
    sign_in(client, keeper)

    def names(query=""):
        return [
            contribution.stakeholder.name for _item, contribution in client.get(QUEUE + query).context["rows"]
        ]

    assert names() == ["Harbour Watch", "Valley Radio"]
    assert names(f"?call={call.pk}") == ["Harbour Watch"]
    assert names("?call=999999") == []
    assert client.post(at(first, "take")).status_code == 302
    first.refresh_from_db()
    assert first.status == S.SCREENING
    assert names("?holder=me") == ["Harbour Watch"]
    assert names("?holder=nobody") == ["Valley Radio"]
    moderation_actions.return_with_questions(second, actor=colleague, requests={"links": "Which?"})
    assert names("?waits=author") == ["Valley Radio"]
    assert names("?waits=desk") == ["Harbour Watch"]
    sign_in(client, colleague)
    assert "Rana Reviews is already working on this." in text_of(client.post(at(first, "take"), follow=True))
    assert names("?holder=others") == ["Harbour Watch"]
    sign_in(client, keeper)
    client.post(at(first, "release"))
    assert WorkItem.objects.about(first).get().holder is None


def test_one_page_shows_everything_that_was_sent(as_keeper, call, rule):
    contribution, author = draft_for(call)
    contributions_actions.save_answers(
        contribution,
        actor=author,
        version=contribution.version,
        answers={},
        links=[{"label": "Our report", "url": "https://example.org/report"}],
        upload=_upload(),
    )
    sent, receipt = contributions_actions.submit(contribution, actor=author)
    shown = text_of(as_keeper.get(at(sent)))
    for text in (
        "Courts hear victims.",
        "What is missing?",
        "Not answered.",
        "Our report",
        "https://example.org/report",
        "photo.png",
        receipt.reference,
        author.email,
        "Public, with our name",
        "Unassigned; colleagues assign themselves.",
    ):
        assert text in shown
    opened = as_keeper.get(f"/files/evidence/{sent.evidence.get().pk}/")
    assert "sandbox" in opened["Content-Security-Policy"]


def _upload():
    upload = SimpleUploadedFile("photo.png", PNG)
    upload.content_type = "image/png"
    return upload


def test_a_draft_and_what_was_taken_back_are_not_there_for_the_desk(as_keeper, call):
    draft, _author = draft_for(call)
    assert as_keeper.get(at(draft)).status_code == 404
    sent, author = sent_for(call)
    contributions_actions.revise(sent, actor=author)
    assert as_keeper.get(at(sent)).status_code == 404
    assert as_keeper.post(at(sent, "take")).status_code == 404


def test_publishing_takes_every_rule(as_keeper, call, rule):
    contribution, author = sent_for(call)
    url = at(contribution, "publish")
    refused = as_keeper.post(url, {"publish-seen": contribution.version, "publish-note": "Kept words"})
    assert refused.status_code == 200
    assert list(refused.context["wrong"].errors) == [f"rule_{rule.pk}"]
    assert "Kept words" in text_of(refused)
    fields = {
        "publish-seen": contribution.version,
        f"publish-rule_{rule.pk}": "on",
        "publish-note": "Thank you.",
    }
    assert as_keeper.post(url, fields).status_code == 302
    contribution.refresh_from_db()
    assert contribution.status == S.PUBLISHED
    assert Entry.objects.get(action="reviews.contribution.check").data["rules"] == [rule.pk]
    assert Message.objects.filter(kind="reviews.contribution_published", user=author).exists()


def test_what_its_author_keeps_for_the_desk_is_kept_and_cannot_be_published(as_keeper, call):
    contribution, _author = sent_for(call, visibility="desk")
    offered = as_keeper.get(at(contribution)).context["bar"]
    assert [button.name for button in offered] == ["keep", "return", "decline"]
    wider = as_keeper.post(at(contribution, "publish"), {"publish-seen": contribution.version}, follow=True)
    assert "This decision is not possible now" in text_of(wider)
    assert Contribution.objects.get(pk=contribution.pk).status == S.SUBMITTED
    as_keeper.post(at(contribution, "keep"), {"keep-seen": contribution.version})
    contribution.refresh_from_db()
    assert contribution.status == S.DESK_ONLY


@pytest.mark.behaviour("R-11")
def test_the_author_is_told_the_rule_and_may_correct_until_the_closing(client, keeper, call, rule):
    contribution, author = sent_for(call)
    sign_in(client, keeper)
    url = at(contribution, "decline")
    wrong = client.post(url, {"decline-seen": contribution.version, "decline-rule": "x", "decline-note": " "})
    assert set(wrong.context["wrong"].errors) == {"rule", "note"}
    fields = {
        "decline-seen": contribution.version,
        "decline-rule": rule.pk,
        "decline-note": "Page two names a child.",
    }
    assert client.post(url, fields).status_code == 302
    message = Message.objects.get(kind="reviews.contribution_declined", user=author)
    assert (message.facts["rule"], message.facts["note"]) == (
        "Unassigned; colleagues assign themselves.",
        "Page two names a child.",
    )
    assert message.facts["correct_by"]
    shown = text_of(client.get(at(contribution)))
    assert "Unassigned; colleagues assign themselves." in shown
    assert "Page two names a child." in shown
    contribution.refresh_from_db()
    again = contributions_actions.revise(contribution, actor=author)
    contributions_actions.submit(again, actor=author)
    assert WorkItem.objects.about(contribution).open().count() == 1
    assert "Unassigned; colleagues assign themselves." in text_of(client.get("/en/calls/rules/"))


@pytest.mark.behaviour("R-11")
def test_a_return_asks_about_single_answers_and_has_its_own_time(as_keeper, call, time_machine):
    contribution, author = sent_for(call)
    question = call.questions.last()
    url = at(contribution, "return")
    hidden_fields = {"return-seen": contribution.version, "return-days": "10"}
    assert "Choose at least one answer" in text_of(as_keeper.post(url, hidden_fields))
    name = question.field
    wrong = as_keeper.post(url, hidden_fields | {f"return-ask_{name}": "on", "return-note": "Please"})
    assert list(wrong.context["wrong"].errors) == [f"text_{name}"]
    for days in ("0", "61", "soon"):
        assert list(as_keeper.post(url, hidden_fields | {"return-days": days}).context["wrong"].errors) == [
            "days"
        ]
    fields = hidden_fields | {f"return-ask_{name}": "on", f"return-text_{name}": "Name the law."}
    assert as_keeper.post(url, fields).status_code == 302
    contribution.refresh_from_db()
    assert contribution.status == S.RETURNED
    assert abs(contribution.answer_by - now() - timedelta(days=10)) < timedelta(minutes=1)
    shown = text_of(as_keeper.get(at(contribution)))
    assert "Name the law." in shown
    assert "Paused: waiting for the author’s reply, asked for by" in shown
    assert "Paused: waiting for the author’s reply" in text_of(as_keeper.get("/en/desk/calls/contributions/"))
    assert WorkItem.objects.about(contribution).get().is_paused
    time_machine.move_to(contribution.answer_by - timedelta(minutes=1))
    contributions_actions.answer(contribution, actor=author)
    assert ItemRequest.objects.about(contribution).get().answered_at
    assert "Asked and answered" in text_of(as_keeper.get(at(contribution)))


@pytest.mark.behaviour("R-11")
@pytest.mark.parametrize("near", ("lead", "signer"))
def test_nobody_decides_on_what_their_own_organization_wrote_or_signs(client, call, rule, near):
    from reviews.signatures import actions as signatures_actions

    contribution, author = draft_for(call)
    partner = StakeholderFactory()
    member_of(partner)
    signatures_actions.invite(contribution, partner, actor=author)
    contributions_actions.submit(contribution, actor=author)
    person = person_with(Role.REVIEWS)
    stakeholder = contribution.stakeholder if near == "lead" else partner
    stakeholder.memberships.create(user=person, role="reader")
    sign_in(client, person)
    shown = client.get(at(contribution))
    assert not shown.context["bar"]
    assert "Please leave the decision to a colleague." in text_of(shown)
    client.post(at(contribution, "take"))
    for verb in ("publish", "decline", "return"):
        client.post(
            at(contribution, verb),
            {
                f"{verb}-seen": contribution.version,
                f"{verb}-rule_{rule.pk}": "on",
                f"{verb}-rule": rule.pk,
                f"{verb}-note": "So",
                f"{verb}-days": "9",
                f"{verb}-ask_links": "on",
                f"{verb}-text_links": "Which?",
            },
        )
    contribution.refresh_from_db()
    assert contribution.status == S.SUBMITTED
    assert WorkItem.objects.about(contribution).get().holder is None


def test_nobody_decides_on_a_text_that_they_have_not_read(as_keeper, call, rule):
    contribution, author = sent_for(call)
    old = contribution.version
    draft = contributions_actions.revise(contribution, actor=author)
    first = call.questions.first()
    saved = contributions_actions.save_answers(
        draft, actor=author, version=draft.version, answers={first.pk: "Another text."}
    )
    contributions_actions.submit(saved, actor=author)
    fields = {"publish-seen": old, f"publish-rule_{rule.pk}": "on"}
    answer = as_keeper.post(at(contribution, "publish"), fields, follow=True)
    assert "This has changed since you read it." in text_of(answer)
    assert Contribution.objects.get(pk=contribution.pk).status == S.SUBMITTED


@pytest.mark.behaviour("R-05")
def test_one_second_after_the_closing_the_server_refuses_with_no_job_run(client, call, keeper, time_machine):
    """By the pages alone: the desk moves the closing, and the clock decides, whether or not a worker runs."""
    contribution, author = draft_for(call)
    sign_in(client, keeper)
    client.post(f"/en/desk/calls/{call.pk}/closing/", {"closes_at": f"{NEXT_YEAR}-12-31T23:59", "version": 0})
    call.refresh_from_db()
    assert f"31 December {NEXT_YEAR}, 23:59 Vienna time" in text_of(client.get(f"/en/desk/calls/{call.pk}/"))
    time_machine.move_to(call.closes_at + timedelta(seconds=1), tick=False)
    with pytest.raises(errors.WrongState, match=f"31 December {NEXT_YEAR}, 23:59 Vienna time"):
        contributions_actions.submit(contribution, actor=author)
    sign_in(client, keeper)
    shown = client.get("/en/desk/calls/?state=closed")
    assert call.title in text_of(shown)
    time_machine.move_to(call.closes_at, tick=False)
    sign_in(client, keeper)
    assert call.title in text_of(client.get("/en/desk/calls/?state=open"))
    contributions_actions.submit(contribution, actor=author)


def test_only_those_who_run_calls_screen(client, call, subtests):
    contribution, author = sent_for(call)
    pages = (
        QUEUE,
        at(contribution),
        f"/en/desk/calls/{call.pk}/contributions/",
        f"/en/desk/calls/{call.pk}/",
    )
    others = (Role.VETTING, Role.CURATION, Role.EVENTS, Role.ADMINISTRATOR, Role.REGIONAL, Role.STATE)
    for person in (author, *map(person_with, others)):
        sign_in(client, person)
        with subtests.test(roles=person.roles):
            assert [client.get(url).status_code for url in pages] == [404] * 4
            for verb in ("take", "release", "publish", "keep", "return", "decline"):
                assert client.post(at(contribution, verb)).status_code == 404
            contribution.refresh_from_db()
            assert contribution.status == S.SUBMITTED


def test_unknown_verbs_and_contributions_are_missing(as_keeper, call):
    contribution, _author = sent_for(call)
    assert as_keeper.post(at(contribution, "widen")).status_code == 404
    assert as_keeper.get(at(contribution, "publish")).status_code == 405
    assert as_keeper.get(f"{QUEUE}999999/").status_code == 404


def test_the_rules_are_loaded_with_their_source_and_the_desks_edits_stay(client, mechanism):
    from reviews.seed import load_mechanism

    loaded = ScreeningRule.objects.in_use().in_order()
    assert mechanism["screening_rules.csv"].created == loaded.count() == 8
    assert all(rule.source and rule.source_date and rule.text for rule in loaded)
    ScreeningRule.objects.filter(pk="no_hatred").update(text="As the desk says it.", edited_by_hand=True)
    ScreeningRule.objects.filter(pk="own_work").update(retired=True, edited_by_hand=True)
    assert load_mechanism()["screening_rules.csv"].skipped == 2
    shown = text_of(client.get("/en/calls/rules/"))
    assert "As the desk says it." in shown
    assert "state of 25 November 2026" in shown
    assert "In constructive dialogues: no named country or situation" in shown
    assert "nothing is advertised" not in shown
    assert "في الحوارات البناءة" in text_of(client.get("/ar/calls/rules/"))


def test_the_desk_home_counts_what_waits(as_keeper, call):
    sent_for(call)
    Call.objects.filter(pk=call.pk).update(title="Now")
    areas = as_keeper.get("/en/desk/").context["desk"].areas
    counts = {page.url: page.count for area in areas for page in area.pages}
    assert counts["/en/desk/calls/contributions/"] == 1
    assert counts["/en/desk/calls/"] == 0


# --- The contributions to a call as a file ----------------------------------------------------------------
def file_of(call, form):
    return f"/en/desk/calls/{call.pk}/contributions.{form}"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_contributions_to_a_call_leave_with_every_answer(as_keeper, keeper, call, form):
    contribution, author = sent_for(call, StakeholderFactory(name="=Harbour Watch", kind="ngo"))
    draft_for(call, StakeholderFactory(name="Only a draft"))
    back, writes = sent_for(call, StakeholderFactory(name="Taken back"))
    contributions_actions.revise(back, actor=writes)
    (line,) = lines_of(as_keeper.get(file_of(call, form)))
    assert line["Lead stakeholder"] == "'=Harbour Watch"
    assert line["What works well?"] == "Courts hear victims."
    assert line["What is missing?"] == ""
    assert line["E-mail address"] == author.email
    assert line["Address"].endswith(at(contribution))
    entry = Entry.objects.get(action="reviews.call.export")
    assert (entry.subject_id, entry.actor_id) == (call.pk, keeper.pk)


def test_the_file_of_a_call_holds_what_the_filters_show_in_a_fixed_number_of_statements(
    as_keeper, call, django_assert_num_queries
):
    sent_for(call, StakeholderFactory(name="Named"))
    sent_for(call, StakeholderFactory(name="For the desk"), visibility="desk")
    page = f"/en/desk/calls/{call.pk}/contributions/?visibility=desk"
    assert [contribution.stakeholder.name for contribution in as_keeper.get(page).context["page"]] == [
        "For the desk"
    ]
    assert "contributions.csv?visibility=desk" in as_keeper.get(page).text
    lines = lines_of(as_keeper.get(file_of(call, "csv") + "?visibility=desk"))
    assert [line["Lead stakeholder"] for line in lines] == ["For the desk"]
    assert lines_of(as_keeper.get(file_of(call, "csv") + "?status=published")) == []
    with CaptureQueriesContext(connection) as few:
        assert len(lines_of(as_keeper.get(file_of(call, "csv")))) == 2
    for number in range(4):
        sent_for(call, StakeholderFactory(name=f"More {number}"))
    with django_assert_num_queries(len(few)):
        assert len(lines_of(as_keeper.get(file_of(call, "csv")))) == 6


def test_nobody_else_gets_the_file_of_a_call(client, call):
    sent_for(call)
    for person in (person_with(Role.VETTING), person_with(Role.EVENTS), person_with(Role.ADMINISTRATOR)):
        sign_in(client, person)
        assert client.get(file_of(call, "csv")).status_code == 404
    assert not Entry.objects.filter(action="reviews.call.export").exists()
