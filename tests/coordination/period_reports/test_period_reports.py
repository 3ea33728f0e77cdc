"""Reports for a period: what is counted, for whom, and what is published."""

import io
from datetime import UTC, datetime, timedelta

import docx
import pytest
from django.utils.translation import gettext, override
from docx.oxml.ns import qn
from openpyxl import load_workbook

from accounts.people.enums import Role
from accounts.people.models import User
from coordination.activities.models import Activity, FollowUp
from coordination.period_reports import actions as period_reports_actions
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import tables_of
from coordination.period_reports.queries_numbers import suppress_small
from reviews.contributions.models import Contribution
from stakeholders.applications.models import Application
from stakeholders.appointments.models import today
from stakeholders.entries.enums import Listing
from taxonomy.names.enums import UN_LANGUAGES
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.activities import ActivityFactory
from tests.factories.calls import CallFactory
from tests.factories.stakeholders import StakeholderFactory, sent_application
from tests.support import assert_no_growth, markup_of
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db

MARCH, LATER = datetime(2026, 3, 10, 9, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
REPORT_ANSWERS = {
    "place": "202",
    "title": "Eastern Africa, first quarter",
    "first_day": "2026-01-01",
    "last_day": "2026-03-31",
    "other_first_day": "2025-01-01",
    "other_last_day": "2025-12-31",
    "language": "en",
    "narrative": "Six trainings =and= a **visit**.",
}


@pytest.fixture(scope="module")
def world(module_rows):
    """Seven in Kenya, of whom six came in March; one in Peru; those who hide count nowhere."""
    rosa = person_with(Role.REGIONAL, region="202", name="Rosa Regional")
    for n in range(6):
        application = StakeholderFactory(name=f"Kenya {n}", approved_at=MARCH)
        application.topics.set(["corruption"])
    StakeholderFactory(name="Old", approved_at=datetime(2025, 5, 1, tzinfo=UTC), country_id="UGA")
    StakeholderFactory(name="Late", approved_at=LATER)
    StakeholderFactory(name="Peru", approved_at=MARCH, country_id="PER")
    StakeholderFactory(name="Unlisted", approved_at=MARCH, listing=Listing.UNLISTED)
    for n in range(6):
        application = sent_application(name=f"Asks {n}")
        type(application).objects.filter(pk=application.pk).update(submitted_at=MARCH)
        kind = {"subject_kind": "stakeholders.application", "subject_id": application.pk}
        decision = Decision.objects.create(
            **kind, move="approve" if n else "refuse", from_status="submitted", to_status="approved"
        )
        Decision.objects.filter(pk=decision.pk).update(at=MARCH + timedelta(days=n + 1))
    held = {"starts_at": MARCH, "author": rosa, "status": "held"}
    ActivityFactory(**held, kind="training", took_part=12, countries=["KEN", "UGA"])
    ActivityFactory(**held, kind="visit", took_part=3, outcome="Three will contribute.")
    ActivityFactory(**held, kind="visit", countries=["PER"])
    ActivityFactory(author=rosa, starts_at=MARCH, kind="meeting")
    return rosa.pk


@pytest.fixture
def rosa(world, reference):
    return User.objects.get(pk=world)


def report_of(author, **fields):
    report = PeriodReport.objects.create(
        **{
            "place": "202",
            "title": "Eastern Africa",
            "language_id": "en",
            "first_day": "2026-01-01",
            "last_day": "2026-03-31",
            "other_first_day": "2025-01-01",
            "other_last_day": "2025-12-31",
            "author": author,
            **fields,
        }
    )
    report.refresh_from_db()
    return report


def contribution(visibility, *, status="published", stakeholder=None):
    """One of Kenya that was sent in March, to a call of its own."""
    return Contribution.objects.create(
        call=CallFactory(),
        stakeholder=stakeholder or StakeholderFactory(approved_at=MARCH),
        status=status,
        visibility=visibility,
        language_id="en",
        submitted_at=MARCH,
        published_at=MARCH + timedelta(days=2) if status == "published" else None,
    )


def numbers(report, user, **how):
    return {
        table.name: {row.code: row.numbers for row in table.rows} for table in tables_of(report, user, **how)
    }


def test_the_numbers_are_those_of_the_place_and_the_periods(world, rosa):
    desk = person_with(Role.HEAD)
    report = report_of(rosa)
    exactly = numbers(report, desk)
    assert exactly["by_kind"] == {"ngo": [7, 1]}
    assert exactly["came_by_kind"] == {"ngo": [6, 1]}
    assert exactly["by_country"] == {"KEN": [6, 0], "UGA": [1, 1]}
    assert list(exactly["by_country"]) == ["KEN", "UGA"]
    assert exactly["by_topic"] == {"corruption": [6, 0]}
    assert exactly["vetting"] == {"received": [6, 0], "approved": [5, 0], "refused": [1, 0]}
    # They took 1, 2, … 6 days: half within 3.5, nine of ten within 5.5.
    assert exactly["vetting_days"] == {"half": [4, None], "most": [6, None]}
    assert exactly["activities"] == {"training": [1, 0], "visit": [1, 0]}
    assert exactly["people"] == {"training": [12, 0], "visit": [3, 0]}
    assert exactly["activities_by_country"] == {"KEN": [2, 0], "UGA": [1, 0]}
    StakeholderFactory(name="Quiet", approved_at=MARCH, listing=Listing.MEMBERS)
    assert numbers(report, desk)["not_public"] == {"ngo": [1, 0]}
    # Of what not everybody can count, fewer than five are the desk's alone, and nobody's once it is public.
    for small in (numbers(report, rosa), numbers(report, desk, public=True)):
        # Every visitor can count these in the directory.
        assert small["by_kind"] == {"ngo": [7, 1]}
        assert small["by_country"] == {"KEN": [6, 0], "UGA": [1, 1]}
        assert small["came_by_kind"] == {"ngo": [6, 1]}
        assert small["not_public"] == {"ngo": [None, 0]}
        assert small["vetting"] == {"received": [6, 0], "approved": [None, 0], "refused": [None, 0]}
        assert small["people"] == {"training": [12, 0], "visit": [None, 0]}
    report.place = ""
    assert numbers(report, desk)["by_country"]["PER"] == [1, 0]
    # Everywhere is not hers: what she may see ends at her region, whatever a report says.
    assert "PER" not in numbers(report, rosa)["vetting"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([9, 0, 7], [9, 0, 7]),
        ([9, 4, 7], [9, None, None]),
        ([2, 2, 40, 5], [None, None, 40, None]),
        ([3, 3, 8], [None, None, 8]),
        ([3], [None]),
        ([9, 5, 0], [9, 5, 0]),
    ],
)
def test_no_hidden_cell_can_be_worked_out_from_a_sum(numbers, expected):
    assert suppress_small(numbers, name="vetting") == expected
    assert suppress_small(numbers, name="people") == [n if n >= 5 or n == 0 else None for n in numbers]


@pytest.mark.parametrize(
    ("numbers", "public", "expected"),
    [
        # All of it is public: exact, however few.
        ([3, 1], [3, 1], [3, 1]),
        # Two are not, though the number itself is large.
        ([7, 30], [5, 0], [None, None]),
        ([7, 30, 6], [5, 0, 6], [None, None, 6]),
        # What is public protects nobody: the next one hides enough by what is not.
        ([4, 20, 6], [0, 20, 0], [None, 20, None]),
        ([12, 30], [5, 30], [12, 30]),
    ],
)
def test_only_what_is_not_public_is_suppressed(numbers, public, expected):
    assert suppress_small(numbers, name="vetting", public=public) == expected


def test_what_everybody_can_count_is_exact_and_the_rest_cannot_be_worked_out(world, rosa):
    """Contributions by name are public, one without a name is of nobody; one that waits is of one."""
    lead = contribution("public").stakeholder
    contribution("public")
    report = report_of(rosa, other_first_day=None, other_last_day=None)
    tables = numbers(report, rosa)
    assert tables["listed"] == {"published": [2], "named": [2]}
    assert tables["participation"] == {"contributions": [2], "contributors": [2]}
    hidden = contribution("unnamed", stakeholder=lead)
    tables = numbers(report, rosa)
    assert tables["listed"] == {"published": [2], "named": [2]}
    # Three less two would tell that one more of the region is among those without a name.
    assert tables["participation"] == {"contributions": [None], "contributors": [2]}
    hidden.stakeholder = StakeholderFactory(name="Without a name", approved_at=MARCH)
    hidden.save()
    assert numbers(report, rosa)["participation"] == {"contributions": [None], "contributors": [None]}
    for _each in range(4):
        contribution("public", status="submitted")
    assert numbers(report, rosa)["participation"] == {"contributions": [7], "contributors": [7]}
    assert numbers(report, person_with(Role.HEAD))["participation"]["contributions"] == [7]


def test_approvals_do_not_tell_who_is_shown_to_members_only(world, rosa):
    """Approved less public would be those who are not: that number is as small as the table that hides it."""
    for number, listing in enumerate([Listing.PUBLIC, Listing.PUBLIC, Listing.PUBLIC, Listing.MEMBERS], 1):
        approved = StakeholderFactory(name=f"Approved {number}", approved_at=MARCH, listing=listing)
        Application.objects.filter(name=f"Asks {number}").update(stakeholder=approved, listing=listing)
    report = report_of(rosa, other_first_day=None, other_last_day=None)
    assert numbers(report, person_with(Role.HEAD))["vetting"] == {
        "received": [6],
        "approved": [5],
        "refused": [1],
    }
    tables = numbers(report, rosa)
    assert tables["not_public"] == {"ngo": [None]}
    assert tables["vetting"] == {"received": [None], "approved": [None], "refused": [None]}


# --- Files --------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_it_leaves_as_pdf_and_for_word_in_the_language_of_the_report(client, world, rosa, subtests):
    held = Activity.objects.get(outcome="Three will contribute.")
    Activity.objects.filter(pk=held.pk).update(city="Mombasa")
    FollowUp.objects.create(activity=held, text="Send the slides", owner=rosa, due_on="2026-04-01")
    sign_in(client, rosa)
    for language in UN_LANGUAGES:
        with subtests.test(language=language):
            report = report_of(
                rosa, language_id=language, narrative="# النص\n\nSix **trainings**.\n\n- one\n- two"
            )
            pdf = client.get(f"{report.get_absolute_url()}report.pdf")
            assert (pdf.headers["Content-Type"], pdf.headers["X-Robots-Tag"]) == (
                "application/pdf",
                "noindex",
            )
            # Made for screen readers: it says so, and in which language it is.
            assert b"pdfuaid" in pdf.content
            assert f"/Lang({language})".encode() in pdf.content.replace(b"/Lang (", b"/Lang(")
            word = client.get(f"{report.get_absolute_url()}report.docx").content
            document = docx.Document(io.BytesIO(word))
            styles = [(part.style.name, part.text) for part in document.paragraphs]
            assert ("Heading 1", "Eastern Africa") in styles
            assert {name for name, _text in styles} >= {"Heading 2", "Heading 3", "List Bullet"}
            word_text = "\n".join(text for _name, text in styles)
            for words in ("Three will contribute.", "Mombasa", "Send the slides", "Rosa Regional"):
                assert words in word_text
            with override(language):
                assert gettext("Activities of the period") in word_text
            for table in document.tables:
                heads = table.rows[0]._tr.trPr
                assert heads.find(qn("w:tblHeader")) is not None
                assert (table._tbl.tblPr.find(qn("w:bidiVisual")) is not None) == (language == "ar")
            pictures = list(document.element.body.iter(qn("wp:docPr")))
            assert pictures
            assert all(each.get("descr") for each in pictures)
            directions = {
                part.text: part._p.pPr.find(qn("w:bidi")).get(qn("w:val"))
                for part in document.paragraphs
                if part.text
            }
            assert directions["النص"] == "1"
            assert directions["Six trainings."] == "0"


def test_the_public_file_holds_no_activity_and_is_made_once(client, world, rosa, django_assert_num_queries):
    report = report_of(rosa)
    period_reports_actions.publish(report, actor=person_with(Role.HEAD), version=0)
    word = client.get(f"{report.public_url}report.docx").content
    word_text = "\n".join(part.text for part in docx.Document(io.BytesIO(word)).paragraphs)
    assert "Three will contribute." not in word_text
    assert "Published by UNODC" in word_text
    assert client.get(f"{report.public_url}report.pdf").content.startswith(b"%PDF")
    with django_assert_num_queries(1):
        assert client.get(f"{report.public_url}report.docx").content == word


@pytest.mark.behaviour("D-08")
def test_a_report_is_written_read_published_and_taken_back(client, world, rosa):
    head = person_with(Role.HEAD)
    peru = person_with(Role.REGIONAL, country="PER")
    sign_in(client, rosa)
    wrong = markup_of(
        client.post("/en/regional/reports/new/", {**REPORT_ANSWERS, "last_day": "2025-12-01", "place": "604"})
    )
    assert "The last day comes before the first." in wrong
    assert "Choose a place from the list." in wrong
    ahead = (today() + timedelta(days=2)).isoformat()
    wrong = markup_of(
        client.post("/en/regional/reports/new/", {**REPORT_ANSWERS, "other_first_day": "", "last_day": ahead})
    )
    assert "Give both days, or neither." in wrong
    assert "not in the future" in wrong
    # Everywhere is for who covers everywhere.
    assert "Choose a place from the list." in markup_of(
        client.post("/en/regional/reports/new/", {**REPORT_ANSWERS, "place": ""})
    )
    assert not PeriodReport.objects.exists()
    page = markup_of(client.post("/en/regional/reports/new/", REPORT_ANSWERS, follow=True))
    report = PeriodReport.objects.get()
    url = report.get_absolute_url()
    assert "<strong>visit</strong>" in page
    assert "Suppressed (fewer than 5)" in page
    # Not only counted: what was held, when, and what came of it.
    assert "Three will contribute." in page
    assert "10 March 2026, 12:00 to 15:00 (Nairobi time, UTC+3)" in page
    assert client.post(f"{url}publish/", {"version": "0"}).status_code == 404

    book = load_workbook(io.BytesIO(client.get(f"{url}report.xlsx").getvalue()))
    assert (book.sheetnames[0], book.sheetnames[-1]) == ("1 by_kind", "About")
    assert [cell.value for cell in book["1 by_kind"][2]] == ["ngo", "Non-governmental organization", 7, 1]
    heads, *held = book["Activities"].iter_rows(values_only=True)
    assert [row[heads.index("Outcome")] for row in held if row[5]] == ["Three will contribute."]
    assert datetime(2026, 3, 10, 9) in [row[heads.index("Starts at (UTC)")] for row in held]  # noqa: DTZ001

    public = report.public_url
    for person, answer in ((peru, 404), (UserFactory(), 404), (head, 200)):
        sign_in(client, person)
        assert client.get(url).status_code == answer
        assert client.get(f"{url}report.xlsx").status_code == answer
        assert ("Eastern Africa" in markup_of(client.get("/en/regional/reports/"))) is (answer == 200)
        assert client.get(public).status_code == 404

    client.post(f"{url}publish/", {"version": "0"})
    StakeholderFactory(name="After", approved_at=MARCH)
    client.logout()
    page = markup_of(client.get(public))
    assert "Published by UNODC" in page
    # As it was when it was published, with nobody to be recognized, in every language.
    assert '<td class="number">7</td>' in page
    assert "Suppressed (fewer than 5)" in page
    # Activities are the coordinators' and the desk's; the public reads how many there were.
    assert "Three will contribute." not in page
    assert (
        "Activities"
        not in load_workbook(io.BytesIO(client.get(f"{public}report.xlsx").getvalue())).sheetnames
    )
    assert client.get(f"{public}report.xlsx").status_code == 200
    assert "أفريقيا جنوب الصحراء الكبرى" in markup_of(client.get(public.replace("/en/", "/ar/")))
    assert "Eastern Africa" in markup_of(client.get("/en/reports/"))
    sign_in(client, head)
    assert "Please give a reason." in markup_of(client.post(f"{url}withdraw/", {"version": "1"}))
    client.post(f"{url}withdraw/", {"version": "1", "note": "A number was wrong."})
    client.logout()
    assert client.get(public).status_code == 404
    assert "Eastern Africa" not in markup_of(client.get("/en/reports/"))


def test_a_term_that_ends_takes_the_drafts_along(world, rosa):
    report = PeriodReport.objects.create(
        place="202", title="R", language_id="en", first_day=today(), last_day=today(), author=rosa
    )
    assert rosa.has_perm("coordination.change_periodreport", report)
    rosa.grants.all().delete()
    person_with(Role.REGIONAL)
    after = User.objects.get(pk=rosa.pk)
    assert not PeriodReport.objects.visible_to(after).exists()


def test_a_report_costs_the_same_however_much_there_is(client, world, rosa):
    url = report_of(rosa).get_absolute_url()
    sign_in(client, rosa)

    def add():
        ActivityFactory(starts_at=MARCH, author=rosa, status="held", kind="visit", countries=["KEN"])
        StakeholderFactory(approved_at=MARCH).topics.set(["corruption"])

    assert_no_growth(lambda: client.get(url), add)
