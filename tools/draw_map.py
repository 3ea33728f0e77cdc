"""`python tools/draw_map.py`: draw the land, and find where each country's mark stands.

Reads Natural Earth's files (public domain) as the npm package `world-atlas` carries them in node_modules, and
writes static/img/land.svg and taxonomy/data/marks.csv, which are kept in the repository. The land is drawn
without any boundary between countries; of the countries' shapes only one point inside each is used, the one
farthest from the edge of its largest part. To be run again only when either shall change.
"""

import csv
import json
import re
import sys
from itertools import pairwise
from math import cos, hypot, inf, radians
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from taxonomy.places.map_marks import HEIGHT, WIDTH, project  # noqa: E402  found by the line above

ATLAS = ROOT / "node_modules" / "world-atlas"
SOURCE, SOURCE_DATE = "Natural Earth through https://www.npmjs.com/package/world-atlas 2.0.2", "2026-11-25"
SOUTHERNMOST = -60.0  # Antarctica is left out
GRID = 24
SHORTEST = 12  # tenths

type Point = tuple[float, float]
type Ring = list[Point]


def shapes(file: str, name: str) -> list[tuple[str, list[list[Ring]]]]:
    """(id, polygons, each its outer ring and its holes) of every shape of a TopoJSON object, in degrees."""
    world = json.loads((ATLAS / file).read_text(encoding="utf-8"))
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    arcs = [_steps(arc, scale, shift) for arc in world["arcs"]]

    def ring(numbers: list[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return unwound(points)

    def polygons(shape: dict[str, Any]) -> list[list[Ring]]:
        if shape["type"] == "GeometryCollection":
            return [polygon for part in shape["geometries"] for polygon in polygons(part)]
        parts: list[Any] = shape.get("arcs") or []
        if shape["type"] == "Polygon":
            parts = [parts]
        return [[ring(numbers) for numbers in part] for part in parts]

    top = world["objects"][name]
    return [(shape.get("id", ""), polygons(shape)) for shape in top["geometries"]]


def _steps(arc: list[list[int]], scale: list[float], shift: list[float]) -> Ring:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def unwound(ring: Ring) -> Ring:
    """The same ring without leaps where it crosses the 180th meridian: degrees go on beyond it."""
    points, turn = [ring[0]], 0.0
    for (before, _lat), (lon, lat) in pairwise(ring):
        turn += 360.0 * ((before - lon > 180) - (lon - before > 180))
        points.append((lon + turn, lat))
    return points


def cut(ring: Ring, edge: float, side: int) -> Ring:
    """What of a ring lies west (-1) or east (1) of a meridian."""
    points: Ring = []
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        within, goes_on = (x1 - edge) * side >= 0, (x2 - edge) * side >= 0
        if within:
            points.append((x1, y1))
        if within != goes_on:
            points.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return points


def draw_land() -> str:
    parts = []
    rings = [
        ring for _id, polygons in shapes("land-110m.json", "land") for polygon in polygons for ring in polygon
    ]
    for ring in rings:
        if max(lat for _lon, lat in ring) <= SOUTHERNMOST:
            continue
        for turn in (-360.0, 0.0, 360.0):
            west = cut([(lon + turn, lat) for lon, lat in ring], 180.0, -1)
            piece = cut(west, -180.0, 1) if west else []
            if len(piece) > 2:
                parts.append(_drawn([project(lon, lat) for lon, lat in piece]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path fill="#74879a" fill-opacity=".38" fill-rule="evenodd" d="{"".join(parts)}"/></svg>\n'
    )


def _drawn(points: list[Point]) -> str:
    """A closed path in tenths, each step from the point before; steps too short to be seen are left out."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    x, y = tenths[0]
    start, steps = [x, y], list[int]()
    for at_x, at_y in tenths[1:-1]:
        if abs(at_x - x) + abs(at_y - y) >= SHORTEST:
            steps += at_x - x, at_y - y
            x, y = at_x, at_y
    return f"M{_written(start)}l{_written(steps)}z" if steps else ""


def _written(tenths: list[int]) -> str:
    """Numbers as briefly as a path allows: no zero before the point, and a minus parts as a blank does."""
    text = " ".join(f"{number / 10:.1f}".removesuffix(".0") for number in tenths)
    return re.sub(r"\b0\.", ".", text).replace(" -", "-")


def area(ring: Ring) -> float:
    """In degrees of the equator, so that high latitudes do not weigh too much."""
    turned = [(lon * cos(radians(lat)), lat) for lon, lat in ring]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(turned))) / 2


def depth(point: Point, rings: list[Ring]) -> float:
    """How far inside the polygon a point lies; less than nothing where it lies outside."""
    x, y = point
    inside, nearest, narrow = False, inf, cos(radians(y))
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
            dx, dy = (x2 - x1) * narrow, y2 - y1
            along = dx * dx + dy * dy
            at = max(0.0, min(1.0, (((x - x1) * narrow) * dx + (y - y1) * dy) / along)) if along else 0.0
            nearest = min(nearest, hypot((x - x1) * narrow - at * dx, (y - y1) - at * dy))
    return nearest if inside else -nearest


def deepest(polygons: list[list[Ring]]) -> Point:
    """A point well inside the largest part: a grid, then finer ones around the best."""
    rings = max(polygons, key=lambda polygon: area(polygon[0]))
    lons, lats = [lon for lon, _lat in rings[0]], [lat for _lon, lat in rings[0]]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    best = ((west + east) / 2, (south + north) / 2)
    for _finer in range(3):
        tried = [
            (west + (east - west) * (i + 0.5) / GRID, south + (north - south) * (j + 0.5) / GRID)
            for i in range(GRID)
            for j in range(GRID)
        ]
        best = max([best, *tried], key=lambda point: depth(point, rings))
        wide, high = (east - west) / GRID, (north - south) / GRID
        west, east, south, north = best[0] - wide, best[0] + wide, best[1] - high, best[1] + high
    return best


def find_marks() -> list[dict[str, str]]:
    with (ROOT / "taxonomy" / "data" / "countries.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["m49"]: row["iso3"] for row in csv.DictReader(lines)}
    polygons_of: dict[str, list[list[Ring]]] = {}
    for m49, polygons in shapes("countries-50m.json", "countries"):
        if m49 in codes and codes[m49] != "ATA":
            polygons_of.setdefault(codes[m49], []).extend(polygons)
    marks = []
    for iso3, polygons in sorted(polygons_of.items()):
        lon, lat = deepest(polygons)
        lon = (lon + 180.0) % 360.0 - 180.0
        marks.append(
            {
                "iso3": iso3,
                "lon": f"{lon:.2f}",
                "lat": f"{lat:.2f}",
                "source": SOURCE,
                "source_date": SOURCE_DATE,
            }
        )
    return marks


def main() -> None:
    (ROOT / "static" / "img" / "land.svg").write_text(draw_land(), encoding="utf-8")
    marks = find_marks()
    with (ROOT / "taxonomy" / "data" / "marks.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(marks[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(marks)
    sys.stdout.write(f"Land drawn; {len(marks)} marks.\n")


if __name__ == "__main__":
    main()
