"""Who sees and may do what with reviews: each page by each role; hidden answers like missing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from reviews.corrections.models import Correction
from reviews.imports.models import ReviewImport
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument, ReviewingState, StepRecord
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.reviews import CorrectionFactory, recorded, review_of
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.usefixtures("mechanism")

ROLES = (
    "visitor",
    "stranger",
    "member",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
    "regional",
    "state",
)
KEEP = {"reviews", "head"}
PUBLIC = (
    "/en/reviews/",
    "/en/reviews/figures/",
    "/en/reviews/tracker.csv",
    "/en/reviews/changes.atom",
    "/en/reviews/KEN/",
    "/en/reviews/KEN/deadlines.ics",
    "/en/reviews/KEN/changes.atom",
    "/en/reviews/KEN/correct/",
    "/en/reviews/KEN/correct/sent/",
    "/en/countries/",
    "/en/countries/KEN/",
)


def person(who):
    match who:
        case "visitor":
            return AnonymousUser()
        case "stranger":
            return UserFactory()
        case "member":
            return member_of(StakeholderFactory())
    return person_with(who)


def enter(client, who):
    user = person(who)
    if user.is_authenticated:
        sign_in(client, user)
    return user


@pytest.fixture
def sent(keeper):
    return ReviewImport.objects.create(
        kind="groups",
        name="g.csv",
        text="iso3,group\nKEN,2\n",
        source="A list",
        source_date="2026-11-01",
        sent_by=keeper,
    )


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_what_is_published_is_everybodys(client, who):
    enter(client, who)
    assert {address: client.get(address).status_code for address in PUBLIC} == dict.fromkeys(PUBLIC, 200)
    assert client.get("/en/reviews/XXX/").status_code == 404
    offered = "/en/desk/reviews/KEN/" in client.get("/en/reviews/KEN/").content.decode()
    assert offered is (who in KEEP)


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_the_desks_pages_are_for_those_who_look_after_the_reviews(client, who, sent):
    correction = CorrectionFactory()
    document = ReviewDocument.objects.create(review=review_of("KEN"), kind_id="summary", title="A summary")
    enter(client, who)
    expected = 302 if who == "visitor" else 200 if who in KEEP else 404
    pages = (
        "",
        "KEN/",
        "KEN/facts/",
        "KEN/focal-point/",
        "KEN/documents/add/",
        f"KEN/documents/{document.pk}/",
        "corrections/",
        f"corrections/{correction.pk}/",
        "imports/",
        f"imports/{sent.pk}/",
    )
    for page in pages:
        assert client.get(f"/en/desk/reviews/{page}").status_code == expected, page
    if who not in KEEP:
        before = (StepRecord.objects.count(), CountryReview.objects.exclude(group=None).count())
        for page in (*pages, f"imports/{sent.pk}/discard/"):
            if page not in ("", "corrections/"):
                answer = client.post(f"/en/desk/reviews/{page}", {"outcome": "taken", "nominated": "no"})
                assert answer.status_code == expected, page
        correction.refresh_from_db()
        sent.refresh_from_db()
        assert (correction.outcome, sent.status) == ("", "checked")
        assert before == (StepRecord.objects.count(), CountryReview.objects.exclude(group=None).count())
    else:
        assert client.get("/en/desk/reviews/XXX/").status_code == 404
        assert client.get("/en/desk/reviews/corrections/999999/").status_code == 404


def test_a_role_sleeps_without_the_second_factor(client):
    client.force_login(person_with("reviews"))
    response = client.get("/en/desk/reviews/")
    assert (response.status_code, response["Location"].startswith("/en/accounts/2fa/")) == (302, True)


def test_the_permission_to_view_is_the_same_as_being_visible(sent):
    CorrectionFactory()
    record = recorded("KEN", "summary")
    ReviewingState.objects.create(
        review=record.review, instrument_id="FA", reviewer_id="FRA", source="A list"
    )
    for who in ROLES:
        user = person(who)
        for model in (
            Correction,
            ReviewImport,
            CountryReview,
            StepRecord,
            FocalPoint,
            ReviewingState,
            ReviewDocument,
        ):
            rows = list(model.objects.order_by("pk")[:3])
            permitted = {
                row.pk for row in rows if user.has_perm(f"reviews.view_{model._meta.model_name}", row)
            }
            assert permitted == set(
                model.objects.visible_to(user)
                .filter(pk__in=[r.pk for r in rows])
                .values_list("pk", flat=True)
            )


PERMISSIONS = {
    "reviews.keep_reviews": KEEP,
    "reviews.record_step": KEEP,
    "reviews.answer_correction": KEEP,
    "reviews.import_list": KEEP,
    "reviews.change_countryreview": KEEP,
    "reviews.change_stepkind": {"reviews", "curation", "administrator"},
}


@pytest.mark.parametrize("verb", PERMISSIONS)
def test_who_may_do_what(verb):
    correction = CorrectionFactory()
    may = {who for who in ROLES if person(who).has_perm(verb, correction)}
    assert may == PERMISSIONS[verb]


def test_who_sent_a_correction_is_not_told_outside_the_desk(client):
    sender = UserFactory(name="Amina Njeri", email="amina@coast.example")
    CorrectionFactory(reporter=sender)
    for address in PUBLIC:
        body = client.get(address).getvalue().decode()
        assert "Amina" not in body
        assert "amina@coast.example" not in body
