"""The desk's page of sources: what rests on each, what is old, and who sees it."""

import re
from datetime import date, timedelta
from itertools import count

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.people.enums import Role
from stakeholders.registers.models import Candidate, EcosocName
from taxonomy.hooks import sources
from taxonomy.law.models import Participation
from taxonomy.sources.queries import known_sources, oldest_fresh, sources_for
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.resources import resource_in
from tests.factories.screening import loaded
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/sources/"


@pytest.fixture
def head(reference):
    return person_with(Role.HEAD)


def figures(user, code):
    (source,) = known_sources(user, code)
    return source.figures


def listed(**facts):
    return StakeholderFactory(
        status="listed", source_name="A register", source_date=localdate(), approved_at=None, **facts
    )


def test_all_sources_stand_on_one_page_and_each_has_its_own(client, head):
    sign_in(client, head)
    page = client.get(PAGE)
    assert 'name="robots" content="noindex' in page.text
    for code in sources:
        assert f'href="{PAGE}{code}/"' in page.text
        assert client.get(f"{PAGE}{code}/").status_code == 200
    assert client.get(f"{PAGE}nothing/").status_code == 404


def test_a_source_says_how_many_rows_rest_on_it_and_what_of_them_is_old(client, head):
    source_figures = figures(head, "participations")
    rows = Participation.objects.filter(instrument="UNTOC")
    assert source_figures.rows == rows.count()
    assert (source_figures.edited, source_figures.gone) == (0, None)
    assert source_figures.old == rows.filter(source_date__lt=oldest_fresh(6)).count() > 100
    codes = [code for code in sources if code.startswith("participations")]
    assert sum(figures(head, code).rows for code in codes) == Participation.objects.count()
    participation = rows.order_by("pk").first()
    participation.edited_by_hand, participation.source_date = True, localdate()
    participation.save()
    again = figures(head, "participations")
    assert (again.edited, again.old, again.newest) == (1, source_figures.old - 1, localdate())
    sign_in(client, head)
    page = client.get(f"{PAGE}participations/?page=2").text
    assert "were last compared with their source more than 6 months ago" in page
    assert page.count("seen on 27 January 2014") == 25
    assert "/en/admin/taxonomy/participation/" in page
    assert ": Convention against Transnational Organized Crime" in page


@pytest.mark.parametrize(("days", "is_old"), ((0, False), (731, False), (732, True)))
def test_a_fact_is_old_after_two_years(head, days, is_old):
    listed(ror_id="https://ror.org/00aaa1112")
    assert figures(head, "ror").old == 0
    entry = listed(ror_id="https://ror.org/00aaa1120")
    entry.source_date = localdate() - timedelta(days=days)
    entry.save()
    assert figures(head, "ror").old == is_old


def test_facts_of_several_lists_stand_on_one_page_the_oldest_of_each_first(client, head):
    from taxonomy.law.models import Instrument
    from taxonomy.places.models import Region

    for part in sources["reference-lists"].rows(head):
        part.rows.update(source_date=localdate())
    Region.objects.update(source_date=date(2020, 1, 1))
    Instrument.objects.update(source_date=date(2021, 1, 1))
    sign_in(client, head)
    first = client.get(f"{PAGE}reference-lists/").text
    assert first.count("seen on 1 January 2020") == 25
    assert "2021" not in first
    second = client.get(f"{PAGE}reference-lists/?page=2").text
    number = Region.objects.count() - 25
    assert second.count("seen on 1 January 2020") == number
    assert second.count("seen on 1 January 2021") == Instrument.objects.count()
    assert "/en/admin/taxonomy/region/" in second


def test_what_waits_and_what_left_the_source_is_counted(head):
    for code, facts in {
        "waits": {},
        "gone": {"is_in_file": False},
        "decided": {"status": "left_out", "reason": "other", "decided_by": head},
    }.items():
        candidate_facts = {"kind": "ngo", "country_id": "", "website": ""}
        Candidate.objects.create(
            code=code,
            name=code,
            said=candidate_facts,
            sources=[],
            confidence="low",
            country_basis="unknown",
            **facts,
        )
    source_figures = figures(head, "organizations")
    assert (
        source_figures.rows,
        source_figures.waiting,
        source_figures.gone,
        source_figures.edited,
        source_figures.old,
    ) == (3, 2, 1, 1, 0)


def test_the_menu_counts_the_sources_in_which_something_waits_and_leads_to_them(client, head, reference):
    sign_in(client, head)
    assert "No pending decisions" in client.get(f"{PAGE}?waiting=1").text
    for code in ("one", "two"):
        candidate_facts = {"kind": "ngo", "country_id": "", "website": ""}
        Candidate.objects.create(
            code=code, name=code, said=candidate_facts, sources=[], confidence="low", country_basis="unknown"
        )
    page = client.get(PAGE).text
    assert re.findall(r'class="desk-count" href="/en/desk/sources/\?waiting=1">(\d+)<', page) == ["1"]
    waiting = client.get(f"{PAGE}?waiting=1")
    assert waiting.context["page"].paginator.count == 1
    assert f'href="{PAGE}organizations/"' in waiting.text
    assert f'href="{PAGE}library/"' not in waiting.text


def test_a_record_that_left_its_file_is_counted_unless_it_was_merged(head):
    for state, gone_since in (("published", None), ("archived", localdate()), ("merged", localdate())):
        resource_in(state, code=state, gone_since=gone_since)
    source_figures = figures(head, "library")
    assert (source_figures.rows, source_figures.gone) == (2, 1)


def test_an_entry_with_people_of_its_own_is_not_old(head):
    listed(ror_id="https://ror.org/00aaa1112")
    StakeholderFactory(ror_id="https://ror.org/00aaa1120", source_date=date(2020, 1, 1))
    source_figures = figures(head, "ror")
    assert (source_figures.rows, source_figures.edited, source_figures.old) == (2, 1, 0)


def test_a_decision_of_the_past_is_not_old(head):
    EcosocName.objects.create(name="Name", key="name", outcome="granted", decided_on=date(1999, 1, 1))
    source_figures = figures(head, "ecosoc")
    assert (source_figures.rows, source_figures.old, source_figures.newest) == (1, 0, date(1999, 1, 1))


def test_who_does_not_vet_learns_nothing_of_the_lists_of_vetting(client, reference):
    loaded()
    curator = person_with(Role.CURATION)
    assert not {"security-council", "ecosoc"} & set(sources_for(curator))
    sign_in(client, curator)
    assert "Security Council" not in client.get(PAGE).text
    assert client.get(f"{PAGE}security-council/").status_code == 404
    assert {"security-council", "ecosoc"} <= set(sources_for(person_with(Role.VETTING)))


@pytest.mark.parametrize("role", (Role.REGIONAL, Role.STATE, None))
def test_the_pages_are_for_the_desk(client, reference, role):
    sign_in(client, person_with(role) if role else UserFactory())
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}ror/").status_code == 404


def test_the_pages_cost_the_same_for_more(client, head):
    numbers = count()

    def add():
        entry = listed(ror_id=f"https://ror.org/00aaa11{next(numbers):02}")
        entry.source_date = date(2020, 1, 1)
        entry.save()

    sign_in(client, head)
    for address in (PAGE, reverse("sources:source", args=["ror"])):
        assert_no_growth(lambda address=address: client.get(address), add)
