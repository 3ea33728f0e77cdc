"""A number over time as a line."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from core.line_charts import HEIGHT, WIDTH, LinePoint, line_chart


def points(*numbers):
    return [LinePoint(f"Month {at}", number) for at, number in enumerate(numbers, 1)]


def drawn(*numbers):
    chart = line_chart(points(*numbers))
    return render_to_string("components/line_chart.html", {"name": "use", "title": "Use", "chart": chart})


@pytest.mark.parametrize("numbers", [(), (None, None)])
def test_without_numbers_there_is_no_line(numbers):
    assert line_chart(points(*numbers)) is None
    assert drawn(*numbers).strip() == ""


@pytest.mark.parametrize(("number", "height"), [(7, "0.0"), (0, str(HEIGHT))])
def test_one_number_is_a_dot_in_the_middle(number, height):
    chart = line_chart(points(number))
    assert (chart.lines, chart.dots) == ([], [f"M{WIDTH / 2} {height}h0"])
    assert chart.description == f"Month 1: {number}"
    assert drawn(number).count("Month 1:") == 2  # described, and below


def test_many_numbers_run_from_start_to_end_above_a_line_of_zero():
    chart = line_chart(points(0, 1000, 500))
    assert chart.lines == [f"0.0,{HEIGHT}.0 300.0,0.0 600.0,60.0"]
    assert chart.description == "Month 1: 0. Month 3: 500. Highest number: 1,000."
    assert len(line_chart(points(*range(40))).dots) == 40


def test_where_a_number_is_not_shown_the_line_has_a_gap():
    chart = line_chart(points(5, 6, None, 8, None, 9))
    assert [line.count(",") for line in chart.lines] == [2]
    assert len(chart.dots) == 4
    assert (chart.first.number, chart.last.number) == (5, 9)


def test_a_reader_who_does_not_see_it_hears_title_and_description():
    markup = drawn(3, 4)
    named = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', markup)
    assert named == ["use-title", "use-description"]
    assert all(f'id="{name}"' in markup for name in named)
    assert 'role="img"' in markup


def test_corners_have_points_in_every_language():
    with translation.override("fr"):
        assert "0.0,96.0 200.0,48.0" in drawn(1, 3, 5, 2)
