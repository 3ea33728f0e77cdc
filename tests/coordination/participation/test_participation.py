"""Participation figures: what is counted, what is suppressed, and how they are frozen and published."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.people.enums import Role
from coordination.participation.models import ParticipationTask
from coordination.participation.queries import Selection, count, tables_of
from coordination.period_reports import actions
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries_numbers import Span
from coordination.surveys.models import Survey, SurveyAnswer
from core.small_numbers import FEWEST
from events.events.models import Body
from portal.tasks import heavy_open_data
from reviews.contributions.models import Contribution
from reviews.dialogues.models import DialogueStatement
from stakeholders.entries.enums import Listing
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory, line_in
from tests.factories.events import EventFactory, SpeakerFactory, proposal_in
from tests.factories.registrations import RulesFactory, registration_in
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.surveys import question_set
from tests.support import assert_no_growth, markup_of

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)
YEAR = Selection(Span(date(2026, 1, 1), date(2026, 11, 30)))


@pytest.fixture(scope="module")
def world(module_rows):
    """Two sessions, of March 2025 and of March 2026, and what belongs to the second one."""
    body = Body.objects.create(code="session", name_en="Session")
    earlier = EventFactory(title="Twelfth", body=body, starts_at=MARCH.replace(year=2025))
    session = EventFactory(title="Thirteenth", body=body, starts_at=MARCH)
    rules_before, rules = RulesFactory(event=earlier), RulesFactory(event=session)
    kenya, peru = StakeholderFactory(name="Kenya"), StakeholderFactory(name="Peru", country_id="PER")
    hidden = StakeholderFactory(name="Hidden", listing=Listing.UNLISTED)
    old_hands = [UserFactory() for _n in range(6)]
    for person in old_hands:
        registration_in("confirmed", rules=rules_before, user=person, attended_at=earlier.starts_at)
        registration_in(
            "confirmed",
            rules=rules,
            user=person,
            attended_at=MARCH,
            region="002",
            kind="ngo",
            stakeholder=kenya,
        )
    for _n in range(7):
        registration_in("confirmed", rules=rules, region="019", kind="academia", stakeholder=peru)
    for _n in range(2):
        registration_in("waiting", rules=rules, user=UserFactory(language="fr"))
    registration_in("cancelled", rules=rules)
    registration_in("confirmed", rules=rules, region="002", kind="ngo", stakeholder=hidden)
    registration_in("confirmed", rules=RulesFactory(event=EventFactory(status="draft", starts_at=MARCH)))
    meeting = proposal_in("accepted", event=session, lead=kenya, public_at=MARCH)
    for n in range(8):
        SpeakerFactory(proposal=meeting, gender="woman" if n < 5 else "man")
    SpeakerFactory(proposal=meeting, status="declined")
    proposal_in("declined", event=session, lead=peru)
    proposal_in("draft", event=session, lead=peru)
    proposal_in("accepted", event=session, lead=hidden)
    dialogue = DialogueFactory()
    line = line_in("accepted", dialogue, gender="other")
    DialogueStatement.objects.create(line=line, text="Hear us.", language_id="en", checked_at=MARCH)
    dialogue.event.starts_at = MARCH
    dialogue.event.save()
    call = CallFactory()
    for n, status in enumerate(["submitted"] * 5 + ["draft", "withdrawn"]):
        Contribution.objects.create(
            call=call,
            stakeholder=StakeholderFactory(),
            status=status,
            visibility="desk",
            submitted_at=MARCH + timedelta(days=n),
        )
    survey = Survey.objects.create(question_set=question_set(), title="A", event=session, closed_at=MARCH)
    still_open = Survey.objects.create(question_set=question_set(), title="B")
    for row in [survey] * 9 + [still_open]:
        SurveyAnswer.objects.create(survey=row, values={})
    return session


def exact(selection):
    return {str(figure): totals[0] for figure, totals in count(selection).totals.items()}


def test_each_figure_is_what_its_definition_says(world):
    assert exact(YEAR) == {
        "registered": 15,
        "confirmed": 13,
        "came": 6,
        "applied": 3,
        "accepted": 2,
        "spoke": 9,
        "contributed": 5,
        "answered": 9,
    }
    counts = count(YEAR)
    assert counts.totals["came"][1] == 6, "those of the year before stand beside"
    assert counts.groups["first_time"]["registered"] == {"first": 9, "again": 6}
    assert counts.groups["region"]["registered"] == {"002": 6, "019": 7, "": 2}
    assert counts.groups["language"]["registered"] == {"en": 13, "fr": 2}
    assert counts.groups["gender"]["spoke"] == {"woman": 5, "man": 3, "another": 1}
    assert counts.groups["year"]["registered"] == {"2026": 15}
    assert "registered" not in counts.groups["gender"], "who registers is not asked"
    for by_figure in counts.groups.values():
        for figure, groups in by_figure.items():
            assert sum(groups.values()) == counts.totals[figure][0], "every table adds up to the total"


def test_filters_and_an_event_beside_the_one_before(world):
    assert exact(Selection(YEAR.span, region="019"))["registered"] == 7
    assert exact(Selection(YEAR.span, kind="ngo"))["came"] == 6
    alone = Selection(YEAR.span, event=world)
    assert alone.heads == ["Thirteenth", "Twelfth"]
    assert exact(alone)["registered"] == 15
    assert "contributed" not in exact(alone), "a contribution belongs to no event"
    assert not {"participation_by_event", "participation_by_year"} & {
        table.name for table in tables_of(alone)
    }


@pytest.mark.parametrize(
    ("first", "last", "first_before", "last_before"),
    [
        (date(2026, 1, 1), date(2026, 11, 30), date(2025, 1, 1), date(2025, 11, 30)),
        (date(2025, 4, 1), date(2026, 3, 31), date(2024, 4, 1), date(2025, 3, 31)),
        (date(2024, 2, 29), date(2024, 12, 31), date(2023, 2, 28), date(2023, 12, 31)),
        (date(2023, 1, 1), date(2024, 12, 31), date(2021, 1, 1), date(2022, 12, 31)),
    ],
)
def test_the_period_before_is_the_same_days_of_earlier_years(first, last, first_before, last_before):
    assert Selection(Span(first, last)).span_before == Span(first_before, last_before)


def test_no_number_below_five_is_shown_or_follows_from_the_total(world):
    counts, tables = count(YEAR), tables_of(YEAR)
    assert tables[0].rows[3].numbers == [None, 0], "of three who applied the total is suppressed, too"
    for table in tables[1:]:
        dimension = table.name.removeprefix("participation_by_")
        figures = [figure for figure in counts.totals if figure in counts.groups[dimension]]
        for at, figure in enumerate(figures):
            total, exact_groups = counts.totals[figure][0], counts.groups[dimension][figure]
            shown = {row.code: row.numbers[at] for row in table.rows}
            assert not {n for n in shown.values() if n and n < FEWEST}
            hidden = [code for code, number in shown.items() if number is None]
            left = total - sum(number or 0 for number in shown.values())
            assert left == sum(exact_groups[code] for code in hidden)
            assert not hidden or total < FEWEST or (len(hidden) > 1 and left >= FEWEST)


def test_more_events_take_no_more_statements(world):
    def add():
        registration_in("confirmed", rules=RulesFactory(event=EventFactory(starts_at=MARCH)))

    assert_no_growth(lambda: tables_of(YEAR), add)


# --- The pages ------------------------------------------------------------------------------------------
HOME, FREEZE = "participation:home", "participation:freeze"
DAYS = "?first_day=2026-01-01&last_day=2026-11-30"


@pytest.fixture
def runner(world, client):
    runner = person_with(Role.EVENTS)
    sign_in(client, runner)
    return runner


@pytest.mark.behaviour("S-15")
def test_nothing_is_counted_until_the_team_turns_it_on(runner, client):
    address = reverse(HOME)
    page = markup_of(client.get(address))
    assert "Hours a month for each of a team of three" in page
    assert "<table" not in page
    assert client.post(reverse(FREEZE) + DAYS, {"title": "T", "language": "en"}).status_code == 200
    assert not PeriodReport.objects.exists()
    client.post(address, {"hold": "1"})
    assert ParticipationTask.objects.held().get().holder == runner
    page = markup_of(client.get(address + DAYS))
    assert "A person counts once for each event." in page
    assert "1/1/2025" not in page
    client.post(address, {"end": "1"})
    assert "<table" not in markup_of(client.get(address))


def test_filters_of_the_address_that_cannot_be_are_told_at_their_field(runner, client):
    client.post(reverse(HOME), {"hold": "1"})
    page = markup_of(client.get(reverse(HOME) + "?first_day=2026-05-01&last_day=2026-01-01&region=999"))
    assert "The last day comes before the first." in page
    assert "<table" not in page
    assert client.get(reverse(FREEZE) + "?first_day=soon").status_code == 302


@pytest.mark.behaviour("S-16")
def test_figures_are_frozen_published_cited_and_downloaded(runner, client, world):
    client.post(reverse(HOME), {"hold": "1"})
    answer = client.post(reverse(FREEZE) + DAYS, {"title": "Who took part in 2026", "language": "en"})
    report = PeriodReport.objects.get()
    assert answer.url == report.get_absolute_url()
    assert report.filters == DAYS.removeprefix("?")
    assert (report.other_first_day, report.other_last_day) == (date(2025, 1, 1), date(2025, 11, 30))
    registration_in("confirmed", rules=world.registration_rules)
    changed = {"title": "Participation in 2026", "narrative": "Fifteen **came**.", "version": 0}
    assert "first_day" not in markup_of(client.get(reverse("activities:edit_report", args=[report.pk])))
    client.post(reverse("activities:edit_report", args=[report.pk]), changed)
    client.logout()
    assert client.get(report.public_url).status_code == 404

    sign_in(client, person_with(Role.HEAD))
    client.post(reverse("activities:publish", args=[report.pk]), {"version": 1})
    client.logout()
    page = markup_of(client.get(report.public_url))
    assert "Participation in 2026" in page
    assert f"{report.public_url}" in page.split("Cite as:")[1]
    report.refresh_from_db()
    assert report.figures[0]["rows"][0]["numbers"] == [15, 6], "as they were when they were frozen"
    workbook = client.get(reverse("activities:public_workbook", args=[report.pk]))
    rows = list(load_workbook(io.BytesIO(workbook.getvalue())).worksheets[0].iter_rows(values_only=True))
    assert rows[1][:4] == ("registered", "Registered", 15, 6)
    assert rows[1][4].startswith("Registrations for events of the period")
    paper = client.get(reverse("activities:public_pdf", args=[report.pk]))
    assert b"/StructTreeRoot" in paper.content
    assert client.get(reverse("activities:public_docx", args=[report.pk])).status_code == 200
    [line] = client.get("/api/v1/reports/").json()["results"]
    assert (line["title"], line["counted_at"][:4]) == ("Participation in 2026", str(report.counted_at.year))
    tables = client.get(f"/api/v1/reports/{report.pk}/").json()["tables"]
    assert tables[0]["head_codes"] == ["period", "before"]
    assert tables[0]["rows"][3]["numbers"] == [None, 0]
    heavy_open_data()
    lines = client.get("/open-data/latest/participation.jsonl").getvalue().decode().splitlines()
    numbers = {(row["by"], row["group"], row["figure"]): row["number"] for row in map(json.loads, lines)}
    assert numbers["region", "002", "registered"] is None
    assert numbers["region", "019", "came"] == 0
    assert len({json.loads(row)["id"] for row in lines}) == len(lines)


def test_figures_that_were_taken_back_are_published_again_as_they_were(runner, client):
    client.post(reverse(HOME), {"hold": "1"})
    client.post(reverse(FREEZE) + DAYS, {"title": "T", "language": "fr"})
    report = PeriodReport.objects.get()
    frozen = report.figures
    assert frozen[0]["rows"][0]["label"] != ""
    head = person_with(Role.HEAD)
    actions.publish(report, actor=head, version=0)
    report.refresh_from_db()
    actions.withdraw(report, actor=head, version=report.version, note="Wrong title")
    report.refresh_from_db()
    assert (report.figures, report.is_published) == (frozen, False)
