"""Reporting an entry, and what the desk makes of it; the reporter stays with those who vet."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.enums import Role
from audit.models import Entry
from audit.queries import log_lines, timeline
from core.errors import WrongState
from notifications.delivery.compose import compose
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from stakeholders.entries.enums import Listing, Status
from stakeholders.moderation.actions import answer_report
from stakeholders.moderation.enums import ReportOutcome
from stakeholders.moderation.models import Report
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.exports import ReportFactory, sent_report
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of
from tests.support import assert_no_growth
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db
DESK = "/en/desk/moderation/"
FIELDS = {"what": "abusive", "text": "The mission insults a people.", "address": "reader@example.org"}


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Coastal Watch")


def form_of(entry):
    return f"/en/stakeholders/{entry.pk}/report/"


# --- Anybody reports ----------------------------------------------------------------------------------


@pytest.mark.behaviour("D-22")
def test_a_visitor_reports_an_entry_from_its_page_and_gets_the_outcome_by_mail(client, entry):
    assert f'href="{form_of(entry)}"' in client.get(entry.get_absolute_url()).text
    assert "Your e-mail address" in client.get(form_of(entry)).text
    thanks = client.post(form_of(entry).replace("/en/", "/fr/"), FIELDS, follow=True)
    assert thanks.redirect_chain == [(f"/fr/stakeholders/{entry.pk}/report/sent/", 302)]
    report = Report.objects.get()
    assert (report.stakeholder, report.what, report.text) == (entry, FIELDS["what"], FIELDS["text"])
    assert (report.address, report.reporter, report.language) == ("reader@example.org", None, "fr")

    vetter = person_with(Role.VETTING)
    sign_in(client, vetter)
    assert "Coastal Watch" in client.get(DESK).text
    page = client.get(f"{DESK}{report.pk}/").text
    assert "The mission insults a people." in page
    assert "reader@example.org" in page
    assert "reads French" in page
    answered = client.post(
        f"{DESK}{report.pk}/",
        {"outcome": "corrected", "answer": "Merci, c’est corrigé.", "note": "Third one this week."},
        follow=True,
    )
    assert "The outcome is recorded" in answered.text
    report.refresh_from_db()
    assert (report.outcome, report.answered_by, report.note) == ("corrected", vetter, "Third one this week.")
    mail = Message.objects.get(kind="stakeholders.report_answered")
    assert (mail.address, mail.language, mail.user) == ("reader@example.org", "fr", None)
    assert mail.facts == {"name": "Coastal Watch", "outcome": "corrected", "answer": "Merci, c’est corrigé."}
    assert "Third one" not in str(mail.facts)


@pytest.mark.behaviour("D-22")
def test_somebody_signed_in_is_answered_in_the_account(client, entry):
    person = UserFactory(language="es")
    sign_in(client, person)
    assert "Your e-mail address" not in client.get(form_of(entry)).text
    client.post(form_of(entry), FIELDS)
    report = Report.objects.get()
    assert (report.reporter, report.address, report.language) == (person, "", "es")
    answer_report(report, actor=person_with(Role.HEAD), outcome="unfounded", answer="It is right.")
    mail = Message.objects.get()
    assert (mail.user, mail.address, mail.language) == (person, person.email, "es")
    assert Notice.objects.get().user == person


def test_whoever_leaves_no_address_is_not_written_to(entry):
    report = sent_report(entry)
    answer_report(report, actor=person_with(Role.VETTING), outcome="removed")
    assert not Message.objects.exists()
    assert report.outcome == "removed"


@pytest.mark.parametrize(
    ("changes", "message"),
    (
        ({"what": ""}, "Choose what fits best."),
        ({"what": "boring"}, "Select a valid choice"),
        ({"text": " \n"}, "Describe in a sentence or two what is wrong."),
        ({"address": "me"}, "valid email"),
        ({"text": "x" * 2001}, "at most 2000"),
    ),
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, entry, changes, message):
    page = client.post(form_of(entry), {**FIELDS, **changes}).text
    assert message in page
    assert ("The mission insults a people." in page) is ("text" not in changes)
    assert not Report.objects.exists()


@pytest.mark.behaviour("D-22")
def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, entry):
    thanks = client.post(form_of(entry), {**FIELDS, "homepage": "https://spam.example"})
    assert thanks.status_code == 302
    assert not Report.objects.exists()
    assert not WorkItem.objects.exists()


@pytest.mark.behaviour("D-22")
def test_reports_from_one_address_have_an_end(client, entry):
    answers = [client.post(form_of(entry), FIELDS).status_code for _time in range(7)]
    assert answers == [302] * 6 + [429]
    assert Report.objects.count() == 6


@pytest.mark.parametrize(
    ("status", "listing"),
    (
        ("active", Listing.MEMBERS),
        ("active", Listing.UNLISTED),
        ("active", Listing.COUNTRY),
        ("suspended", Listing.PUBLIC),
        ("withdrawn", Listing.PUBLIC),
    ),
)
def test_a_hidden_entry_is_reported_by_nobody_and_answers_like_a_missing_one(
    client, reference, status, listing
):
    hidden = StakeholderFactory(status=Status(status), listing=listing)
    for url in (form_of(hidden), f"{form_of(hidden)}sent/", "/en/stakeholders/999999/report/"):
        assert client.get(url).status_code == 404
    assert client.post(form_of(hidden), FIELDS).status_code == 404
    assert not Report.objects.exists()


# --- Who learns of it -----------------------------------------------------------------------------------

PEOPLE = (
    "person",
    "member",
    "regional",
    "state",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
)
MAY = {"vetting", "head"}
# They get reports of other kinds, and read none about entries.
MODERATE = MAY | {"curation", "events", "reviews"}


def _person(who, entry):
    match who:
        case "person":
            return UserFactory()
        case "member":
            return member_of(entry)
    return person_with(who)


@pytest.mark.slow
@pytest.mark.behaviour("D-22")
def test_the_reporter_is_hidden_from_the_entrys_people_and_all_who_do_not_vet(client, entry, subtests):
    reporter = UserFactory(name="Rosa Reporter", email="rosa@example.org")
    report = sent_report(entry, reporter, text="Ask for Rosa at the harbour.")
    for who in PEOPLE:
        with subtests.test(who=who):
            person = _person(who, entry)
            sign_in(client, person)
            expected = 200 if who in MAY else 404
            assert client.get(DESK).status_code == (200 if who in MODERATE else 404)
            if who in MODERATE:
                assert (entry.name in client.get(DESK).text) is (who in MAY)
            assert client.get(f"{DESK}{report.pk}/").status_code == expected
            if who not in MAY:
                assert client.post(f"{DESK}{report.pk}/", {"outcome": "unfounded"}).status_code == 404
                assert not Report.objects.answered().exists()
                for url in (entry.get_absolute_url(), "/en/desk/", "/en/me/", "/en/me/notices/"):
                    assert "Rosa" not in client.get(url).text, url
            assert list(Report.objects.visible_to(person)) == ([report] if who in MAY else [])
            assert person.has_perm("stakeholders.view_report", report) is (who in MAY)
            assert person.has_perm("stakeholders.answer_report", report) is (who in MAY)


def test_a_visitor_is_asked_to_sign_in(client, entry):
    report = sent_report(entry)
    assert client.get(DESK).status_code == 302
    assert client.get(f"{DESK}{report.pk}/").status_code == 302
    assert list(Report.objects.visible_to(AnonymousUser())) == []


def test_somebody_who_vets_does_not_learn_who_reported_their_own_organization(client, entry):
    report, other = sent_report(entry), sent_report(StakeholderFactory(name="Another"))
    vetter = person_with(Role.VETTING)
    MembershipFactory(stakeholder=entry, user=vetter)
    sign_in(client, vetter)
    assert client.get(f"{DESK}{report.pk}/").status_code == 404
    assert list(Report.objects.visible_to(vetter)) == [other]


def test_nobody_answers_their_own_report(client, entry):
    vetter = person_with(Role.VETTING)
    report = sent_report(entry, vetter)
    sign_in(client, vetter)
    assert "Please leave the answer to a colleague" in client.get(f"{DESK}{report.pk}/").text
    assert client.post(f"{DESK}{report.pk}/", {"outcome": "unfounded"}).status_code == 403
    assert Report.objects.open().exists()


@pytest.mark.behaviour("D-22")
def test_the_log_names_neither_reporter_nor_words(client, entry):
    reporter = UserFactory(name="Rosa Reporter")
    report = sent_report(entry, reporter, text="Ask for Rosa.")
    head = person_with(Role.HEAD, name="Hedda Head")
    answer_report(report, actor=head, outcome="not_checked", answer="Dear Rosa", note="Rosa again")
    log_entries = {
        entry.action: (entry.actor_id, entry.data)
        for entry in Entry.objects.filter(subject_kind="stakeholders.report", subject_id=report.pk)
    }
    assert log_entries == {
        "stakeholders.reported": (
            None,
            {
                "what": "wrong",
                "stakeholder": entry.pk,
                "about": "stakeholders.stakeholder",
                "number": entry.pk,
            },
        ),
        "stakeholders.report_answered": (head.pk, {"outcome": "not_checked"}),
    }
    lines = [line.text for line in timeline(report, head)]
    assert lines == [
        "Hedda Head answered the report: It could not be verified with the information given",
        "A report came in: Something in it is not true, or no longer",
    ]
    assert "Rosa" not in str([line.text for line in log_lines(Entry.objects.all(), head)])


# --- The desk's work ------------------------------------------------------------------------------------


def test_a_report_is_work_for_those_who_vet_until_it_is_answered(entry):
    report = sent_report(entry)
    item = WorkItem.objects.get()
    assert (item.subject_kind, item.what, item.waits_for, item.scope_country, item.label) == (
        "stakeholders.report",
        "report",
        Role.VETTING,
        "KEN",
        "Coastal Watch",
    )
    answer_report(report, actor=person_with(Role.VETTING), outcome="corrected")
    assert not WorkItem.objects.open().exists()
    with pytest.raises(WrongState):
        answer_report(report, actor=person_with(Role.VETTING), outcome="unfounded")


def test_the_desks_home_counts_reports_apart_from_applications(client, entry):
    sent_report(entry)
    sign_in(client, person_with(Role.VETTING))
    assert counts_told(client) == {"Moderation": 1, "Applications": 0}
    assert "Answer report" in client.get("/en/desk/").text
    sign_in(client, person_with(Role.EVENTS))
    assert counts_told(client) == {"Moderation": 0}
    assert "Answer report" not in client.get("/en/desk/").text


def counts_told(client):
    areas = client.get("/en/desk/").context["desk"].areas
    pages = {str(page.title): page.count for area in areas for page in area.pages}
    return {title: pages[title] for title in ("Moderation", "Applications") if title in pages}


def test_a_late_answer_is_said_and_changes_nothing(client, entry):
    report = sent_report(entry)
    answer_report(report, actor=person_with(Role.HEAD), outcome="corrected")
    sign_in(client, person_with(Role.VETTING))
    page = client.post(f"{DESK}{report.pk}/", {"outcome": "unfounded"}, follow=True)
    assert "This report has been answered already." in page.text
    report.refresh_from_db()
    assert report.outcome == "corrected"


def test_an_answer_without_an_outcome_is_refused(client, entry):
    report = sent_report(entry, address="reader@example.org")
    sign_in(client, person_with(Role.VETTING))
    page = client.post(f"{DESK}{report.pk}/", {"outcome": "", "answer": "Thank you"}).text
    assert "Choose the outcome." in page
    assert "Thank you" in page


def test_the_report_outlives_the_entry(client, entry):
    report = sent_report(entry)
    entry.delete()
    sign_in(client, person_with(Role.VETTING))
    page = client.get(f"{DESK}{report.pk}/").text
    assert "Coastal Watch" in page
    assert "It was taken out of the directory." in page
    assert client.post(f"{DESK}{report.pk}/", {"outcome": "removed"}).status_code == 302


@pytest.mark.parametrize("outcome", ReportOutcome.values)
def test_the_mail_says_the_outcome_in_words(entry, outcome):
    answer_report(
        sent_report(entry, address="reader@example.org"), actor=person_with(Role.VETTING), outcome=outcome
    )
    text = compose(Message.objects.get()).body
    assert str(ReportOutcome(outcome).label) in text


def test_the_list_costs_the_same_for_more(client, reference):
    sign_in(client, person_with(Role.VETTING))
    assert_no_growth(lambda: client.get(DESK), ReportFactory)
    assert client.get(DESK).text.count("reported on") == 3


def test_the_list_of_those_answered(client, entry):
    answer_report(sent_report(entry), actor=person_with(Role.HEAD), outcome="corrected")
    sign_in(client, person_with(Role.VETTING))
    assert "No pending reports" in client.get(DESK).text
    assert "The profile was corrected" in client.get(f"{DESK}?state=answered").text
    assert "No pending reports" in client.get(f"{DESK}?state=nonsense").text
