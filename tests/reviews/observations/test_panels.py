"""What is asked, said and observed, on the pages about a country and on a profile."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role
from reviews.calls.enums import CallStatus
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from reviews.moderation import actions as moderation_actions
from reviews.signatures import actions as signatures_actions
from stakeholders.entries.enums import Listing
from taxonomy.hooks import country_panels
from taxonomy.places.models import Country
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, draft_for, published_for, sent_for
from tests.factories.observations import observed
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.usefixtures("mechanism")
COUNTRY, REVIEW = "/en/countries/KEN/", "/en/reviews/KEN/"
PAGES = (COUNTRY, REVIEW)


def call_of(*countries, **fields):
    call = CallFactory(**fields)
    call.countries.set(countries)
    return call


def part(client, page, name):
    """The text of one part of a page; "" where it is not there."""
    match = re.search(
        rf'<section[^>]* aria-labelledby="{name}">.*?</section>', client.get(page).text, re.DOTALL
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", match[0])) if match else ""


@pytest.mark.behaviour("R-05")
@pytest.mark.parametrize(("page", "name"), tuple(zip(PAGES, ("now", "open-calls"), strict=True)))
def test_calls_open_now_for_the_country_and_no_others(client, page, name):
    call_of("KEN", title="About Kenya")
    call_of(title="About all")
    call_of("FRA", title="About France")
    call_of("KEN", title="Still to come", opens_at=now() + timedelta(days=1))
    call_of("KEN", title="Over", closes_at=now() - timedelta(seconds=1))
    call_of("KEN", title="Only drafted", status=CallStatus.DRAFT, published_at=None)
    call_of("KEN", title="Called off", status=CallStatus.CANCELLED)
    text = part(client, page, name)
    assert "About Kenya" in text
    assert "About all" in text
    for absent in ("About France", "Still to come", "Over", "Only drafted", "Called off"):
        assert absent not in text


def test_published_contributions_by_country_and_visibility(client):
    kenya, france = call_of("KEN", "UGA"), call_of("FRA")
    published_for(kenya, StakeholderFactory(name="Open Harbour"))
    published_for(kenya, StakeholderFactory(name="Zanzibarine Watch"), visibility="unnamed")
    published_for(kenya, StakeholderFactory(name="Of Uganda"), countries=["UGA"])
    published_for(france, StakeholderFactory(name="Of France"))
    published_for(france, StakeholderFactory(name="Of Both"), countries=["KEN", "FRA"])
    sent_for(kenya, StakeholderFactory(name="Still Waiting"))
    for_desk, _author = sent_for(kenya, StakeholderFactory(name="For The Desk"), visibility="desk")
    screener = person_with(Role.REVIEWS)
    moderation_actions.take(for_desk, actor=screener)
    moderation_actions.keep(for_desk, actor=screener)
    for reader in (client, _desk()):
        text = part(reader, REVIEW, "published-contributions")
        for title in ("Open Harbour", "Of Both", "Contribution without a name"):
            assert text.count(title) == 1  # of several countries, too
        for absent in ("Zanzibarine", "Of Uganda", "Of France", "Still Waiting", "For The Desk"):
            assert absent not in text


def _desk():
    desk = Client()
    sign_in(desk, person_with(Role.REVIEWS))
    return desk


@pytest.mark.behaviour("R-12")
def test_observations_of_the_country_with_article_source_and_date(client):
    observed(text="The law does not name it.")
    observed("FRA", text="Of another country.")
    observed(text="Not published.", publish=False)
    text = part(client, REVIEW, "observations")
    for words in ("The law does not name it.", "Gap", "Article 5", "CTOC/COP/2026/1", "1 March 2026"):
        assert words in text
    for absent in ("Of another country.", "Not published."):
        assert absent not in text


def test_the_page_of_the_country_leads_to_what_its_review_publishes(client):
    ways = ("/en/reviews/KEN/#published-contributions", "/en/reviews/KEN/#observations")

    def shown():
        page = client.get(COUNTRY).text
        return [way in page for way in ways]

    sent_for(call_of("KEN"), StakeholderFactory())
    observed(publish=False)
    assert shown() == [False, False]
    observed(text="The law does not name it.")
    assert shown() == [False, True]
    published_for(call_of("KEN"))
    assert shown() == [True, True]
    assert "The law does not name it." not in client.get(COUNTRY).text


def test_parts_with_nothing_to_say_are_not_there(client):
    for page in PAGES:
        for name in ("open-calls", "published-contributions", "observations"):
            assert part(client, page, name) == ""


@pytest.mark.parametrize("name", ("calls", "contributions", "observations", "published"))
def test_a_part_costs_one_statement_for_one_row_and_for_three(name, django_assert_num_queries):
    kenya = Country.objects.get(pk="KEN")
    call = call_of("KEN")
    visitor = Client().get("/en/").wsgi_request.user
    for rows in (1, 2):
        for _number in range(rows):
            call_of("KEN")
            published_for(call)
            observed()
        str(visitor)
        with django_assert_num_queries(1):
            panel = country_panels[name].load(visitor, kenya)
        assert panel is not None


# --- The profile ------------------------------------------------------------------------------------------
def test_a_profile_tells_to_what_it_contributed_by_name_and_never_of_the_rest(client, settings):
    settings.KEEP_PAGES_SECONDS = 600
    own, partner = StakeholderFactory(name="Open Harbour"), StakeholderFactory(name="Partner")
    page, partners = own.get_absolute_url(), partner.get_absolute_url()
    assert part(client, page, "contributed") == ""
    signer = member_of(partner)
    joint, author = draft_for(call_of("KEN", title="Joint call"), own)
    signature = signatures_actions.invite(joint, partner, actor=author)
    joint, _receipt = contributions_actions.submit(joint, actor=author)
    assert part(client, partners, "contributed") == ""
    signatures_actions.sign(signature, actor=signer, digest=joint.digest)
    screener = person_with(Role.REVIEWS)
    moderation_actions.take(joint, actor=screener)
    joint = moderation_actions.publish(joint, actor=screener)
    published_for(call_of("KEN", title="Unnamed call"), own, visibility="unnamed")
    sent_for(call_of("KEN", title="Waiting call"), own)
    for reader in (client, _member(own), _desk()):
        text = part(reader, page, "contributed")
        assert "Joint call" in text
        assert "Unnamed call" not in text
        assert "Waiting call" not in text
    assert "Joint call" in part(client, partners, "contributed")
    signatures_actions.decline(signature, actor=signer)
    assert part(client, partners, "contributed") == ""
    contributions_actions.narrow(Contribution.objects.get(pk=joint.pk), actor=author, visibility="unnamed")
    assert part(client, page, "contributed") == ""


@pytest.mark.behaviour("R-10")
@pytest.mark.parametrize("narrower", ("unnamed", "desk", "withdrawn"))
def test_what_is_narrowed_leaves_the_profile_at_once(client, settings, narrower):
    settings.KEEP_PAGES_SECONDS = 600
    own = StakeholderFactory(name="Open Harbour", listing=Listing.PUBLIC)
    contribution, author = published_for(call_of("KEN", title="Some call"), own)
    assert "Some call" in part(client, own.get_absolute_url(), "contributed")
    if narrower == "withdrawn":
        contributions_actions.withdraw(contribution, actor=author)
    else:
        contributions_actions.narrow(contribution, actor=author, visibility=narrower)
    assert part(client, own.get_absolute_url(), "contributed") == ""


def _member(own):
    member = Client()
    sign_in(member, member_of(own))
    return member


def test_an_article_shows_calls_that_name_it_and_observations_on_it(client):
    call = call_of(title="On article 5")
    call.articles.set(["UNTOC-5"])
    call_of(title="On none")
    observed(text="The law does not name it.")
    assert "On article 5" in part(client, "/en/articles/UNTOC/5/", "open-calls")
    assert "On none" not in client.get("/en/articles/UNTOC/5/").text
    text = part(client, "/en/articles/UNTOC/5/", "observations")
    assert "Kenya: Gap" in text
    assert "The law does not name it." in text
    assert part(client, "/en/articles/UNTOC/6/", "observations") == ""
