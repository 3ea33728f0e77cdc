"""The map of the directory: what part of the world it shows, its marks, and the cities of the list beside."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.facets import WIDEST
from core.text import fold
from stakeholders.directory.queries import DirectoryQuery, Place, mark_size, shown_to
from taxonomy.places.map_marks import HEIGHT, WIDTH
from taxonomy.places.queries import regions_of

NARROWEST = 100  # units: closer, the land has no more to show
TALLEST = 0.62  # of the width
MARGIN = 0.08  # of the width, on each side of the outermost marks
PHONE = 1.8  # so much larger the style draws the marks on a phone, where they may not overlap either
MOST_CITIES = 10  # of one country


@dataclass(frozen=True, slots=True)
class MapMark:
    """One place, or several that would overlap; `url` leads to their list, or to the map nearer to them."""

    x: float
    y: float
    size: int
    count: int
    spoken: str
    url: str
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryMap:
    """A part of the world in the units of `map_marks`; `scale` keeps marks as large as on the whole of it."""

    x: float
    y: float
    width: float
    height: float
    marks: list[MapMark]

    @property
    def box(self) -> str:
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"

    @property
    def scale(self) -> float:
        return round(self.width / WIDTH, 3)

    @property
    def land(self) -> list[int]:
        """Where the land is drawn: beyond the edge of the world once more, for Oceania lies on both sides."""
        return [0, WIDTH] if self.x + self.width > WIDTH else [0]


@dataclass(frozen=True, slots=True)
class _Cluster:
    x: float
    y: float
    count: int
    places: tuple[Place, ...]

    @property
    def radius(self) -> int:
        return mark_size(self.count) + (GROUP_RING if len(self.places) > 1 else 0)


GROUP_RING = 3  # around the mark of a group


def directory_map(places: Sequence[Place], question: DirectoryQuery) -> DirectoryMap:
    """Return the map of these places: where regions or countries were asked for, the part they lie in."""
    is_near = bool(question.region or question.country)
    clusters = [_Cluster(place.mark.x, place.mark.y, place.count, (place,)) for place in places if place.mark]
    view = DirectoryMap(0, 0, WIDTH, HEIGHT, [])
    if is_near and clusters:
        clusters = _joined_at_the_edge(clusters)
        view = _view_of(clusters)
    grouped = _grouped(clusters, view.scale * PHONE)
    if is_near and len(grouped) == 1:
        grouped = clusters  # nearer, they would be one again
    return replace(view, marks=[_mark(cluster, question, is_near=is_near) for cluster in grouped])


def _joined_at_the_edge(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Return the clusters with those at the left of the widest empty part moved past the right edge."""
    columns = sorted(cluster.x for cluster in clusters)
    gaps = [(after - before, after) for before, after in pairwise(columns)]
    widest, after = max(gaps, default=(0, 0))
    if widest <= columns[0] + WIDTH - columns[-1]:
        return list(clusters)
    return [
        replace(cluster, x=round(cluster.x + WIDTH, 1)) if cluster.x < after else cluster
        for cluster in clusters
    ]


def _view_of(clusters: Sequence[_Cluster]) -> DirectoryMap:
    left, right = min(cluster.x for cluster in clusters), max(cluster.x for cluster in clusters)
    top, bottom = min(cluster.y for cluster in clusters), max(cluster.y for cluster in clusters)
    across, down = right - left, bottom - top
    width = min(max(across, down / TALLEST, NARROWEST) / (1 - 2 * MARGIN), WIDTH)
    height = min(max(down / (1 - 2 * MARGIN), width * HEIGHT / WIDTH), width * TALLEST, HEIGHT)
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    # Within the world, unless they lie on both sides of its edge.
    x = max(x, 0) if right > WIDTH else min(max(x, 0), WIDTH - width)
    y = min(max(y, 0), HEIGHT - height)
    return DirectoryMap(round(x, 1), round(y, 1), round(width, 1), round(height, 1), [])


def _grouped(clusters: Sequence[_Cluster], scale: float) -> list[_Cluster]:
    """Return the clusters with those of one region that would overlap as one, until none overlaps."""
    regions = regions_of()
    by_region: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        by_region[next(iter(regions.get(cluster.places[0].code, ())), "")].append(cluster)
    grouped = []
    for apart in by_region.values():
        before = 0
        while len(apart) != before:
            before, apart = len(apart), _merged_once(apart, scale)  # noqa: PLW2901  until it stays
        grouped += apart
    # In the order of the list beside.
    at = {cluster.places[0].code: number for number, cluster in enumerate(clusters)}
    return sorted(grouped, key=lambda cluster: min(at[place.code] for place in cluster.places))


def _merged_once(clusters: Sequence[_Cluster], scale: float) -> list[_Cluster]:
    merged: list[_Cluster] = []
    for cluster in sorted(clusters, key=lambda cluster: -cluster.count):
        for number, other in enumerate(merged):
            if hypot(cluster.x - other.x, cluster.y - other.y) < scale * (cluster.radius + other.radius):
                merged[number] = _together(other, cluster)
                break
        else:
            merged.append(cluster)
    return merged


def _together(cluster: _Cluster, other: _Cluster) -> _Cluster:
    """Return both as a single cluster, between them where they weigh alike."""
    count = cluster.count + other.count
    x = (cluster.x * cluster.count + other.x * other.count) / count
    y = (cluster.y * cluster.count + other.y * other.count) / count
    return _Cluster(round(x, 1), round(y, 1), count, cluster.places + other.places)


def _mark(cluster: _Cluster, question: DirectoryQuery, *, is_near: bool) -> MapMark:
    first = cluster.places[0]
    if len(cluster.places) == 1:
        url = f"{reverse('stakeholders:list')}?{first.query}"
        return MapMark(cluster.x, cluster.y, cluster.radius, cluster.count, first.spoken, url)
    codes = tuple(sorted(place.code for place in cluster.places))
    nearer = replace(question, country=codes, region=())
    if not is_near:
        nearer = replace(question, country=(), region=regions_of()[first.code][:1])
    spoken = ngettext(
        "%(places)s together: %(number)s stakeholder. Zoom in.",
        "%(places)s together: %(number)s stakeholders. Zoom in.",
        cluster.count,
    ) % {
        "places": ", ".join(sorted(place.name for place in cluster.places)),
        "number": intcomma(cluster.count),
    }
    url = f"{reverse('stakeholders:map')}?{nearer.query()}"
    return MapMark(cluster.x, cluster.y, cluster.radius, cluster.count, spoken, url, is_group=True)


# --- Beside the map -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegionLink:
    label: Any
    query: str
    is_here: bool


def region_links(question: DirectoryQuery, names: Mapping[str, Any]) -> list[RegionLink]:
    """Return the question in all regions, and in each of the five."""
    everywhere = replace(question, region=(), country=())
    links = [RegionLink(_("All regions"), everywhere.query(), question == everywhere)]
    for code in names:
        if code in WIDEST:
            within = replace(everywhere, region=(code,))
            links.append(RegionLink(names[code], within.query(), question == within))
    return links


@dataclass(frozen=True, slots=True)
class City:
    name: str
    number: int


def cities_of(user: Any, answer: Iterable[int]) -> dict[str, list[City]]:
    """Return country → where those are who answer, by name; of many cities those with most of them."""
    rows = shown_to(user).filter(pk__in=list(answer)).exclude(city="").order_by()
    spellings: dict[str, dict[str, list[City]]] = defaultdict(lambda: defaultdict(list))
    for country, name, number in rows.values_list("country", "city").annotate(Count("pk")):
        spellings[country][fold(name)].append(City(name, number))
    return {country: _cities(by_name.values()) for country, by_name in spellings.items()}


def _cities(spellings: Collection[Sequence[City]]) -> list[City]:
    """Return one city for all its spellings, called as most have it."""
    cities = [
        City(min(alike, key=lambda city: (-city.number, city.name)).name, sum(city.number for city in alike))
        for alike in spellings
    ]
    most = sorted(cities, key=lambda city: (-city.number, fold(city.name)))[:MOST_CITIES]
    return sorted(most, key=lambda city: fold(city.name))
