"""Reports about anything, decided one by one or many with one reason; the log; who opened papers."""

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from openpyxl import load_workbook

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError
from notifications.delivery.compose import compose
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from stakeholders.hooks import reportable
from stakeholders.moderation.actions import decide, report_thing
from stakeholders.moderation.enums import Deed, Why
from stakeholders.moderation.models import Report
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.exports import sent_report
from tests.factories.news import StoryFactory
from tests.factories.stakeholders import MembershipFactory, PaperFactory, StakeholderFactory, sent_application
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
DESK = "/en/desk/moderation/"
BULK = {
    "deed": "remove",
    "reason": "privacy",
    "note": "It names people who did not agree.",
    "answer": "Thanks.",
}


def report_about(story, person=None, **answers):
    details = {"fault": "private", "text": "It names my sister.", "language": "en", **answers}
    return report_thing(story, actor=person or AnonymousUser(), **details)


@pytest.mark.behaviour("R-20")
def test_a_story_and_an_entry_are_taken_down_together_with_one_reason(client, reference):
    """From the pages that readers see, over mail to the desk, to the answers and the log."""
    story = StoryFactory(title="From the coast")
    entry = StakeholderFactory(name="Coastal Watch")
    head = person_with(Role.HEAD, name="Hedda Head")
    assert f'href="/en/report/news.story/{story.pk}/"' in client.get(story.get_absolute_url()).text
    form = f"/en/report/news.story/{story.pk}/"
    assert "From the coast" in client.get(form).text
    fields = {"what": "private", "text": "It names my sister.", "address": "reader@example.org"}
    assert "Describe in a sentence or two what is wrong." in client.post(form, {**fields, "text": ""}).text
    assert client.post(form, {**fields, "what": "duplicate"}).status_code == 200  # a word for entries alone
    assert client.post(form, fields, follow=True).redirect_chain[0][0] == f"{form}sent/"
    reporter = UserFactory(language="fr")
    sent_report(entry, reporter)
    second = report_about(story, reporter)
    assert Message.objects.filter(kind="stakeholders.report_new", user=head).count() == 3
    assert "From the coast" in compose(Message.objects.filter(kind="stakeholders.report_new").first()).body

    sign_in(client, head)
    page = client.get(DESK).text
    assert page.count(">New<") == 3
    assert "2 pending reports about it" in page
    client.get(f"{DESK}{second.pk}/")
    assert client.get(DESK).text.count(">New<") == 2
    first, about_entry = Report.objects.exclude(pk=second.pk).order_by("pk")
    ticked = {"chosen": [first.pk, about_entry.pk]}
    wrong = client.post(DESK, {**BULK, **ticked, "reason": "", "note": " "}).text
    assert "Choose the reason." in wrong
    assert "Explain the decision to the owners of the content." in wrong
    assert wrong.count(" checked") >= 3
    assert "Thanks." in wrong
    assert "Choose at least one report." in client.post(DESK, BULK).text
    assert not Report.objects.answered().exists()

    done = client.post(DESK, {**BULK, **ticked}, follow=True).text
    assert "3 reports are decided" in done
    story.refresh_from_db(), entry.refresh_from_db()
    assert (story.status, story.withdrawn_for, story.withdrawn_note) == ("withdrawn", "safety", BULK["note"])
    assert entry.status == "withdrawn"
    rows = Report.objects.order_by("pk")
    assert {(report.deed, report.reason, report.answered_by) for report in rows} == {
        ("remove", "privacy", head)
    }
    assert len({report.batch for report in rows}) == 1
    assert [report.outcome for report in rows] == ["taken_down", "removed", "taken_down"]
    answers = Message.objects.filter(kind="stakeholders.report_answered")
    assert sorted(message.address for message in answers) == sorted(
        ["reader@example.org", reporter.email, reporter.email]
    )
    assert "Thanks." in compose(answers.get(address="reader@example.org")).body

    log = client.get(f"{DESK}log.csv").getvalue().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(log)))
    assert [(line["kind"], line["deed"], line["reason"]) for line in lines] == [
        ("news.story", "remove", "privacy"),
        ("stakeholders.stakeholder", "remove", "privacy"),
        ("news.story", "remove", "privacy"),
    ]
    book = load_workbook(io.BytesIO(client.get(f"{DESK}log.xlsx").getvalue()))
    assert {cell.value for cell in book.active["I"]} == {"What was done", "Remove it for good"}
    for personal in ("coast", "Coastal", "sister", "Hedda", "@", "Thanks", "names people"):
        assert personal not in log
    assert client.get(f"{DESK}log.pdf").status_code == 404


@pytest.mark.parametrize("kind", reportable)
def test_every_kind_says_what_its_acts_need(kind):
    reported_kind = reportable[kind]
    outcomes = dict(reported_kind.outcomes)
    assert reported_kind.roles
    assert reported_kind.dismissed in outcomes
    for deed, act in reported_kind.acts.items():
        assert deed in Deed.values
        assert act.outcome in outcomes
        assert set(act.reasons) == set(Why)


def test_what_cannot_be_done_is_left_and_the_rest_is_done(reference):
    """One answered meanwhile, one of the house, one that is gone: each is said."""
    head = person_with(Role.HEAD)
    late, event, gone, fine = StoryFactory(), EventFactory(), StoryFactory(), StoryFactory()
    reports = {story.pk: report_about(story) for story in (late, gone, fine)}
    about_event = report_about(event)
    decide([reports[late.pk].pk], actor=head, deed="dismiss")
    Report.objects.filter(pk=reports[gone.pk].pk).update(subject_id=987654)
    taken = decide(
        [*(report.pk for report in reports.values()), about_event.pk],
        actor=head,
        deed="remove",
        reason="terms",
        note="Please read the terms.",
    )
    assert [report.subject_id for report in taken.done] == [fine.pk]
    assert sorted(why.split(".")[0] for _name, why in taken.left) == [
        "It no longer exists",
        "This is an event of the United Nations",
        "This report has been answered already",
    ]
    assert set(Report.objects.open()) == {reports[gone.pk], about_event}
    late.refresh_from_db()
    assert late.status == "published"
    with pytest.raises(DomainError):
        decide([about_event.pk], actor=head, deed="remove", reason="", note="")


def test_nobody_decides_on_what_is_theirs_or_not_of_their_kind(client, reference):
    own = StakeholderFactory()
    curator = person_with(Role.CURATION)
    MembershipFactory(stakeholder=own, user=curator)
    mine, entry = (
        report_about(StoryFactory(stakeholder=own)),
        sent_report(StakeholderFactory(name="Elsewhere")),
    )
    sent = report_about(StoryFactory(title="A third story"), curator)
    assert set(Report.objects.visible_to(curator)) == {sent}
    assert not Notice.objects.filter(user=curator, subject_kind="stakeholders.report").exists()
    sign_in(client, curator)
    for hidden in (mine, entry):
        assert client.get(f"{DESK}{hidden.pk}/").status_code == 404
        assert client.post(f"{DESK}{hidden.pk}/decide/", {"act-deed": "remove"}).status_code == 404
    page = client.post(DESK, {**BULK, "chosen": [mine.pk, entry.pk, sent.pk]}, follow=True).text
    assert "You cannot decide on this." in page
    assert not Report.objects.answered().exists()
    assert client.get(f"/en/desk/vetting/reports/{sent.pk}/").headers["Location"] == f"{DESK}{sent.pk}/"
    draft = StoryFactory(status="draft", publish_at=None, told_at=None)
    client.logout()
    for kind, pk in (
        ("news.story", draft.pk),
        ("accounts.user", curator.pk),
        ("nonsense", 1),
        ("stakeholders.conversation", 1),
    ):
        assert client.get(f"/en/report/{kind}/{pk}/").status_code == 404


@pytest.mark.behaviour("R-20")
def test_one_report_is_acted_on_from_its_own_page(client, reference):
    entry = StakeholderFactory(name="Coastal Watch")
    report = sent_report(entry)
    sign_in(client, person_with(Role.VETTING))
    url = f"{DESK}{report.pk}/decide/"
    assert "Choose the reason." in client.post(url, {"act-deed": "hide", "act-note": "Who are you?"}).text
    fields = {"act-deed": "hide", "act-reason": "untrue", "act-note": "Please say who acts for it."}
    assert "Done; people" in client.post(url, fields, follow=True).text
    entry.refresh_from_db(), report.refresh_from_db()
    assert (entry.status, report.outcome, report.deed) == ("suspended", "removed", "hide")
    assert "This report has been answered already." in client.post(url, fields, follow=True).text


def test_the_queue_costs_the_same_for_more(client, reference):
    sign_in(client, person_with(Role.HEAD))
    assert_no_growth(lambda: client.get(DESK), lambda: report_about(StoryFactory()))
    assert client.get(DESK).text.count("reported on") == 3


def test_who_of_the_staff_opened_a_paper_is_shown_to_administrators(client, reference):
    paper = PaperFactory(application=(own := sent_application()), uploaded_by=own.applicant)
    vetter, owner = person_with(Role.VETTING, name="Vera Vetter"), paper.uploaded_by
    for person in (vetter, owner):
        sign_in(client, person)
        assert client.get(f"/files/paper/{paper.pk}/").status_code == 200
    opened = Entry.objects.get(action="stakeholders.file_opened")
    assert (opened.actor_id, opened.subject_id) == (vetter.pk, paper.pk)
    log = "/en/desk/audit/?action=stakeholders.file_opened"
    assert client.get(log).status_code in (302, 404)
    sign_in(client, person_with(Role.ADMINISTRATOR))
    assert "Vera Vetter opened a restricted file" in client.get(log).text
    assert log.replace("&", "&amp;") in client.get("/en/desk/").text
