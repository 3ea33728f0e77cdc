"""Where the mark of a country or area stands on the map of the world. Needs no database and no Django.

The map is drawn in the Natural Earth projection, `WIDTH` by `HEIGHT` units, without Antarctica.
`tools/draw_map.py` draws the land and finds the points; both are kept in the repository.
"""

import csv
from functools import cache
from math import radians
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 440
_FILE = Path(__file__).parent.parent / "data" / "marks.csv"
_SCALE = WIDTH / (2 * 2.7354)
_TOP = 1.383  # of the projection at 84 degrees north


class Mark(NamedTuple):
    iso3: str
    x: float
    y: float


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return degrees as units from the upper left corner of the map."""
    angle, height = radians(lon), radians(lat)
    square = height * height
    fourth = square * square
    wide = (
        0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
    )
    high = 1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))
    return WIDTH / 2 + _SCALE * angle * wide, _SCALE * (_TOP - height * high)


@cache
def marks() -> dict[str, Mark]:
    """Return iso3 → its mark, for the countries and areas that have one."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = [(row["iso3"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines)]
    return {iso3: Mark(iso3, *(round(at, 1) for at in project(lon, lat))) for iso3, lon, lat in rows}
