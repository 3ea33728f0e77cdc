"""The public page of one stakeholder."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.people.enums import Role
from stakeholders.directory.queries_profile import ProfileDetails, linked_data
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import Membership, Stakeholder
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of

LISTED = {
    "status": Status.LISTED,
    "source_name": "A register",
    "source_url": "https://register.example/7",
    "source_date": "2026-06-01",
    "approved_at": None,
}


def path_of(stakeholder, language="en"):
    with override(language):
        return stakeholder.get_absolute_url()


def data_of(response):
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    return json.loads(match[1]) if match else None


@pytest.fixture
def watch(reference):
    stakeholder = StakeholderFactory(
        name="مرصد الموانئ",
        name_latin="Ports Observatory",
        acronym="PO",
        country_id="EGY",
        city="الإسكندرية",
        website="https://ports.example/about",
        mission="نراقب الموانئ.\n\nنكتب التقارير.",
        mission_language_id="ar",
        confirmed_at="2026-05-20T10:00:00Z",
    )
    stakeholder.topics.set(["corruption"])
    return stakeholder


def test_a_profile_shows_the_own_script_first_then_what_is_known(client, watch):
    response = client.get(path_of(watch))
    page = markup_of(response)
    assert re.findall(r"<h1>(.*?)</h1>", page) == ['<bdi dir="auto">مرصد الموانئ</bdi>']
    in_latin = re.search(r'<bdi dir="auto">Ports Observatory</bdi>\s+<bdi>\(PO\)</bdi>', response.text)
    assert response.text.index("مرصد الموانئ</bdi></h1>") < in_latin.start()
    for shown in (
        "Verified",
        "confirmed May 2026",
        "الإسكندرية",
        "Egypt",
        "?topic=corruption",
        'lang="ar"',
        f'<a href="/en/out/stakeholder/{watch.pk}/" rel="nofollow noopener"><bdi dir="ltr">ports.example',
    ):
        assert shown in page, shown


def test_a_listed_entry_says_where_it_comes_from_and_that_nobody_claimed_it(client, reference):
    page = client.get(path_of(StakeholderFactory(**LISTED, kind=Kind.ACADEMIA))).text
    for shown in (
        "Listed from a public source, unclaimed",
        ">A register</a>",
        "seen on 1 June 2026",
        "https://register.example/7",
        "Is this your organization?",
    ):
        assert shown in page, shown
    assert "Verified" not in page


def test_a_verified_entry_is_not_offered_for_claiming(client, watch):
    assert "Is this your organization?" not in client.get(path_of(watch)).text


@pytest.mark.parametrize("tail", ("", "-", "-something-else", "-Ports-Observatory"))
def test_another_slug_leads_to_the_right_address(client, watch, tail):
    response = client.get(f"/fr/stakeholders/{watch.pk}{tail}/")
    if tail == "-":
        assert response.status_code == 404
    else:
        assert (response.status_code, response["Location"]) == (301, path_of(watch, "fr"))


@pytest.mark.parametrize("pk", (0, 999_999, 2**63, 10**40))
def test_an_unknown_number_is_not_found(client, db, pk):
    assert client.get(f"/en/stakeholders/{pk}-name/").status_code == 404


WHO = ("visitor", "person", "state", "member", "regional", "own", "desk")
ANSWERS = {
    # (status, listing): who sees the page
    (Status.ACTIVE, Listing.PUBLIC): set(WHO),
    (Status.ACTIVE, Listing.MEMBERS_STATES): {"state", "member", "regional", "own", "desk"},
    (Status.ACTIVE, Listing.MEMBERS): {"member", "regional", "own", "desk"},
    (Status.ACTIVE, Listing.COUNTRY): {"own", "desk"},
    (Status.ACTIVE, Listing.UNLISTED): {"own", "desk"},
    (Status.LAPSED, Listing.PUBLIC): {"own", "desk"},
    (Status.SUSPENDED, Listing.PUBLIC): {"own", "desk"},
    (Status.WITHDRAWN, Listing.UNLISTED): {"own", "desk"},
    (Status.MERGED, Listing.PUBLIC): {"own", "desk"},
}


@pytest.mark.slow
@pytest.mark.behaviour("D-19")
@pytest.mark.parametrize(("status", "listing"), ANSWERS)
def test_hidden_profiles_answer_like_missing_ones(client, reference, status, listing, subtests):
    stakeholder = StakeholderFactory(name="Very Secret Name", status=status, listing=listing)
    public = (status, listing) == (Status.ACTIVE, Listing.PUBLIC)
    for who in WHO:
        with subtests.test(who=who):
            person = {
                "visitor": lambda: None,
                "person": UserFactory,
                "state": lambda: person_with(Role.STATE),
                "member": lambda: member_of(StakeholderFactory()),
                "regional": lambda: person_with(Role.REGIONAL),
                "own": lambda: member_of(stakeholder),
                "desk": lambda: person_with(Role.VETTING),
            }[who]()
            if person:
                sign_in(client, person)
            response = client.get(path_of(stakeholder))
            is_visible = who in ANSWERS[status, listing]
            assert response.status_code == (200 if is_visible else 404)
            assert ("Very Secret Name" in response.text) is is_visible
            wrong = client.get(f"/en/stakeholders/{stakeholder.pk}-wrong/")
            assert wrong.status_code == (301 if is_visible else 404), (
                "the redirect may not tell the name either"
            )
            assert (data_of(response) is not None) is (is_visible and public)
            assert ("noindex" in response.text) is not (is_visible and public) or not is_visible


def test_what_was_public_and_is_withdrawn_is_gone(client, reference):
    gone = StakeholderFactory(name="Former Name", status=Status.WITHDRAWN)
    response = client.get(path_of(gone))
    assert response.status_code == 410
    assert "Former Name" not in response.text


@pytest.mark.behaviour("X-01")
def test_the_language_bar_stays_on_the_same_stakeholder(client, watch):
    page = client.get(path_of(watch)).text
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert f'href="{path_of(watch, language)}"' in page
        assert f'hreflang="{language}"' in page


@pytest.mark.parametrize(
    ("kind", "word"),
    (
        (Kind.NGO, "NGO"),
        (Kind.ACADEMIA, "EducationalOrganization"),
        (Kind.PRIVATE, "Organization"),
        (Kind.EXPERT, "Person"),
    ),
)
def test_linked_data_hold_what_the_page_shows_and_no_more(client, watch, kind, word):
    Stakeholder.objects.filter(pk=watch.pk).update(kind=kind)
    Membership.objects.create(stakeholder=watch, user=UserFactory(name="Hidden Person"), role="admin")
    response = client.get(path_of(watch))
    assert data_of(response) == {
        "@context": "https://schema.org",
        "@type": word,
        "name": "مرصد الموانئ",
        "url": "http://testserver" + path_of(watch),
        "alternateName": ["Ports Observatory", "PO"],
        "description": "نراقب الموانئ.\n\nنكتب التقارير.",
        "knowsAbout": ["Corruption"],
        "address": {"@type": "PostalAddress", "addressLocality": "الإسكندرية", "addressCountry": "EG"},
        "sameAs": ["https://ports.example/about"],
    }
    assert "Hidden Person" not in response.text


def test_a_profile_costs_the_same_with_one_topic_and_with_three(client, reference):
    stakeholder, topics = StakeholderFactory(), iter(("corruption", "firearms", "terrorism"))
    assert_no_growth(lambda: client.get(path_of(stakeholder)), lambda: stakeholder.topics.add(next(topics)))


def test_a_kept_profile_changes_with_its_row(client, watch, settings, django_assert_num_queries):
    settings.KEEP_PAGES_SECONDS = 60
    path = path_of(watch)
    client.get(path)
    with django_assert_num_queries(1):
        client.get(path)
    Stakeholder.objects.filter(pk=watch.pk).update(city="Port Said", updated_at="2999-01-01T00:00:00Z")
    assert "Port Said" in client.get(path).text
    Stakeholder.objects.filter(pk=watch.pk).update(listing=Listing.UNLISTED)
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(name=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120))
def test_any_name_gets_an_address_that_leads_back_to_it(client, name):
    stakeholder = StakeholderFactory(name=name)
    path = path_of(stakeholder)
    assert re.fullmatch(r"/en/stakeholders/\d+-[a-z0-9_-]+/", path)
    assert client.get(path).status_code == 200
    stakeholder.delete()


@given(text=st.text(max_size=200))
def test_linked_data_cannot_end_their_element(text):
    from taxonomy.places.models import Country

    stakeholder = Stakeholder(
        pk=1,
        slug="x",
        kind=Kind.NGO,
        name=f"</script><!--{text}",
        country=Country(iso3="KEN", iso2="KE"),
        mission=text,
    )
    nothing_else = ProfileDetails(*([] for _field in ProfileDetails._fields))
    out = linked_data(stakeholder, nothing_else)
    assert "<" not in out
    assert json.loads(out)["name"] == stakeholder.name


def test_the_page_has_no_button_that_does_nothing(client, watch):
    page = client.get(path_of(watch)).text
    main = page[page.index("<main") : page.index("</main>")]
    assert "<button" not in main
    assert reverse("stakeholders:list") in main
