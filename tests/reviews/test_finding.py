"""What the search of the portal finds of calls, contributions, observations and reviews, and what never."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.people.enums import Role
from reviews.calls import actions as calls_actions
from reviews.calls import queries as calls_queries
from reviews.calls.enums import CallStatus
from reviews.contributions import actions as contributions_actions
from reviews.contributions import queries as contributions_queries
from reviews.moderation import actions as moderation_actions
from reviews.observations import queries as observations_queries
from reviews.observations.models import Observation
from reviews.seed import load_reviews
from reviews.tracker import queries_country as tracker_queries_country
from reviews.tracker.models import CountryReview, ReviewDocument
from search.actions import rebuild
from search.models import Document
from search.queries import find
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, draft_for, sent_for
from tests.factories.reviews import review_of
from tests.factories.stakeholders import StakeholderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


def kinds(user, text):
    return sorted(find(user, text).values_list("kind", flat=True))


def observed(**fields):
    values = {
        "country_id": "KEN",
        "kind": "gap",
        "article_id": "UNTOC-5",
        "text": "Zebraline is missing.",
        "language_id": "en",
        "source": "CTOC/1",
        "source_date": date(2026, 1, 1),
        "published_at": now(),
    }
    return Observation.objects.create(**values | fields)


def test_a_call_is_found_from_its_publication_on_by_title_question_and_translation(visitor, desk):
    values = {
        "title": "Okapiword",
        "language_id": "en",
        "opens_at": now(),
        "closes_at": now() + timedelta(days=20),
        "translations": {"fr": {"title": "Motokapi"}},
    }
    call = calls_actions.draft_call(actor=desk, values=values, questions=[{"text": "Of the quaggaword?"}])
    for user in (visitor, desk):
        assert kinds(user, "Okapiword") == []
    rebuild("reviews.call")
    assert kinds(desk, "Okapiword") == []
    call = calls_actions.publish_call(call, actor=desk)
    for word in ("Okapiword", "quaggaword", "Motokapi"):
        assert kinds(visitor, word) == ["reviews.call"]
    calls_actions.save_call(call, actor=desk, version=call.version, values={"guidance": "Bontebokword"})
    assert kinds(visitor, "Bontebokword") == ["reviews.call"]
    calls_actions.cancel_call(call, actor=desk, note="Postponed.")
    assert kinds(visitor, "Okapiword") == ["reviews.call"]


def test_a_contribution_is_found_while_it_is_published_and_as_its_author_allows(visitor, desk):
    call = CallFactory()
    first = call.questions.first().pk
    named, author = draft_for(call, StakeholderFactory(name="Gnu Institute"))
    contributions_actions.save_answers(
        named, actor=author, version=named.version, answers={first: "Elandword"}, visibility="public"
    )
    contributions_actions.submit(named, actor=author)
    assert kinds(desk, "Elandword") == []
    moderation_actions.publish(moderation_actions.take(named, actor=desk), actor=desk)
    assert kinds(visitor, "Elandword") == ["reviews.contribution"]
    assert "reviews.contribution" in kinds(visitor, "Gnu Institute")
    contributions_actions.narrow(named, actor=author, visibility="unnamed")
    assert kinds(visitor, "Elandword") == ["reviews.contribution"]
    assert "reviews.contribution" not in kinds(visitor, "Gnu Institute")
    assert not Document.objects.filter(kind="reviews.contribution", title__contains="Gnu").exists()
    contributions_actions.narrow(named, actor=author, visibility="desk")
    assert kinds(visitor, "Elandword") == kinds(desk, "Elandword") == []


def test_who_wrote_without_a_name_is_told_by_no_word_of_the_index(visitor, desk):
    stakeholder = StakeholderFactory(name="Aardwolfia Trust", country_id="FRA")
    unnamed, author = sent_for(CallFactory(), stakeholder, visibility="unnamed")
    moderation_actions.publish(moderation_actions.take(unnamed, actor=desk), actor=desk)
    call_command("rebuild_index")
    document = Document.objects.get(kind="reviews.contribution")
    words = f"{document.title} {document.text} {document.sort_key} {document.tsv}".lower()
    assert "aardwolfia" not in words
    assert document.country == ""
    assert document.facets == []
    for user in (visitor, desk, author):
        assert "reviews.contribution" not in kinds(user, "Aardwolfia")
    contributions_actions.withdraw(unnamed, actor=author)
    assert not Document.objects.filter(kind="reviews.contribution").exists()


def test_an_observation_is_found_once_published_and_no_more_once_it_is_split(visitor):
    hidden = observed(published_at=None)
    assert kinds(visitor, "Zebraline") == []
    hidden.published_at = now()
    hidden.save()
    assert kinds(visitor, "Zebraline") == ["reviews.observation"]
    part = observed(text="Kuduline is missing.", split_from=hidden)
    assert kinds(visitor, "Zebraline") == []
    assert kinds(visitor, "Kuduline") == ["reviews.observation"]
    part.delete()
    assert kinds(visitor, "Zebraline") == ["reviews.observation"]


def test_a_review_is_found_by_the_names_of_its_country_and_the_symbols_of_its_documents(client, visitor):
    load_reviews()
    assert Document.objects.filter(kind="reviews.countryreview").count() == CountryReview.objects.count()
    assert "reviews.countryreview" in kinds(visitor, "كينيا")
    ReviewDocument.objects.create(
        review=review_of("KEN"), cluster_id="I", kind_id="summary", symbol="CTOC/ABC/77", publicity="public"
    )
    assert kinds(visitor, "CTOC/ABC/77") == ["reviews.countryreview"]
    page = client.get("/fr/search/?q=CTOC/ABC/77").text
    assert '<a href="/fr/reviews/KEN/"><bdi>Kenya</bdi></a>' in page
    assert '<a href="/ar/reviews/KEN/"><bdi>كينيا</bdi></a>' in client.get("/ar/search/?q=CTOC/ABC/77").text


def test_a_hit_says_of_which_kind_it_is(client):
    CallFactory(title="Springbokword")
    page = client.get("/en/search/?q=Springbokword").text
    assert "<span>Call for contributions</span>" in page


def test_to_build_documents_costs_the_same_for_one_and_for_three(desk):
    def statements(build, ids):
        with CaptureQueriesContext(connection) as queries:
            assert len(list(build(ids))) == len(ids)
        return len(queries)

    load_reviews()
    calls = [CallFactory().pk for _number in range(3)]
    sent = []
    for _number in range(3):
        contribution, _author = sent_for(CallFactory())
        moderation_actions.publish(moderation_actions.take(contribution, actor=desk), actor=desk)
        sent.append(contribution.pk)
    observation_ids = [observed().pk for _number in range(3)]
    reviews = list(CountryReview.objects.values_list("pk", flat=True)[:3])
    for build, ids in (
        (calls_queries.call_documents, calls),
        (contributions_queries.contribution_documents, sent),
        (observations_queries.observation_documents, observation_ids),
        (tracker_queries_country.review_documents, reviews),
    ):
        assert statements(build, ids[:1]) == statements(build, ids)


def test_the_rebuild_forgets_what_is_a_draft_again(visitor):
    call = CallFactory(title="Duikerword")
    type(call).objects.filter(pk=call.pk).update(status=CallStatus.DRAFT, published_at=None)
    call_command("rebuild_index", "reviews.call")
    assert kinds(visitor, "Duikerword") == []
