"""Decisions in numbers: by year and reason class, never fewer than five in a cell."""

import re
from datetime import UTC, datetime
from itertools import count

import pytest

from stakeholders.vetting.models import Reconsideration
from stakeholders.vetting.queries import decisions_by_year
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import DraftFactory
from tests.support import assert_no_growth
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db
URL = "/en/desk/vetting/statistics/"


def decided(count, move, reason="", year=2025):
    Decision.objects.bulk_create(
        Decision(
            subject_kind="stakeholders.application",
            subject_id=n,
            move=move,
            reason=reason,
            from_status="in_review",
            to_status="refused",
            at=datetime(year, 6, 1, tzinfo=UTC),
        )
        for n in range(count)
    )


def test_small_numbers_are_not_told():
    decided(6, "approve")
    decided(5, "refuse", "duplicate")
    decided(4, "refuse", "other")
    decided(1, "approve", year=2026)
    Decision.objects.create(
        subject_kind="workflow.changerequest", subject_id=1, move="approve", from_status="a", to_status="b"
    )
    for n in range(5):
        Reconsideration.objects.create(
            application=DraftFactory(),
            reason="Again.",
            due_at=datetime(2025, 7, 1, tzinfo=UTC),
            outcome="stands",
            note=f"No {n}",
            decided_at=datetime(2025, 7, 1, tzinfo=UTC),
        )
    years = decisions_by_year()
    assert [decision_year.year for decision_year in years] == [2026, 2025]
    assert {code: number for code, number in years[1].cells.items() if number} == {
        "approved": 6,
        "duplicate": 5,
        "stands": 5,
    }
    assert set(years[0].cells.values()) == {None}


def test_the_page_says_fewer_than_five(client):
    decided(7, "approve")
    decided(3, "refuse", "principles")
    sign_in(client, person_with("curation"))
    text = re.sub(r"\s+", " ", client.get(URL).content.decode())
    assert re.findall(r"<h2 id=[^>]+>(\d+)</h2>", text) == ["2025"]
    cells = re.findall(r"<td>(.*?)</td>", text)
    assert cells == ["7"] + ["fewer than 5"] * (len(cells) - 1)
    assert "Declined: It conflicts with the purposes and principles of the United Nations" in text


def test_the_numbers_are_the_desks(client, subtests):
    for who, status in (
        ("visitor", 302),
        ("stranger", 404),
        ("vetting", 200),
        ("head", 200),
        ("curation", 200),
        ("events", 200),
        ("reviews", 200),
        ("administrator", 200),
        ("regional", 404),
        ("state", 404),
    ):
        with subtests.test(who=who):
            if who == "stranger":
                sign_in(client, UserFactory())
            elif who != "visitor":
                sign_in(client, person_with(who))
            assert client.get(URL).status_code == status


def test_the_page_costs_the_same_for_one_year_and_three(client):
    sign_in(client, person_with("vetting"))
    years = count(2020)
    assert_no_growth(lambda: client.get(URL), lambda: decided(5, "approve", year=next(years)))
