"""Recording a step, what else is known, corrections and their answers, and who hears of what."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from core.errors import WrongState
from notifications.delivery.compose import compose
from notifications.follows.actions import expand, remind_of_deadlines
from notifications.follows.enums import Level
from notifications.follows.models import Deadline, Follow
from notifications.happenings.models import Happening
from notifications.hooks import targets
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from reviews.corrections.actions import answer_correction, forget_addresses, send_correction
from reviews.corrections.models import Correction
from reviews.mechanism.models import StepKind
from reviews.tracker.actions import record_step, save_facts
from reviews.tracker.models import FocalPoint, ReviewDocument, StepRecord
from taxonomy.law.models import Cluster
from taxonomy.names.models import Revision
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory
from tests.factories.reviews import CorrectionFactory, recorded, review_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.usefixtures("mechanism")

DESK = "/en/desk/reviews/KEN/"
STEP = {
    "cluster": "I",
    "step": "questionnaire",
    "instrument": "",
    "status": "done",
    "date": "2024-03",
    "source_kind": "link",
    "source": "Page of the mechanism",
    "source_url": "https://example.org/page",
    "source_date": "2024-04-01",
    "note": "",
}


def test_a_step_is_recorded_with_its_source_and_shown_at_once(as_keeper, keeper):
    assert as_keeper.get(DESK).status_code == 200
    assert as_keeper.post(DESK, STEP).status_code == 302
    step_record = StepRecord.objects.filter(review=review_of("KEN"), step="questionnaire").get()
    assert (step_record.status, step_record.date, step_record.source_date, step_record.recorded_by) == (
        "done",
        "2024-03",
        "2024-04-01",
        keeper,
    )
    assert "March 2024" in as_keeper.get("/en/reviews/KEN/").content.decode()
    assert "Rana Reviews" in as_keeper.get(DESK).content.decode()
    assert "Rana Reviews" not in as_keeper.get("/en/reviews/KEN/").content.decode().split("<main")[1]


@pytest.mark.parametrize(
    ("change", "field"),
    (
        ({"source": ""}, "source"),
        ({"status": ""}, "status"),
        ({"status": "not_started"}, "status"),
        ({"step": "invented"}, "step"),
        ({"cluster": "V"}, "cluster"),
        ({"instrument": "UNCAC"}, "instrument"),
        ({"date": "March 2024"}, "date"),
        ({"date": "2999-01-01"}, "date"),
        ({"source_date": "2999"}, "source_date"),
        ({"source_url": ""}, "source_url"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"status": "no_information"}, "date"),
    ),
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(as_keeper, change, field):
    before = StepRecord.objects.count()
    page = as_keeper.post(DESK, {**STEP, "note": "Kept while I correct it", **change})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert "Kept while I correct it" in page.content.decode()
    assert StepRecord.objects.count() == before


def test_only_the_desk_of_the_reviews_records():
    for role in (Role.VETTING, Role.CURATION, Role.ADMINISTRATOR, Role.REGIONAL, Role.STATE):
        with pytest.raises(PermissionDenied):
            record_step(
                review_of("KEN"),
                actor=person_with(role),
                cluster=Cluster.objects.get(pk="I"),
                step=StepKind.objects.get(pk="start"),
                status="done",
                source_kind="link",
                source="A page",
            )
        with pytest.raises(PermissionDenied):
            save_facts(review_of("KEN"), actor=person_with(role))


# --- What else is known -----------------------------------------------------------------------------------


def test_group_and_start_are_changed_with_their_source_and_a_revision(as_keeper):
    url = f"{DESK}facts/"
    fields = {"group": "2", "source": "", "actual_start": "2022-05", "actual_start_source": ""}
    wrong = as_keeper.post(url, fields)
    assert set(wrong.context["form"].errors) == {"source", "actual_start_source"}
    fields |= {"source": "A published list", "actual_start_source": "A page"}
    assert as_keeper.post(url, fields).status_code == 302
    review = review_of("KEN")
    assert (review.group_id, review.actual_start, review.edited_by_hand) == ("2", "2022-05", True)
    assert Revision.objects.get(kind="reviews.countryreview", code=str(review.pk)).changes["group"] == [
        "",
        "2",
    ]


def test_a_focal_point_needs_a_source_and_a_name_a_publication(as_keeper):
    url = f"{DESK}focal-point/"
    wrong = as_keeper.post(url, {"nominated": "yes", "source": "", "name": "Somebody", "name_source": ""})
    assert set(wrong.context["form"].errors) == {"source", "name_source"}
    assert as_keeper.post(url, {"nominated": "no", "source": "Note of 1 May"}).status_code == 302
    assert FocalPoint.objects.get(review=review_of("KEN")).nominated == "no"
    assert as_keeper.post(url, {"nominated": "unknown", "source": ""}).status_code == 302
    assert FocalPoint.objects.filter(review=review_of("KEN")).count() == 1


def test_documents_are_added_and_changed(as_keeper):
    url = f"{DESK}documents/add/"
    wrong = as_keeper.post(url, {"kind": "summary"})
    assert list(wrong.context["form"].errors) == ["title"]
    closed = {"kind": "summary", "title": "Summary", "publicity": "not_public", "url_en": "https://e.org"}
    assert list(as_keeper.post(url, closed).context["form"].errors) == ["publicity"]
    same = {"kind": "summary", "symbol": "CTOC/COP/WG.10/2020/3"}
    assert list(as_keeper.post(url, same).context["form"].errors) == ["symbol"]
    assert as_keeper.post(url, {**closed, "publicity": "public"}).status_code == 302
    document = ReviewDocument.objects.get(title="Summary")
    page = f"{DESK}documents/{document.pk}/"
    assert as_keeper.post(page, {"kind": "summary", "title": "Another title"}).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.review) == ("Another title", review_of("KEN"))
    assert as_keeper.get(page.replace("KEN", "FRA")).status_code == 404


# --- Corrections ------------------------------------------------------------------------------------------

CORRECT = "/en/reviews/KEN/correct/"
WRONG = {"text": "The questionnaire was handed in.", "source": "https://example.org/page"}


def test_a_visitor_sends_a_correction_which_waits_for_the_desk(client):
    assert "Country review of Kenya" in client.get(CORRECT).text
    answer = client.post(CORRECT.replace("/en/", "/fr/"), {**WRONG, "address": "amina@example.org"})
    assert answer["Location"] == "/fr/reviews/KEN/correct/sent/"
    assert "Votre correction a été reçue." in client.get(answer["Location"]).text
    sent = Correction.objects.get()
    assert (sent.address, sent.language, sent.reporter) == ("amina@example.org", "fr", None)
    item = WorkItem.objects.get(subject_kind="reviews.correction")
    assert (item.waits_for, item.scope_country, item.closed_at) == ("reviews", "KEN", None)


@pytest.mark.parametrize(
    ("change", "field"),
    (({"text": " "}, "text"), ({"source": ""}, "source"), ({"address": "amina"}, "address")),
)
def test_a_correction_without_a_source_is_asked_for_one(client, change, field):
    page = client.post(CORRECT, {**WRONG, **change})
    assert list(page.context["form"].errors) == [field]
    assert not Correction.objects.exists()


def test_programs_are_told_the_same_and_nothing_is_kept(client):
    assert client.post(CORRECT, {**WRONG, "homepage": "https://spam.example"}).status_code == 302
    assert not Correction.objects.exists()


def test_too_many_corrections_from_one_place_are_asked_to_wait(client):
    answers = [client.post(CORRECT, WRONG).status_code for _time in range(7)]
    assert answers == [302] * 6 + [429]
    assert Correction.objects.count() == 6


def test_the_desk_records_because_of_it_and_the_sender_gets_an_answer(as_keeper):
    sender = UserFactory(language="fr")
    correction = CorrectionFactory(reporter=sender)
    listed = as_keeper.get("/en/desk/reviews/corrections/").content.decode()
    assert f"/en/desk/reviews/corrections/{correction.pk}/" in listed
    page = f"/en/desk/reviews/corrections/{correction.pk}/"
    assert sender.email in as_keeper.get(page).content.decode()
    answer = as_keeper.post(f"{DESK}?correction={correction.pk}", STEP)
    assert answer["Location"].startswith(f"{page}?record=")
    assert "Recorded because of it" in as_keeper.get(answer["Location"]).content.decode()
    done = as_keeper.post(answer["Location"], {"outcome": "taken", "answer": "Merci."})
    assert done["Location"] == page
    correction.refresh_from_db()
    assert (correction.outcome, correction.record.step_id) == ("taken", "questionnaire")
    message = Message.objects.get(kind="reviews.correction_answered")
    assert (message.user, message.language, message.facts["answer"]) == (sender, "fr", "Merci.")
    assert WorkItem.objects.get(subject_kind="reviews.correction").closed_at
    assert "Merci." in as_keeper.get(page).content.decode()
    assert "answered" in as_keeper.get("/en/desk/reviews/corrections/?state=answered").content.decode()


def test_a_visitor_is_answered_by_mail_and_a_second_answer_comes_too_late(keeper):
    sent = send_correction(
        review_of("KEN"),
        actor=AnonymousUser(),
        text="Wrong",
        source="A report",
        language="ar",
        address="amina@example.org",
    )
    answer_correction(sent, actor=keeper, outcome="stands", answer="No source says so.")
    message = Message.objects.get(kind="reviews.correction_answered")
    assert (message.address, message.language) == ("amina@example.org", "ar")
    # Deleted later, an account with this address leaves none in the correction.
    forget_addresses(UserFactory(email="Amina@example.org"))
    sent.refresh_from_db()
    assert (sent.address, sent.text) == ("", "Wrong")
    with pytest.raises(WrongState):
        answer_correction(sent, actor=keeper, outcome="taken")


def test_nobody_answers_their_own_correction(keeper):
    with pytest.raises(PermissionDenied):
        answer_correction(CorrectionFactory(reporter=keeper), actor=keeper, outcome="taken")


# --- Who hears of it --------------------------------------------------------------------------------------


def follow(person, *terms, level=Level.STEPS):
    Follow.objects.create(user=person, terms=list(terms), level=level)


def test_followers_hear_of_a_new_record(as_keeper):
    by_review, by_phase, other = UserFactory(), UserFactory(), UserFactory()
    follow(by_review, "review:KEN")
    follow(by_phase, "cluster:I", "country:KEN")
    follow(other, "review:FRA")
    as_keeper.post(DESK, STEP)
    expand(list(Happening.objects.values_list("pk", flat=True)))
    notified = Notice.objects.filter(kind="reviews.step_recorded").values_list("user", flat=True)
    assert set(notified) == {by_review.pk, by_phase.pk}
    # “No public information” is news, not a step.
    as_keeper.post(DESK, {**STEP, "status": "no_information", "date": ""})
    expand(list(Happening.objects.filter(expanded_at=None).values_list("pk", flat=True)))
    assert Notice.objects.filter(kind="reviews.step_recorded").count() == 2


def test_followers_are_told_14_and_3_days_before_a_deadline(time_machine):
    person = UserFactory()
    follow(person, "review:KEN")
    time_machine.move_to(datetime(2023, 1, 2, 9, tzinfo=UTC))
    recorded("KEN", "questionnaire", date="2022-12-31")
    deadline = Deadline.objects.get(kind="reviews.deadline")
    assert deadline.key == "I:feedback"
    assert deadline.at.date() == date(2023, 6, 30)
    for day, number in ((15, 0), (16, 1), (20, 1), (27, 2), (29, 2)):
        time_machine.move_to(datetime(2023, 6, day, 23, tzinfo=UTC))
        remind_of_deadlines()
        expand(list(Happening.objects.filter(expanded_at=None).values_list("pk", flat=True)))
        assert Notice.objects.filter(kind="reviews.deadline", user=person).count() == number, day
    recorded("KEN", "feedback", date="2023-06-28")
    assert not Deadline.objects.exists()


def test_a_review_can_be_followed_by_name():
    target = targets["review"]
    assert target.labels(UserFactory(), ["KEN", "ABW", "XXX"]) == {"KEN": "Kenya"}
    assert target.path("KEN") == "/en/reviews/KEN/"


MAILS = {
    "reviews.step_recorded": {
        "country": "KEN",
        "step": "summary",
        "cluster": "I",
        "status": "done",
        "date": "2024-03",
        "source": "<b>A page</b>",
    },
    "reviews.deadline": {"country": "KEN", "step": "feedback", "cluster": "I", "day": "2024-03-01"},
    "reviews.correction_answered": {"country": "KEN", "outcome": "stands", "answer": "No source says so."},
}


@pytest.mark.parametrize("kind", MAILS)
def test_the_mails_name_country_step_and_way_there_in_the_readers_language(kind):
    for language, name in (("en", "Kenya"), ("ar", "كينيا")):
        mail = compose(
            MessageFactory(
                kind=kind,
                user=UserFactory(language=language),
                language=language,
                facts=MAILS[kind],
                url_name="reviews:review",
                url_args=["KEN"],
            )
        )
        assert name in mail.subject
        assert f"http://testserver/{language}/reviews/KEN/" in mail.body
        assert "<b>A page" not in mail.alternatives[0].content


def test_the_desks_home_tells_what_waits(client):
    CorrectionFactory()
    sign_in(client, person_with(Role.HEAD))
    page = client.get("/en/desk/").content.decode()
    assert "/en/desk/reviews/" in page
    assert 'href="/en/desk/?of=reviews-10">1<' in page
    assert 'href="/en/desk/reviews/KEN/"' in client.get("/en/desk/reviews/").content.decode()
