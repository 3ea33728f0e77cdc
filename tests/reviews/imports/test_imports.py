"""Published lists: looked at first, applied whole or not at all, checked against the rules of the draw."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from openpyxl import load_workbook

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from reviews.imports.actions import apply_list, discard_list, send_list, take_fetched, undo_list
from reviews.imports.codes import COLUMNS
from reviews.imports.models import ReviewImport
from reviews.imports.reading import look, text_of
from reviews.mechanism.enums import ImportKind
from reviews.mechanism.models import DrawConstraint
from reviews.observations.enums import ObservationKind
from reviews.observations.models import Observation
from reviews.tracker.models import CountryReview, ReviewDocument, ReviewingState
from taxonomy.law.models import Participation
from taxonomy.names.models import Revision
from taxonomy.seed import load_reference
from tests.factories.accounts import person_with
from tests.factories.reviews import review_of
from tests.support import bytes_of

pytestmark = pytest.mark.usefixtures("mechanism")

GROUPS, PAIRINGS, PARTIES = "groups", "pairings", "participations"
PAIRS_HEAD = "iso3,instrument,reviewer\n"
PARTY_HEAD = "iso3,instrument,is_party,action,date\n"


def send_text(kind, text, keeper, **fields):
    return send_list(
        actor=keeper,
        kind=kind,
        name="list.csv",
        text=text,
        **{"source": "https://example.org/list", "source_date": date(2026, 11, 1), **fields},
    )


def texts(report):
    return [(problem.line, problem.text) for problem in report.problems]


@pytest.mark.parametrize(
    ("kind", "text", "line", "says"),
    (
        (GROUPS, "", 0, "first line must be iso3,group"),
        (GROUPS, "country,group\nKEN,1\n", 0, "first line must be iso3,group"),
        (GROUPS, "iso3,group\n", 0, "no lines"),
        (GROUPS, "iso3,group\nKEN\n", 2, "number of cells"),
        (GROUPS, "iso3,group\nXXX,1\n", 2, "“XXX” is not known as iso3"),
        (GROUPS, "iso3,group\nKEN,7\n", 2, "“7” is not known as group"),
        (GROUPS, "iso3,group\nKEN,1\nken,2\n", 3, "The same as line 2"),
        (GROUPS, 'iso3,group\n"KEN,1\n', 2, "cannot be read as CSV"),
        (PAIRINGS, PAIRS_HEAD + "KEN,UNCAC,FRA\n", 2, "“UNCAC” is not known as instrument"),
        (PAIRINGS, PAIRS_HEAD + "KEN,TIP,ZZZ\n", 2, "“ZZZ” is not known as reviewer"),
        (PAIRINGS, PAIRS_HEAD + "KEN,TIP,KEN\n", 2, "cannot review itself"),
        (PARTIES, PARTY_HEAD + "KEN,TIP,maybe,,\n", 2, "must be y, n or empty"),
        (PARTIES, PARTY_HEAD + "KEN,TIP,y,signature,\n", 2, "is not a known act"),
        (PARTIES, PARTY_HEAD + "KEN,TIP,y,,2024-02-30\n", 2, "is not a day"),
        (PARTIES, PARTY_HEAD + "KEN,TIP,n,,2024-02-01\n", 2, "are parties"),
    ),
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_can_be_applied(keeper, kind, text, line, says):
    report = look(kind, text)
    assert [(at, says in problem) for at, problem in texts(report)] == [(line, True)]
    assert not report.can_apply
    with pytest.raises(DomainError):
        apply_list(send_text(kind, text, keeper), actor=keeper)
    assert ReviewImport.objects.get().status == "checked"


def test_groups_show_new_changed_and_same_and_are_saved_with_their_source(keeper):
    text = "iso3,group\nKEN,2\nARM,3\nBLR,1\n"
    review_import = send_text(GROUPS, text, keeper)
    report = look(GROUPS, text)
    assert [change.key[0] for change in report.new] == ["KEN"]
    assert [(change.before, change.after) for change in report.changed] == [("Group 1", "Group 3")]
    assert report.same == 1
    assert review_of("KEN").group_id is None  # nothing is saved by looking
    apply_list(review_import, actor=keeper)
    review = review_of("KEN")
    assert (review.group_id, review.source, review.edited_by_hand) == ("2", "https://example.org/list", True)
    assert review_of("BLR").source != "https://example.org/list"
    assert Revision.objects.get(kind="reviews.countryreview", code=str(review_of("ARM").pk)).changes == {
        "import": ["Group 1", "Group 3"]
    }
    review_import.refresh_from_db()
    assert review_import.counts == {"new": 1, "changed": 1, "gone": 0, "same": 1, "contradictions": 0}
    with pytest.raises(WrongState):
        apply_list(review_import, actor=keeper)
    with pytest.raises(DomainError, match="nothing new"):
        apply_list(send_text(GROUPS, text, keeper), actor=keeper)


def test_pairings_are_checked_against_every_rule_of_the_draw():
    Participation.objects.filter(instrument="TIP", country__in=["UGA", "FRA"]).update(is_party=True)
    good = PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,FRA\n"
    assert look(PAIRINGS, good).contradictions == []
    texts_of_all = [
        contradiction.text for contradiction in look(PAIRINGS, good + "UGA,TIP,KEN\n").contradictions
    ]
    assert "Kenya and Uganda review each other." in texts_of_all
    Participation.objects.filter(country="FRA", instrument="TIP").update(is_party=False, date=None)
    assert "France reviews Kenya for TIP, to which it is not a party." in [
        contradiction.text for contradiction in look(PAIRINGS, good).contradictions
    ]
    Participation.objects.filter(country="FRA", instrument="TIP").update(is_party=None)
    assert look(PAIRINGS, good).contradictions == []  # not known is not “not a party”
    assert "Kenya has 3 reviewing States for TIP." in [
        contradiction.text for contradiction in look(PAIRINGS, good + "KEN,TIP,BRA\n").contradictions
    ]
    far = PAIRS_HEAD + "KEN,TIP,DEU\nKEN,TIP,FRA\n"
    assert "not one of its own regional group" in look(PAIRINGS, far).contradictions[0].text
    many = PAIRS_HEAD + "".join(
        f"KEN,{code},{reviewer}\n"
        for code, pair in (("TIP", "UGA DEU"), ("SOM", "ETH JPN"), ("UNTOC", "GHA PER"))
        for reviewer in pair.split()
    )
    assert "Kenya has 6 reviewing States over all instruments." in [
        contradiction.text for contradiction in look(PAIRINGS, many).contradictions
    ]


def test_a_rule_is_the_desks_to_edit_and_to_leave_out():
    three = PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,FRA\nKEN,TIP,GHA\n"
    assert any(
        "has 3 reviewing" in contradiction.text for contradiction in look(PAIRINGS, three).contradictions
    )
    DrawConstraint.objects.filter(pk="TWO_REVIEWERS").update(number=3)
    assert not any(
        "has 3 reviewing" in contradiction.text for contradiction in look(PAIRINGS, three).contradictions
    )
    DrawConstraint.objects.update(in_use=False)
    assert look(PAIRINGS, PAIRS_HEAD + "KEN,TIP,DEU\n").contradictions == []


def test_contradictions_are_applied_only_knowingly_and_replace_what_stood(keeper):
    apply_list(
        send_text(PAIRINGS, PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,FRA\n", keeper), actor=keeper, knowing=True
    )
    review_import = send_text(PAIRINGS, PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,GHA\n", keeper)
    report = look(PAIRINGS, review_import.text)
    assert [change.before for change in report.gone] == ["France"]
    with pytest.raises(DomainError) as refusal:
        apply_list(review_import, actor=keeper)
    assert set(refusal.value.fields) == {"knowing"}
    assert set(ReviewingState.objects.values_list("reviewer", flat=True)) == {"UGA", "FRA"}
    apply_list(review_import, actor=keeper, knowing=True)
    assert set(ReviewingState.objects.values_list("reviewer", flat=True)) == {"UGA", "GHA"}
    assert ReviewingState.objects.filter(source="https://example.org/list").count() == 2


def test_what_a_list_says_as_it_stands_is_as_of_that_list(keeper):
    text = PARTY_HEAD + "KEN,FA,y,accession,2024-05-01\nUGA,FA,y,accession,2024-05-02\n"
    apply_list(send_text(PARTIES, text, keeper), actor=keeper)
    both = Participation.objects.filter(code__in=("KEN-FA", "UGA-FA"))
    both.update(source="An older list", source_date=date(2015, 5, 1), note="As before.")
    changed = send_text(PARTIES, text.replace("2024-05-02", "2024-06-02"), keeper)
    apply_list(changed, actor=keeper)
    kenya, uganda = both.order_by("code")
    assert (kenya.date.isoformat(), uganda.date.isoformat()) == ("2024-05-01", "2024-06-02")
    assert {row.source_date for row in both} == {changed.source_date}
    assert {row.source for row in both} == {changed.source}
    assert kenya.note == "As before."  # it says nothing else, so nothing else is touched
    assert Revision.objects.filter(code="KEN-FA").count() == 1
    undo_list(changed, actor=keeper)
    assert {(row.source, row.source_date) for row in both.all()} == {("An older list", date(2015, 5, 1))}


def test_a_list_that_is_fetched_and_says_nothing_new_renews_the_day_alone(keeper):
    text = PARTY_HEAD + "KEN,FA,y,accession,2024-05-01\n"
    apply_list(send_text(PARTIES, text, keeper), actor=keeper)
    Participation.objects.filter(code="KEN-FA").update(source_date=date(2015, 5, 1))
    others = Participation.objects.exclude(code="KEN-FA").order_by("pk")
    before = list(others.values_list("pk", "source_date"))
    assert take_fetched(io.BytesIO(text.encode()), "https://example.org/parties", keeper, None) is None
    row = Participation.objects.get(code="KEN-FA")
    assert (row.source_date, row.source) == (localdate(), "https://example.org/parties")
    assert (row.is_party, row.date.isoformat()) == (True, "2024-05-01")
    assert list(others.values_list("pk", "source_date")) == before


def test_parties_are_taken_in_and_stay_when_the_reference_is_loaded_again(keeper):
    row = Participation.objects.get(code="KEN-FA")
    text = PARTY_HEAD + "KEN,FA,y,accession,2024-05-01\nAFG,TIP,,,\n"
    apply_list(send_text(PARTIES, text, keeper), actor=keeper)
    row.refresh_from_db()
    assert (row.is_party, row.action, row.date.isoformat()) == (True, "accession", "2024-05-01")
    assert row.source == "https://example.org/list"
    load_reference()
    row.refresh_from_db()
    assert row.date.isoformat() == "2024-05-01"
    assert Participation.objects.get(country="AFG", instrument="TIP").is_party is None


def test_the_portal_draws_no_lots():
    from pathlib import Path

    sources = [path.read_text() for path in Path("reviews").rglob("*.py") if "migrations" not in str(path)]
    assert not any("import random" in text or "from random" in text for text in sources)


@pytest.mark.parametrize("role", (Role.VETTING, Role.CURATION, Role.ADMINISTRATOR, Role.REGIONAL))
def test_nobody_else_imports(keeper, role):
    review_import = send_text(GROUPS, "iso3,group\nKEN,2\n", keeper)
    for act in (apply_list, discard_list):
        with pytest.raises(PermissionDenied):
            act(review_import, actor=person_with(role))


# --- The pages ------------------------------------------------------------------------------------------

LIST = "/en/desk/reviews/imports/"


def upload(text, **fields):
    data = text if isinstance(text, bytes) else text.encode()
    return {
        "kind": GROUPS,
        "file": SimpleUploadedFile("groups.csv", data),
        "source": "A published list",
        "source_date": "2026-11-01",
        **fields,
    }


def test_a_file_is_sent_looked_at_and_applied(as_keeper):
    preview = as_keeper.post(LIST, upload("iso3,group\nKEN,2\n"))
    page = as_keeper.get(preview["Location"]).content.decode()
    assert "Kenya: Group 2" in page
    assert CountryReview.objects.get(country="KEN").group_id is None
    done = as_keeper.post(preview["Location"], {})
    assert done.status_code == 302
    assert CountryReview.objects.get(country="KEN").group_id == "2"
    assert "New: 1." in as_keeper.get(preview["Location"]).content.decode()
    assert "groups.csv" in as_keeper.get(LIST).content.decode()


def test_contradictions_are_confirmed_on_the_page_or_the_file_is_discarded(as_keeper):
    address = as_keeper.post(LIST, upload(PAIRS_HEAD + "KEN,TIP,FRA\n", kind=PAIRINGS))["Location"]
    assert "Against the known rules" in as_keeper.get(address).content.decode()
    refused = as_keeper.post(address, {})
    assert list(refused.context["form"].errors) == ["knowing"]
    assert as_keeper.post(f"{address}discard/").status_code == 302
    assert not ReviewingState.objects.exists()
    assert "Discarded" in as_keeper.get(address).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    (
        ({"source": ""}, "source"),
        ({"source_date": "2999-01-01"}, "source_date"),
        ({"kind": ""}, "kind"),
        ({"file": SimpleUploadedFile("x.csv", b"iso3,group\nKEN\xff,1\n")}, "file"),
        ({"file": SimpleUploadedFile("x.csv", b"a" * 1_000_001)}, "file"),
        ({"file": ""}, "file"),
    ),
)
def test_what_is_wrong_with_a_file_is_told_at_its_field(as_keeper, fields, field):
    page = as_keeper.post(LIST, upload("iso3,group\nKEN,2\n", **fields))
    assert list(page.context["form"].errors) == [field]
    assert not ReviewImport.objects.exists()


# --- Observations and documents ---------------------------------------------------------------------------
OBSERVED, DOCUMENTS = "observations", "documents"
TEXT = "The law does not name it.\nNor does the code."
ROW = {
    "iso3": "ken",
    "kind": "gap",
    "article": "UNTOC-5",
    "topics": "firearms; trafficking-in-persons",
    "text": TEXT,
    "language": "en",
    "source": "CTOC/COP/2026/1",
    "source_url": "https://example.org/1",
    "source_date": "2026-03-01",
}
PAPER = {"iso3": "KEN", "kind": "questionnaire", "phase": "I", "symbol": "CTOC/2026/1", "date": "2026-02"}


def as_csv(kind, *rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[ImportKind(kind)], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_observations_come_by_a_workbook_are_looked_at_and_wait_for_the_desk(as_keeper, keeper):
    url = "/en/desk/reviews/imports/observations.xlsx"
    book = load_workbook(io.BytesIO(as_keeper.get(url).getvalue()))
    sheet = book["observations"]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS[ImportKind.OBSERVATIONS]
    offered = {
        str(validation.sqref).split("2")[0]: validation.formula1
        for validation in sheet.data_validations.dataValidation
    }
    assert set(offered) == {"A", "B", "C", "F"}
    _sheet, cells = offered["B"].split("!")
    assert [row[0].value for row in book["codes"][cells.replace("$", "")]] == ObservationKind.values
    sheet.append([ROW[name] for name in COLUMNS[ImportKind.OBSERVATIONS]])
    sheet.append([None])
    sheet.append([{**ROW, "kind": "good_practice"}[name] for name in COLUMNS[ImportKind.OBSERVATIONS]])
    address = as_keeper.post(LIST, upload(bytes_of(book), kind=OBSERVED))["Location"]
    page = as_keeper.get(address).text
    assert "New: 2." in page
    assert "Gap: The law does not name it." in page
    assert not Observation.objects.exists()
    as_keeper.post(address, {})
    first, second = Observation.objects.order_by("pk")
    assert (first.country_id, first.kind, first.text, first.published_at) == ("KEN", "gap", TEXT, None)
    assert (first.recorded_by, str(first.source_date)) == (keeper, "2026-03-01")
    assert sorted(first.topics.values_list("pk", flat=True)) == ["firearms", "trafficking-in-persons"]
    page = as_keeper.get(address).text
    for observation in (first, second):
        assert f"/desk/calls/observations/{observation.pk}/" in page
    assert Entry.objects.filter(action="reviews.observation.record").count() == 2
    # Sent again, nothing of it is new.
    again = send_text(OBSERVED, as_csv(OBSERVED, ROW), keeper)
    with pytest.raises(DomainError, match="nothing new"):
        apply_list(again, actor=keeper)


@pytest.mark.parametrize(
    ("wrong", "says"),
    (
        ({"iso3": "XXX"}, "“XXX” is not known as iso3"),
        ({"kind": "flaw"}, "“flaw” is not known as kind"),
        ({"article": "UNTOC-999"}, "“UNTOC-999” is not known as article"),
        ({"language": ""}, "“” is not known as language"),
        ({"topics": "firearms;fishing"}, "“fishing” is not known as topics"),
        ({"text": ""}, "text: "),
        ({"text": "x" * 4001}, "more than 4000 characters"),
        ({"source": ""}, "source: "),
        ({"source_url": "example"}, "source_url: "),
        ({"source_date": "1 March"}, "source_date: "),
        ({"source_date": "2999-01-01"}, "cannot be in the future"),
    ),
)
def test_an_observation_that_cannot_be_used_is_told_by_its_row_and_nothing_is_saved(keeper, wrong, says):
    text = as_csv(OBSERVED, ROW, {**ROW, "kind": "suggestion", **wrong})
    report = look(OBSERVED, text)
    # The first one's text has a line break: rows are counted as a spreadsheet does.
    assert [(at, says in problem) for at, problem in texts(report)] == [(3, True)]
    with pytest.raises(DomainError):
        apply_list(send_text(OBSERVED, text, keeper), actor=keeper)
    assert not Observation.objects.exists()


def test_everything_that_is_wrong_with_a_row_is_told_at_once():
    wrong = {"kind": "flaw", "topics": "fishing", "source": "", "source_date": "1 March"}
    problems = texts(look(OBSERVED, as_csv(OBSERVED, ROW, {**ROW, **wrong})))
    assert [line for line, _text in problems] == [3] * 4
    paper = {**PAPER, "iso3": "XXX", "date": "spring", "url_en": "here"}
    assert len(texts(look(DOCUMENTS, as_csv(DOCUMENTS, paper)))) == 3


def test_an_observation_twice_in_a_file_is_told(keeper):
    report = look(OBSERVED, as_csv(OBSERVED, ROW, {**ROW, "iso3": "KEN"}))
    assert texts(report) == [(3, "The same as line 2.")]


def test_looking_costs_the_same_however_many_rows(keeper, django_assert_num_queries):
    for kind, row, name in ((OBSERVED, ROW, "text"), (DOCUMENTS, PAPER, "symbol")):
        look(kind, as_csv(kind, row))
        with CaptureQueriesContext(connection) as few:
            look(kind, as_csv(kind, row))
        with django_assert_num_queries(len(few)):
            report = look(kind, as_csv(kind, *({**row, name: f"A/{number}"} for number in range(40))))
        assert len(report.new) == 40


def test_documents_are_added_or_changed_by_their_symbol_with_the_source_of_the_file(as_keeper, keeper):
    row = {**PAPER, "title": "Answers", "url_en": "https://example.org/a.pdf"}
    for_all = {"kind": "summary", "title": "Blueprint"}
    apply_list(send_text(DOCUMENTS, as_csv(DOCUMENTS, row, for_all), keeper), actor=keeper)
    document = ReviewDocument.objects.get(symbol=PAPER["symbol"])
    assert (document.review.country_id, document.cluster_id, document.date) == ("KEN", "I", "2026-02")
    assert (document.source, document.edited_by_hand) == ("https://example.org/list", True)
    assert ReviewDocument.objects.get(title="Blueprint").review is None
    assert Revision.objects.filter(kind="reviews.reviewdocument", code=str(document.pk)).exists()
    # An empty cell changes nothing.
    text = as_csv(DOCUMENTS, {"kind": row["kind"], "symbol": row["symbol"], "title": "Answers, revised"})
    address = as_keeper.post(LIST, upload(text, kind=DOCUMENTS))["Location"]
    assert "title: Answers becomes title: Answers, revised" in as_keeper.get(address).text
    as_keeper.post(address, {})
    document.refresh_from_db()
    assert (document.title, document.url_en, document.review.country_id) == (
        "Answers, revised",
        "https://example.org/a.pdf",
        "KEN",
    )
    assert f"/desk/reviews/KEN/documents/{document.pk}/" in as_keeper.get(address).text
    assert look(DOCUMENTS, as_csv(DOCUMENTS, for_all)).same == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    (
        ({"iso3": "XXX"}, "“XXX” is not known as iso3"),
        ({"kind": ""}, "“” is not known as kind"),
        ({"phase": "IX"}, "“IX” is not known as phase"),
        ({"symbol": "", "title": ""}, "Give a symbol or a title."),
        ({"symbol": "x" * 61}, "symbol: "),
        ({"date": "spring"}, "date: "),
        ({"url_fr": "here"}, "url_fr: "),
        ({"publicity": "not_public", "url_en": "https://example.org/a"}, "publicity: "),
    ),
)
def test_a_document_that_cannot_be_used_is_told_by_its_row(wrong, says):
    row = {**PAPER, **wrong}
    assert [(at, says in problem) for at, problem in texts(look(DOCUMENTS, as_csv(DOCUMENTS, row)))] == [
        (2, True)
    ]


def test_a_file_is_refused_where_it_is_too_long_or_no_table(as_keeper):
    rows = as_csv(OBSERVED, *({**ROW, "text": f"Number {number}"} for number in range(501)))
    assert [problem for _line, problem in texts(look(OBSERVED, rows))] == [
        "The file has more than 500 lines."
    ]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    page = as_keeper.post(LIST, upload(bomb.getvalue(), kind=OBSERVED))
    assert "too large once unpacked" in page.text
    # What a spreadsheet of another country saves as CSV.
    text = as_csv(DOCUMENTS, PAPER).replace(",", ";")
    address = as_keeper.post(LIST, upload(text, kind=DOCUMENTS))["Location"]
    assert "New: 1." in as_keeper.get(address).text


@pytest.mark.parametrize("kind", ImportKind.values)
def test_every_list_has_a_template_that_can_be_read_back(as_keeper, kind):
    for form in ("csv", "xlsx"):
        content = as_keeper.get(f"/en/desk/reviews/imports/{kind}.{form}").getvalue()
        assert text_of(io.BytesIO(content)).strip() == ",".join(COLUMNS[ImportKind(kind)])
    assert as_keeper.get("/en/desk/reviews/imports/others.csv").status_code == 404
