"""The directory as a file: who gets it, what is in it, and what happens when a worker dies."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now
from openpyxl import load_workbook

from accounts.people.enums import Role
from accounts.people.models import Grant
from audit.models import Entry
from core import background_files
from core.attempts import Attempt
from core.spreadsheet_cells import harmless, join_values
from search.actions import index
from stakeholders import tasks
from stakeholders.entries.enums import Listing, Status
from stakeholders.exports import actions as exports_actions
from stakeholders.exports.columns import HEADS
from stakeholders.exports.models import Export
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.exports import asked_export, made_export, table
from tests.factories.profiles import project
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, refused_and_each, statements_of

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/vetting/exports/"
DESK = (Role.VETTING, Role.CURATION, Role.EVENTS, Role.REVIEWS, Role.HEAD, Role.ADMINISTRATOR)


@pytest.fixture
def desk():
    return person_with(Role.EVENTS)


@pytest.fixture
def as_desk(client, desk):
    sign_in(client, desk)
    return client


def downloaded(client, export):
    response = client.get(f"/files/export/{export.pk}/?download")
    return response, b"".join(response.streaming_content) if response.streaming else b""


# --- As its user sees it ----------------------------------------------------------------------------


@pytest.mark.behaviour("D-20", "X-05")
def test_the_desk_exports_what_it_filtered_and_gets_the_file(as_desk, desk, reference):
    topics = list(Topic.objects.in_order()[:2])
    observatory = StakeholderFactory(
        name="مرصد الساحل",
        name_latin="Coast Observatory",
        acronym="CO",
        city="Mombasa",
        kind="academia",
        website="https://coast.example",
        approved_at="2026-09-14T10:00Z",
        confirmed_at="2026-11-02T23:30Z",
    )
    observatory.topics.set(topics)
    observatory.works_in.set(["TZA", "KEN"])
    observatory.descriptors, observatory.ecosoc_status = ["grassroots", "youth_led"], "special"
    observatory.wikidata, observatory.lei = "Q1065", "5493001KJTIIGC8Y1R12"
    observatory.save()
    project(observatory, title="Safe harbours")
    project(observatory, title="Open data")
    StakeholderFactory(name="Elsewhere", kind="ngo")

    assert "Export this list as CSV" in as_desk.get("/en/stakeholders/?kind=academia").text
    redirect = as_desk.post(PAGE, {"format": "csv", "filters": "kind=academia"})
    export = Export.objects.get()
    assert redirect["Location"] == f"{PAGE}{export.pk}/"
    assert "It is in the queue" in as_desk.get(redirect["Location"]).text
    tasks.heavy_export(export.pk)
    page = as_desk.get(redirect["Location"]).text
    assert "Download the CSV file" in page
    assert "Academic or research institution" in page

    response, content = downloaded(as_desk, export)
    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"] == (
        f'attachment; filename="stakeholders-{now():%Y-%m-%d}-{export.pk}.csv"'
    )
    assert content.startswith(b"\xef\xbb\xbfid,name,name_latin,")
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert line == {
        "id": str(observatory.pk),
        "name": "مرصد الساحل",
        "name_latin": "Coast Observatory",
        "acronym": "CO",
        "kind": "academia",
        "kind_label": "Academic or research institution",
        "country_iso3": "KEN",
        "country_name": "Kenya",
        "region_m49": "002",
        "city": "Mombasa",
        "website": "https://coast.example",
        "topics": ";".join(topic.pk for topic in topics),
        "topic_names": ";".join(topic.name_en for topic in topics),
        "other_names": "",
        "former_names": "",
        "engagement_areas": "",
        "articles": "",
        "works_in": "KEN;TZA",
        "languages": "",
        "descriptors": "grassroots;youth_led",
        "ecosoc_status": "special",
        "cop_observer": "",
        "references": "",
        "offices": "",
        "public_contacts": "",
        "status": "active",
        "status_label": "Active",
        "listing": "public",
        "listing_label": "Everybody",
        "approved_on": "2026-09-14",
        "confirmed_on": "2026-11-02",
        "source_name": "",
        "source_url": "",
        "ror_id": "",
        "wikidata": "Q1065",
        "lei": "5493001KJTIIGC8Y1R12",
        "orcid": "",
        "projects": "Safe harbours;Open data",
        "profile_url": f"http://testserver/en/stakeholders/{observatory.pk}-coast-observatory/",
    }
    log_entry = Entry.objects.get(action="stakeholders.exported")
    assert (log_entry.actor_id, log_entry.data) == (
        desk.pk,
        {"format": "csv", "rows": 1, "filters": "kind=academia"},
    )


@pytest.mark.behaviour("X-05")
def test_the_dictionary_says_what_every_column_means(as_desk):
    response = as_desk.get(f"{PAGE}dictionary.csv")
    assert response["Content-Disposition"] == 'attachment; filename="stakeholders-dictionary.csv"'
    text = response.getvalue().decode()
    assert text.startswith("\ufeffcolumn,meaning,example")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [line["column"] for line in lines] == list(HEADS)
    assert all(line["meaning"] for line in lines)


@pytest.mark.behaviour("D-20", "X-05")
def test_a_workbook_has_the_table_and_says_what_it_is(as_desk, desk, reference):
    day = datetime(2026, 3, 4, 23, tzinfo=UTC)
    entry = StakeholderFactory(name="=1+1", city="Nairobi\x07", approved_at=day)
    export = made_export(desk, "country=KEN", "xlsx")
    _response, content = downloaded(as_desk, export)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Stakeholders", "About"]
    head, line = book["Stakeholders"].iter_rows(values_only=True)
    assert head == HEADS
    assert (line[0], line[1], line[9]) == (entry.pk, "'=1+1", "Nairobi")
    assert line[HEADS.index("approved_on")] == datetime(2026, 3, 4)  # noqa: DTZ001
    about = [row[:2] for row in book["About"].iter_rows(values_only=True)]
    assert ("Filters", "Country or area: Kenya") in about
    assert [head for head, _meaning in about[-len(HEADS) :]] == list(HEADS)
    assert all(meaning for _head, meaning in about[-len(HEADS) :])


@pytest.mark.parametrize(
    ("text", "cell"),
    (
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\x00=1", "'=1"),
        ("a=b", "a=b"),
        ("", ""),
        ("O'Neill", "O'Neill"),
    ),
)
def test_no_cell_can_run(text, cell):
    assert harmless(text) == cell


def test_what_joins_a_list_stands_in_none_of_its_parts():
    assert join_values(["a", "b; c"]) == "a;b, c"


@pytest.mark.behaviour("D-20")
def test_progress_comes_by_itself_and_by_a_link(as_desk, desk, reference):
    export = asked_export(desk)
    Export.objects.update(
        status="making",
        claim="00000000-0000-0000-0000-000000000001",
        beat_at=now(),
        rows_total=51370,
        rows_done=2000,
    )
    url = f"{PAGE}{export.pk}/"
    part = as_desk.get(url, headers={"HX-Request": "true", "HX-Target": "export"})
    assert "<html" not in part.text
    assert f'hx-get="{url}" hx-trigger="every 2s"' in part.text
    assert '<progress value="2000" max="51370"' in part.text
    assert part["Cache-Control"].count("no-store") == 1
    whole = as_desk.get(url).text
    assert "<html" in whole
    assert "See how far it is" in whole
    Export.objects.update(status="failed", fault="broken")
    assert "hx-get" not in as_desk.get(url, headers={"HX-Request": "true", "HX-Target": "export"}).text
    assert "Ask again" in as_desk.get(url).text


def test_labels_are_in_the_language_of_whoever_asked(desk, reference):
    StakeholderFactory()
    (line,) = table(made_export(desk, language="fr"))
    assert line["country_iso3"] == "KEN"
    assert line["country_name"] == "Kenya"
    assert line["profile_url"].startswith("http://testserver/fr/")


# --- What must not be in it ---------------------------------------------------------------------------


@pytest.mark.behaviour("D-20")
def test_nothing_that_is_not_in_the_directory_is_in_the_file(as_desk, desk, reference):
    source = {"source_name": "A list", "source_date": "2026-01-01"}
    for status in Status.values:
        for listing in Listing.values:
            stakeholder = StakeholderFactory(
                name=f"Harbour {status} {listing}",
                status=status,
                listing=listing,
                **(source if status == "listed" else {}),
            )
            index(stakeholder)
    shown = {
        f"Harbour {s} {w}" for s in ("listed", "active") for w in ("public", "members", "members_states")
    }
    for filters in ("", "q=harbour", "country=KEN", "kind=ngo&region=002"):
        as_desk.post(PAGE, {"format": "csv", "filters": filters})
        export = Export.objects.first()
        tasks.heavy_export(export.pk)
        export.refresh_from_db()
        assert {line["name"] for line in table(export)} == shown, filters
        assert export.rows_total == len(shown)


def test_a_filter_that_nobody_understands_exports_nothing(as_desk, reference):
    StakeholderFactory()
    page = as_desk.post(PAGE, {"format": "csv", "filters": "country=ATL"}, follow=True)
    assert "These filters could not be understood" in page.text
    assert as_desk.post(PAGE, {"format": "pdf", "filters": ""}).status_code == 302
    assert not Export.objects.exists()


def test_a_code_that_is_gone_by_then_finds_nobody_rather_than_everybody(desk, reference):
    StakeholderFactory()
    assert table(made_export(desk, "topic=given-up-since")) == []


def test_the_log_keeps_codes_and_no_words(desk, reference):
    made_export(desk, "q=amina+njeri&kind=expert")
    assert Entry.objects.get(action="stakeholders.exported").data == {
        "format": "csv",
        "rows": 0,
        "filters": "q=%2A&kind=expert",
    }


def test_the_order_is_the_one_of_the_page(desk, reference):
    for name in ("Beta", "alpha", "Gamma"):
        StakeholderFactory(name=name)
    assert [line["name"] for line in table(made_export(desk))] == ["alpha", "Beta", "Gamma"]
    assert [line["name"] for line in table(made_export(desk, "sort=newest"))] == ["Gamma", "alpha", "Beta"]


# --- Who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "people", refused_and_each(("visitor", "person", "member", Role.REGIONAL, Role.STATE, *DESK), DESK)
)
def test_who_may_export(client, reference, people, subtests):
    StakeholderFactory()
    other = made_export(person_with(Role.HEAD))
    for who in people:
        with subtests.test(who=who):
            if who != "visitor":
                person = {"person": UserFactory, "member": lambda: member_of(StakeholderFactory())}.get(who)
                sign_in(client, person() if person else person_with(who))
            allowed = who in DESK
            hidden = 302 if who == "visitor" else 404
            assert client.get(PAGE).status_code == (200 if allowed else hidden)
            assert client.get(f"{PAGE}dictionary.csv").status_code == (200 if allowed else hidden)
            assert client.get(f"{PAGE}{other.pk}/").status_code == hidden
            assert client.get(f"/files/export/{other.pk}/").status_code == 404
            assert ("Export this list" in client.get("/en/stakeholders/").text) is allowed
            assert client.post(PAGE, {"format": "csv"}).status_code == (302 if allowed else hidden)
            assert Export.objects.count() == (2 if allowed else 1)


def test_only_an_unmade_export_a_past_one_or_a_lost_role_close_the_file(as_desk, desk, reference):
    waiting, ready = asked_export(desk), made_export(desk)
    assert downloaded(as_desk, ready)[0].status_code == 200
    assert as_desk.get(f"/files/export/{waiting.pk}/").status_code == 404
    Export.objects.filter(pk=ready.pk).update(expires_at=now() - timedelta(seconds=1))
    assert as_desk.get(f"/files/export/{ready.pk}/").status_code == 404
    assert as_desk.get(f"{PAGE}{ready.pk}/").status_code == 404
    Export.objects.update(expires_at=now() + timedelta(days=1))
    Grant.objects.all().delete()
    assert as_desk.get(f"/files/export/{ready.pk}/").status_code == 404


def test_an_export_of_somebody_who_left_the_desk_is_not_made(desk, reference):
    export = asked_export(desk)
    Grant.objects.all().delete()
    assert exports_actions.make_export(export.pk) is False
    export.refresh_from_db()
    assert (export.status, export.fault, export.file.name) == ("failed", "not_allowed", "")


def test_asking_again_and_again_has_an_end(as_desk, reference):
    answers = [as_desk.post(PAGE, {"format": "csv"}).status_code for _time in range(31)]
    assert answers == [302] * 30 + [429]


# --- When things break --------------------------------------------------------------------------------


def test_twice_is_once(desk, reference):
    export = asked_export(desk)
    assert exports_actions.make_export(export.pk) is True
    assert exports_actions.make_export(export.pk) is False
    assert exports_actions.make_export(export.pk + 1) is False
    assert Entry.objects.filter(action="stakeholders.exported").count() == 1


def test_what_a_dead_worker_left_is_taken_up_again_and_at_last_given_up(desk, reference, monkeypatch):
    nudged = []
    monkeypatch.setattr(background_files, "later", lambda name, pk: nudged.append(pk))
    export = asked_export(desk)
    nudged.clear()
    busy = {"status": "making", "claim": "00000000-0000-0000-0000-000000000001", "attempts": 1}
    Export.objects.update(**busy, beat_at=now())
    assert (exports_actions.sweep_exports(), exports_actions.make_export(export.pk)) == (0, False)
    Export.objects.update(**busy, beat_at=now() - timedelta(minutes=6))
    assert (exports_actions.sweep_exports(), nudged) == (1, [export.pk])
    assert exports_actions.make_export(export.pk) is True
    export.refresh_from_db()
    assert (export.status, export.attempts) == ("ready", 2)

    again = asked_export(desk)
    Export.objects.filter(pk=again.pk).update(**{**busy, "attempts": 3}, beat_at=now() - timedelta(minutes=6))
    assert exports_actions.make_export(again.pk) is False
    again.refresh_from_db()
    assert (again.status, again.fault) == ("failed", "given_up")


def test_a_lost_nudge_is_found(desk, reference, monkeypatch):
    nudged = []
    monkeypatch.setattr(background_files, "later", lambda name, pk: nudged.append(pk))
    export = asked_export(desk)
    nudged.clear()
    assert exports_actions.sweep_exports() == 0
    Export.objects.update(asked_at=now() - timedelta(minutes=1))
    assert (exports_actions.sweep_exports(), nudged) == (1, [export.pk])


def test_whoever_was_overtaken_changes_nothing_and_leaves_no_file(desk, reference, monkeypatch):
    """As when a worker hangs long enough to be taken for dead, and then goes on."""
    StakeholderFactory()
    export = asked_export(desk)
    storage = Export._meta.get_field("file").storage
    before = set(storage.listdir("exports")[1]) if storage.exists("exports") else set()

    def overtaken(*_args):
        Export.objects.filter(pk=export.pk).update(claim="00000000-0000-0000-0000-000000000002")
        return []

    monkeypatch.setattr(exports_actions, "filters_in_words", overtaken)
    assert exports_actions.make_export(export.pk) is False
    export.refresh_from_db()
    assert (export.status, export.file.name) == ("making", "")
    assert set(storage.listdir("exports")[1] if storage.exists("exports") else ()) == before
    assert not Entry.objects.filter(action="stakeholders.exported").exists()


def test_a_fault_is_said_and_not_hidden(desk, reference, monkeypatch):
    StakeholderFactory()
    export = asked_export(desk)
    monkeypatch.setattr(exports_actions, "table_columns", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exports_actions.make_export(export.pk)
    export.refresh_from_db()
    assert (export.status, export.fault) == ("failed", "broken")


def test_more_rows_than_a_workbook_holds_are_refused_in_words(as_desk, desk, reference, monkeypatch):
    for _row in range(2):
        StakeholderFactory()
    monkeypatch.setattr(exports_actions, "MOST_ROWS", 1)
    export = made_export(desk, kind="xlsx")
    assert (export.status, export.fault) == ("failed", "too_long")
    assert "Please export them as CSV." in as_desk.get(f"{PAGE}{export.pk}/").text
    assert made_export(desk).rows_total == 2


def test_what_has_had_its_time_goes_with_its_file(desk, reference):
    export, stays = made_export(desk), made_export(desk)
    storage, name = export.file.storage, export.file.name
    Export.objects.filter(pk=export.pk).update(expires_at=now() - timedelta(seconds=1))
    assert storage.exists(name)
    assert exports_actions.sweep_exports() == 1
    assert not storage.exists(name)
    assert list(Export.objects.all()) == [stays]


# --- What it costs ------------------------------------------------------------------------------------


def test_progress_is_written_at_every_batch_and_rows_cost_no_statement_each(desk, reference, monkeypatch):
    monkeypatch.setattr(exports_actions, "BATCH", 2)
    progress = []
    go_on = Attempt.go_on

    def watched(attempt, **fields):
        progress.append({key: fields[key] for key in ("rows_done", "rows_total") if key in fields})
        return go_on(attempt, **fields)

    monkeypatch.setattr(Attempt, "go_on", watched)
    for _row in range(5):
        StakeholderFactory()
    made_export(desk)
    assert progress == [
        {"rows_total": 5},
        {"rows_done": 2},
        {"rows_done": 4},
        {"rows_done": 5},
        {"rows_done": 5, "rows_total": 5},
    ]


def test_making_and_listing_cost_the_same_for_more(as_desk, desk, reference):
    exports_actions.make_export(asked_export(desk).pk)  # the names of lists are kept from here on
    counts = []
    for number in (1, 2):
        for _row in range(number):
            StakeholderFactory().topics.set(Topic.objects.in_order()[:2])
        export = asked_export(desk)
        counts.append(statements_of(lambda export=export: exports_actions.make_export(export.pk)))
    assert counts[0] == counts[1]
    assert_no_growth(lambda: as_desk.get(PAGE), lambda: made_export(desk))
