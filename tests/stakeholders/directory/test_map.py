"""The map of the directory: nearer by region, overlapping marks as one, cities in the list beside."""

import re
from html import unescape
from itertools import combinations
from math import hypot

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from stakeholders.directory.queries import DirectoryQuery, places
from stakeholders.directory.queries_map import PHONE, cities_of, directory_map
from taxonomy.names.models import choices_of
from taxonomy.places.map_marks import HEIGHT, WIDTH, marks
from taxonomy.places.models import Country
from taxonomy.places.queries import countries_within, regions_of
from tests.stakeholders.directory.pages import MAP, entry
from tests.support import words_of

pytestmark = pytest.mark.usefixtures("reference")


def map_of(counted, **question):
    query = DirectoryQuery(**question)
    [countries] = choices_of(Country)
    return directory_map(places(counted, query, dict(countries)), query)


def box(response):
    return re.search(r'<svg viewBox="([^"]+)" role="group"', response.text)[1]


def region_links(response):
    """Region → its address, and the region that is shown."""
    nav = re.search(r'<nav class="views map-regions".*?</nav>', response.text, re.DOTALL)[0]
    links = re.findall(r'<a href="([^"]*)"\s*(aria-current="true")?>([^<]*)</a>', nav)
    return {label: unescape(url) for url, _current, label in links}, [
        label for _url, current, label in links if current
    ]


@pytest.mark.behaviour("D-17")
def test_links_above_the_map_are_the_filter_by_region_and_keep_the_rest(client):
    entry("Kenyan", country_id="KEN", kind="ngo")
    entry("French", country_id="FRA", kind="ngo")
    world = client.get(f"{MAP}?kind=ngo")
    links, here = region_links(world)
    assert here == ["All regions"]
    assert set(links) == {"All regions", "Africa", "Americas", "Asia", "Europe", "Oceania"}
    assert links["Africa"] == f"{MAP}?kind=ngo&region=002"
    assert box(world) == f"0 0 {WIDTH} {HEIGHT}"
    africa = client.get(links["Africa"])
    assert region_links(africa)[1] == ["Africa"]
    assert "Kenya" in words_of(africa)
    assert re.search(r'name="region"[^>]* value="002" checked', africa.text)
    x, y, width, height = map(float, box(africa).split())
    kenya = marks()["KEN"]
    assert x < kenya.x < x + width < WIDTH
    assert y < kenya.y < y + height <= HEIGHT
    assert region_links(africa)[0]["All regions"] == f"{MAP}?kind=ngo"
    # A region without any: no map, and the links that lead on.
    assert len(region_links(client.get(links["Asia"]))[0]) == 6


@pytest.mark.parametrize("region", ("", "002", "009", "019", "142", "150"))
def test_every_country_stands_once_and_no_two_marks_of_a_region_overlap(reference, region):
    rows = Country.objects.filter(region=region) if region else Country.objects.all()
    counted = dict.fromkeys(rows.values_list("pk", flat=True), 3)
    shown = map_of(counted, **({"region": (region,)} if region else {}))
    assert sum(mark.count for mark in shown.marks) == 3 * len(counted.keys() & marks())
    assert any(mark.is_group for mark in shown.marks)
    for mark in shown.marks:
        assert shown.x <= mark.x <= shown.x + shown.width
        assert shown.y <= mark.y <= shown.y + shown.height
    for mark, other in combinations(shown.marks, 2) if region else ():
        apart = hypot(mark.x - other.x, mark.y - other.y)
        assert apart >= (mark.size + other.size) * shown.scale * PHONE


def test_every_group_of_a_region_opens_in_a_few_steps(reference):
    """Also where marks are so near each other that no map has them apart."""
    waiting = [{"region": (code,)} for code in ("002", "009", "019", "142", "150")]
    opened = set()
    for _step in range(6):
        nearer = []
        for question in waiting:
            codes = question.get("country") or countries_within(question["region"])
            for mark in map_of(dict.fromkeys(codes, 3), **question).marks:
                query = QueryDict(mark.url.partition("?")[2])
                if mark.is_group:
                    nearer.append({"country": tuple(query.getlist("country"))})
                else:
                    opened.add(query["country"])
        waiting = nearer
    assert not waiting
    assert opened == {iso3 for iso3 in marks() if regions_of().get(iso3)}


@pytest.mark.behaviour("D-17")
def test_a_group_has_the_sum_and_leads_nearer_until_its_places_stand_apart(client):
    for name, country in (("One", "BEL"), ("Two", "LUX"), ("Three", "LUX"), ("Far", "FIN")):
        entry(name, country_id=country)
    page = client.get(MAP)
    group = (
        r'<a href="([^"]*)" aria-label="([^"]*)"><title>[^<]*</title>[^>]*><circle class="mark mark-group"'
    )
    [(url, spoken)] = re.findall(group, page.text)
    assert spoken == "Belgium, Luxembourg together: 3 stakeholders. Zoom in."
    assert unescape(url) == f"{MAP}?region=150"
    addresses = [url]
    while matches := re.findall(group, client.get(unescape(addresses[-1])).text):
        addresses.append(matches[0][0])
        assert len(addresses) < 5
    nearest = client.get(unescape(addresses[-1]))
    assert 'aria-label="Belgium: 1 stakeholder"' in nearest.text
    assert 'aria-label="Luxembourg: 2 stakeholders"' in nearest.text


def test_oceania_is_one_part_though_the_edge_of_the_world_runs_through_it(reference):
    oceania = map_of({"TON": 1, "WSM": 1, "FJI": 1, "AUS": 2}, region=("009",))
    assert oceania.width < WIDTH / 2
    assert oceania.land == [0, WIDTH]
    assert map_of({"KEN": 1}, region=("002",)).land == [0]


def test_what_has_no_point_or_is_alone_has_a_map_too(reference):
    assert map_of({"TUV": 4}, region=("009",)).box == f"0 0 {WIDTH} {HEIGHT}"
    [mark] = map_of({"KEN": 4}, country=("KEN",)).marks
    assert (mark.count, mark.is_group) == (4, False)


@pytest.mark.behaviour("D-17")
def test_cities_stand_under_their_country_where_a_region_is_shown(client):
    for name, city in (("One", "Nairobi"), ("Two", "nairobi"), ("Three", "Mombasa"), ("Four", "")):
        entry(name, country_id="KEN", city=city)
    entry("Five", country_id="FRA", city="Paris")
    entry("Hidden", country_id="KEN", city="Secret Town", listing="country")
    assert "Nairobi" not in client.get(MAP).text
    africa = client.get(f"{MAP}?region=002")
    assert "Kenya 4 Mombasa 1 Nairobi 2" in words_of(africa)
    assert "Paris" not in africa.text
    assert "Secret Town" not in africa.text


def test_a_reader_learns_cities_only_of_whom_they_find(reference):
    public = entry("Seen", country_id="KEN", city="Nairobi")
    members_only = entry("Members", country_id="KEN", city="Lamu", listing="members")
    cities = cities_of(AnonymousUser(), [public.pk, members_only.pk])
    assert [city.name for city in cities["KEN"]] == ["Nairobi"]


@pytest.mark.parametrize("number", (1, 4))
def test_a_region_is_shown_by_the_same_number_of_queries(client, django_assert_num_queries, number):
    for at in range(number):
        entry(f"Number {at}", country_id=("KEN", "UGA", "TZA", "EGY")[at], city=f"City {at}")
    client.get(f"{MAP}?region=002")  # names and regions are cached
    with django_assert_num_queries(3):
        client.get(f"{MAP}?region=002")
