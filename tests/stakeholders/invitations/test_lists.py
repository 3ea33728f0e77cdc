"""A list of members in any columns: named, checked by a dry run, decided, and made a wave of invitations."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.enums import Role
from audit.models import Entry
from notifications.bounces.models import Suppression
from notifications.outbox.models import Message
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.imports import actions_worker
from stakeholders.imports.enums import ImportStatus
from stakeholders.imports.fields import MEMBER_FIELDS, addresses_in, guess_fields
from stakeholders.imports.models import FORGOTTEN_AFTER, Import, ImportSource
from stakeholders.invitations import actions_waves
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.tasks import heavy_import
from taxonomy.hooks import sources
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.claims import listed_entry, sent_claim
from tests.factories.imports import sent as sent_to_directory
from tests.factories.imports import workbook
from tests.factories.members import MEANT, create_lookalikes, made_list, with_life
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

KIND = "stakeholders.invited_by_desk"
HOME = "/en/desk/vetting/invitations/"
SEND = f"{HOME}list/"
HEADS = ("Organisation", "Pays", "Type", "E-mail address", "Langue")
GOOD = ("Coastal Watch", "Kenya", "NGO", "amina@example.org", "français")


def upload(*rows, heads=HEADS, name="members.xlsx"):
    if name.endswith(".xlsx"):
        return SimpleUploadedFile(name, workbook([list(heads), *map(list, rows)]))
    into = io.StringIO()
    csv.writer(into).writerows([heads, *rows])
    return SimpleUploadedFile(name, into.getvalue().encode("utf-8-sig"))


def sent(client, file, source="Members of the former hub"):
    """The list, once its file is there and its columns are guessed."""
    answer = client.post(SEND, {"source": source, "day": "2026-01-31", "file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return Import.objects.latest("pk")


def columns_of(of, **answers):
    guessed = {f"column_{place}": code for place, code in of.columns.items()}
    return {**guessed, "language": "en", "kind": "", "country": "", **answers}


def checked(client, *rows, file=None, source="Members of the former hub", heads=HEADS, **answers):
    of = sent(client, file or upload(*rows, heads=heads), source)
    answer = client.post(f"{of.get_absolute_url()}columns/", columns_of(of, **answers))
    assert answer.status_code == 302, answer.context["form"].errors
    heavy_import(of.pk)
    of.refresh_from_db()
    return of


def waved(client, of, **answers):
    client.post(f"{of.get_absolute_url()}wave/", {"name": "First", "former": "on", **answers})
    heavy_import(of.pk)
    of.refresh_from_db()
    return of


def table_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def fates(of):
    return [(row.outcome, [rule for _head, rule, _value in row.problems]) for row in of.rows.all()]


# --- What the columns mean ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heads", "meant"),
    (
        (("NGO", "Pays/country", "contact e-mail", "Type of organization"), "name country email kind"),
        (("Nom de l’organisation", "Pays", "Courriel", "Langue"), "name country email language"),
        (
            ("Nombre de la organización", "País", "Correo electrónico", "Idioma"),
            "name country email language",
        ),
        (("Название организации", "Страна", "Электронная почта", "Язык"), "name country email language"),
        (("اسم المنظمة", "البلد", "البريد الإلكتروني", "اللغة"), "name country email language"),
        (("机构名称", "国家", "电子邮件", "语言"), "name country email language"),
        (
            ("E-mail of the organization", "Name of the organization (in full)", "Web site"),
            "email name website",
        ),
        (("Member since", "Contact person", "Remarks", "email"), "- - - email"),
    ),
)
def test_columns_are_guessed_by_what_people_call_them(heads, meant):
    columns = guess_fields(heads, {}, MEMBER_FIELDS)
    assert [columns.get(str(place), "-") for place in range(len(heads))] == meant.split()


@pytest.mark.parametrize(
    ("cell", "addresses"),
    (
        ("a@x.org; B@Y.org.", ["a@x.org", "b@y.org"]),
        ("Amina Otieno <A@x.org>", ["a@x.org"]),
        ("mailto:a@x.org", ["a@x.org"]),
        ("a\uff20x.org\u00a0", ["a@x.org"]),
        ("\u200ba @ x.org / a@x.org", ["a@x.org"]),
        ("a at x.org", []),
        ("none", []),
    ),
)
def test_addresses_are_found_in_what_people_type(cell, addresses):
    assert addresses_in(cell) == addresses


def test_what_the_columns_mean_is_asked_with_examples_and_remembered(as_vetter):
    heads = ("Organisation", "Pays", "Type", "Reach us", "Remarks")
    row = ("Coastal Watch", "Kenya", "NGO", "a@x.org", "ngo")
    of = sent(as_vetter, upload(row, heads=heads))
    page = as_vetter.get(f"{of.get_absolute_url()}columns/")
    assert page.context["form"]["column_3"].help_text == "a@x.org"
    refused = as_vetter.post(f"{of.get_absolute_url()}columns/", columns_of(of))
    assert "Choose the column that holds the e-mail address." in refused.text
    as_vetter.post(f"{of.get_absolute_url()}columns/", columns_of(of, column_3="email"))
    again = sent(as_vetter, upload(("Second", "Kenya", "NGO", "b@x.org", ""), heads=heads))
    assert again.columns == {"0": "name", "1": "country", "2": "kind", "3": "email"}
    assert ImportSource.objects.get().columns["Remarks"] == ""


def test_what_no_column_says_is_asked_once_for_all_rows(as_vetter):
    heads = ("Organisation", "E-mail")
    of = sent(as_vetter, upload(("Coastal Watch", "a@x.org"), heads=heads))
    refused = as_vetter.post(f"{of.get_absolute_url()}columns/", columns_of(of))
    assert refused.context["form"].errors.keys() == {"kind", "country"}
    of = checked(
        as_vetter, ("Coastal Watch", "a@x.org"), heads=heads, kind="academia", country="SEN", language="fr"
    )
    values = of.rows.get().values
    assert (values["kind"], values["country"], values["language"]) == ("academia", "SEN", "fr")


def test_a_title_above_the_heading_is_no_heading(as_vetter):
    book = workbook([["Members 2021", None], [None], list(HEADS), list(GOOD)])
    of = checked(as_vetter, file=SimpleUploadedFile("members.xlsx", book))
    assert (of.head_row, of.heads[0], of.rows.get().row) == (3, "Organisation", 4)


# --- The dry run --------------------------------------------------------------------------------------
def test_a_row_becomes_an_error_only_where_an_invitation_lacks_something(as_vetter):
    of = checked(
        as_vetter,
        (*GOOD, "Coast", "not-a-site"),
        ("", "Atlantis", "Church", "nothing", "xx"),
        ("Second", "Kenya", "", "b@example.org"),
        heads=(*HEADS, "City", "Website"),
    )
    assert fates(of) == [
        ("new", ["bad_address"]),
        ("refused", ["unknown_country", "unknown_kind", "bad_email", "other_language", "missing"]),
        ("refused", ["missing"]),
    ]


def test_a_cell_that_says_nothing_is_an_empty_one(as_vetter):
    cells = ("n/a", "N/A", "—", "нет", "нет  данных", "لا يوجد", "无")
    rows = [
        (f"Society {n}", "Kenya", "NGO", f"a{n}@example.org", "en", cell, cell)
        for n, cell in enumerate(cells)
    ]
    of = checked(as_vetter, *rows, heads=(*HEADS, "City", "Website"))
    assert fates(of) == [("new", [])] * len(cells)
    assert [row.values["name"] for row in of.rows.all() if {"city", "website"} & row.values.keys()] == []


def test_the_same_in_another_spelling_counts_once(as_vetter):
    of = checked(
        as_vetter,
        GOOD,
        ("COASTAL – WATCH", "ke", "NGO", "other@example.org", "en"),
        ("Coastal Watch", "Senegal", "NGO", "AMINA@example.org", "en"),
    )
    assert fates(of) == [("new", []), ("skipped", ["twice"]), ("new", ["same_address"])]


def test_an_address_that_is_held_back_is_told(as_vetter):
    Suppression.objects.create(address="Amina@example.org", reason="It came back.")
    assert fates(checked(as_vetter, GOOD)) == [("new", ["held_back"])]


def test_the_same_list_sent_twice_doubles_nothing(as_vetter):
    waved(as_vetter, checked(as_vetter, GOOD))
    of = checked(as_vetter, GOOD)
    assert fates(of) == [("known", [])]
    assert "No row of this list is to be invited." in as_vetter.get(of.get_absolute_url()).text
    assert DeskInvitation.objects.count() == Stakeholder.objects.count() == 1


def test_rows_with_errors_are_sent_again_once_mended(as_vetter):
    rows = (GOOD, ("=2+2", "Nowhere", "NGO", "b@example.org", "en"))
    of = checked(as_vetter, file=upload(*rows, name="members.csv"))
    text = b"".join(as_vetter.get(f"{of.get_absolute_url()}errors.csv").streaming_content).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert head == [*HEADS, "error"]
    assert row[0] == "'=2+2"
    assert "row 3, Pays: This country or area is not known." in row[-1]
    mended = text.replace("Nowhere", "Kenya")
    again = checked(as_vetter, file=SimpleUploadedFile("errors.csv", mended.encode("utf-8-sig")))
    assert [(row.outcome, row.values["name"]) for row in again.rows.all()] == [("new", "=2+2")]


def test_a_file_that_is_no_list_says_so_and_what_was_typed_stays(as_vetter, subtests):
    for content, message in (
        (b"PK\x03\x04 broken", "This workbook cannot be read"),
        (b"", "empty"),
        (b"a,b\n" + b"x,y\n" * 5_001, "At most 5,000 rows fit"),
    ):
        with subtests.test(message=message):
            page = as_vetter.post(
                SEND,
                {"source": "Our members", "day": "2026-01-31", "file": SimpleUploadedFile("a.csv", content)},
            )
            assert message in str(page.context["form"].errors["file"])
            assert 'value="Our members"' in page.text
            assert not Import.objects.exists()


def test_a_dry_run_saves_nothing_in_the_directory(as_vetter):
    checked(as_vetter, GOOD)
    assert not any(model.objects.exists() for model in (Stakeholder, DeskInvitation, Wave))


# --- What looks like an entry -------------------------------------------------------------------------
def twin_of(**fields):
    fields = {
        "website": "https://elsewhere.example",
        "acronym": "",
        "ror_id": "",
        "country_id": "KEN",
        **fields,
    }
    return listed_entry(**fields)


ROW = {
    "Organisation": "Society for Light",
    "Pays": "Kenya",
    "Type": "NGO",
    "E-mail": "a@x.org",
    "Web": "https://light.example/en",
    "Sigle": "SFL",
    "ROR": "https://ror.org/05gq02987",
}


@pytest.mark.parametrize(
    ("reason", "entry"),
    (
        ("name", {"name": "SOCIETY  for Light"}),
        ("site", {"name": "Other", "website": "http://www.light.example"}),
        ("acronym", {"name": "Other", "acronym": "sfl"}),
        ("ror", {"name": "Other", "ror_id": "https://ror.org/05gq02987"}),
        ("alike", {"name": "Society for Lights"}),
    ),
)
def test_a_row_that_looks_like_an_entry_waits_for_the_desk(as_vetter, reason, entry):
    twin = twin_of(**entry)
    of = checked(as_vetter, tuple(ROW.values()), heads=tuple(ROW))
    row = of.rows.get()
    assert (row.twin, row.why, of.counts["undecided"]) == (twin, reason, 1)
    page = as_vetter.get(of.get_absolute_url()).text
    assert f"/en/desk/vetting/stakeholders/{twin.pk}/" in page
    as_vetter.post(f"{of.get_absolute_url()}wave/", {"name": "First"})
    of.refresh_from_db()
    assert of.status == ImportStatus.CHECKED
    as_vetter.post(of.get_absolute_url(), {f"all_{reason}": "same"})
    of.refresh_from_db()
    assert (of.counts["undecided"], of.rows.get().outcome) == (0, "to_claim")


def test_single_rows_are_decided_and_decided_anew(as_vetter):
    listed_entry(name="Coastal Watch", country_id="KEN")
    of = checked(as_vetter, GOOD)
    for decision, outcome in (("another", "new"), ("skip", "skipped"), ("same", "to_claim")):
        row = of.rows.get()
        path = f"{of.get_absolute_url()}?rows={'undecided' if not row.decision else row.outcome}"
        as_vetter.post(path, {f"row_{row.row}": decision})
        assert of.rows.get().outcome == outcome


def test_decisions_outlast_another_dry_run(as_vetter):
    listed_entry(name="Coastal Watch", country_id="KEN")
    of = checked(as_vetter, GOOD)
    as_vetter.post(of.get_absolute_url(), {"all_name": "same"})
    as_vetter.post(f"{of.get_absolute_url()}columns/", columns_of(of))
    heavy_import(of.pk)
    assert of.rows.get().outcome == "to_claim"


@pytest.mark.parametrize("how", ("has people of its own", "is being claimed"))
def test_an_entry_with_people_of_its_own_is_left_out_and_said_so(as_vetter, how):
    if how == "has people of its own":
        entry = StakeholderFactory(name="Coastal Watch", country_id="KEN")
        member_of(entry)
    else:
        sent_claim(listed_entry(name="Coastal Watch", country_id="KEN"))
    of = checked(as_vetter, GOOD)
    assert (of.rows.get().outcome, of.counts["undecided"]) == ("claimed", 0)
    page = as_vetter.get(f"{of.get_absolute_url()}?rows=claimed").text
    assert f"· {how}" in page
    as_vetter.post(f"{of.get_absolute_url()}?rows=claimed", {"row_2": "same"})
    assert of.rows.get().outcome == "claimed"
    as_vetter.post(f"{of.get_absolute_url()}?rows=claimed", {"row_2": "another"})
    assert of.rows.get().outcome == "new"


def test_who_took_over_after_the_dry_run_is_left_out(as_vetter):
    entry = listed_entry(name="Coastal Watch", country_id="KEN")
    of = checked(as_vetter, GOOD, ("Second", "Kenya", "NGO", "b@example.org", "en"))
    as_vetter.post(of.get_absolute_url(), {"all_name": "same"})
    sent_claim(entry)
    of = waved(as_vetter, of)
    assert DeskInvitation.objects.get().name == "Second"
    assert of.counts["claimed"] == 1


def test_what_came_since_the_dry_run_asks_for_another(as_vetter):
    of = checked(as_vetter, GOOD)
    listed_entry(name="Coastal Watch", country_id="KEN")
    of = waved(as_vetter, of)
    assert (of.status, of.fault, Wave.objects.count()) == ("failed", "moved_on", 0)
    assert "Make the dry run again" in as_vetter.get(of.get_absolute_url()).text


def test_the_entry_says_that_it_has_an_invitation(as_vetter):
    waved(as_vetter, checked(as_vetter, GOOD))
    of = checked(as_vetter, (*GOOD[:3], "new@example.org", "en"))
    page = as_vetter.get(of.get_absolute_url()).text
    assert "The profile has an invitation:" in page
    assert "amina@example.org" in page


def test_where_the_wave_has_no_name_its_rows_are_shown_and_decided_as_before(as_vetter):
    waved(as_vetter, checked(as_vetter, GOOD))
    of = checked(as_vetter, (*GOOD[:3], "new@example.org", "en"))
    row = of.rows.get().row
    as_vetter.post(of.get_absolute_url(), {f"row_{row}": "another"})
    address = f"{of.get_absolute_url()}wave/"
    page = as_vetter.post(address, {"name": ""})
    assert page.context["form"].errors.keys() == {"name"}
    assert "The profile has an invitation:" in page.text
    assert f'action="{of.get_absolute_url()}?rows=new&amp;page=1"' in page.text
    assert as_vetter.get(f"{address}?rows=new").url == f"{of.get_absolute_url()}?rows=new"


def test_a_list_does_not_wait_among_the_imports_into_the_directory(as_vetter, vetter):
    sent(as_vetter, upload(GOOD))
    assert not sources["imports"].waiting(vetter).exists()
    sent_to_directory(vetter, "name,kind,country\nCoastal Watch,ngo,KEN\n")
    assert sources["imports"].waiting(vetter).count() == 1


# --- The wave -----------------------------------------------------------------------------------------
def test_a_wave_of_former_members_has_unlisted_entries_and_writes_to_nobody(as_vetter, vetter):
    of = waved(as_vetter, checked(as_vetter, GOOD), vetted_before="on")
    entry, wave, invitation = Stakeholder.objects.get(), Wave.objects.get(), DeskInvitation.objects.get()
    assert (entry.status, entry.listing) == (Status.LISTED, Listing.UNLISTED)
    assert (entry.source_name, entry.source_date) == (of.source.name, of.source_date)
    assert (wave.made_from, wave.name, wave.vetted_before, wave.made_by) == (of, "First", True, vetter)
    assert (invitation.stakeholder, invitation.token_hash, invitation.language) == (entry, None, "fr")
    assert not Message.objects.exists()
    assert Entry.objects.get(action="stakeholders.wave_made").data == {"count": 1}
    assert wave.get_absolute_url() in as_vetter.get(of.get_absolute_url()).text


def test_people_to_invite_need_no_entry(as_vetter):
    waved(as_vetter, checked(as_vetter, GOOD), former="")
    assert not Stakeholder.objects.exists()
    assert DeskInvitation.objects.get().stakeholder is None


def test_an_invitation_to_a_listed_entry_says_so_and_leads_to_its_claim(as_vetter, client):
    entry = listed_entry(name="Coastal Watch", country_id="KEN")
    of = checked(as_vetter, GOOD)
    as_vetter.post(of.get_absolute_url(), {"all_name": "same"})
    waved(as_vetter, of)
    assert Stakeholder.objects.count() == 1
    wave = Wave.objects.get()
    assert "was on the list of members of the" not in as_vetter.get(wave.get_absolute_url()).text
    actions_waves.start_wave(wave, actor=wave.made_by)
    actions_waves.send_wave(wave.pk)
    token = re.search(r"[^/]+/?\Z", Message.objects.get().url)[0].strip("/")
    person = UserFactory(email="amina@example.org")
    sign_in(client, person)
    page = client.get(f"/en/stakeholders/invited/{token}/")
    assert "Claim your profile" in page.text
    client.post(f"/en/stakeholders/invited/{token}/", {"consent": "on"})
    application = Application.objects.get()
    assert (application.purpose, application.stakeholder, application.status) == ("claim", entry, "draft")


def test_a_list_goes_and_so_do_its_rows_after_a_month(as_vetter, vetter):
    of = waved(as_vetter, checked(as_vetter, GOOD))
    Import.objects.update(taken_in_at=of.taken_in_at - FORGOTTEN_AFTER)
    actions_worker.sweep()
    of.refresh_from_db()
    assert (of.rows.count(), bool(of.file), of.wave.invitations.count()) == (0, False, 1)
    other = checked(as_vetter, ("Second", "Kenya", "NGO", "b@example.org", "en"))
    as_vetter.post(f"{other.get_absolute_url()}discard/")
    assert not Import.objects.filter(pk=other.pk).exists()


# --- Who may ------------------------------------------------------------------------------------------
def test_who_vets_alone_sees_a_list(as_vetter, client, subtests):
    of = checked(as_vetter, GOOD)
    for role in [*Role, None]:
        with subtests.test(role=role):
            person = person_with(role) if role else UserFactory()
            sign_in(client, person)
            may = role in (Role.VETTING, Role.HEAD)
            for path in ("", "columns/", "errors.csv"):
                assert client.get(f"{of.get_absolute_url()}{path}").status_code == (200 if may else 404)
            assert Import.objects.visible_to(person).contains(of) == may
            assert of.rows.model.objects.visible_to(person).exists() == may
            assert client.get(f"/en/desk/vetting/imports/{of.pk}/").status_code == 404
            assert "Members of the former hub" not in client.get("/en/desk/vetting/imports/").text


# --- The whole way of 446 members ---------------------------------------------------------------------
@pytest.fixture
def whole(as_vetter):
    create_lookalikes()
    sample = made_list()
    sheet = with_life(sample)
    of = checked(as_vetter, file=SimpleUploadedFile("members.xlsx", workbook(sheet)))
    return sample, of


def test_the_dry_run_of_446_members_as_life_keeps_them(whole):
    sample, of = whole
    assert len(sample.rows) == 446
    assert of.columns == MEANT
    unlike = [
        (row.row, row.outcome, row.values.get("name"), row.problems, row.why)
        for row in of.rows.filter(outcome="refused").exclude(row__lte=40)
    ]
    assert unlike == []
    counts = {**of.counts, "new": of.counts["new"] - of.counts["undecided"]}
    assert {name: number for name, number in counts.items() if number} == sample.fates


@pytest.mark.slow
def test_446_members_come_from_a_spreadsheet_to_an_entry(whole, as_vetter, client):
    sample, of = whole
    page = of.get_absolute_url()
    decided = as_vetter.post(page, {"all_name": "same", "all_site": "another", "all_acronym": "skip"})
    assert decided.status_code == 302
    of = waved(as_vetter, of)
    wave = of.wave
    invited = sample.fates["new"] + 10 + 4
    assert wave.invitations.count() == invited
    as_vetter.post(f"{wave.get_absolute_url()}send/")
    actions_waves.send_wave(wave.pk)
    mails = Message.objects.filter(kind=KIND, subject_id__in=wave.invitations.values("pk"))
    assert mails.count() == mails.values("address").distinct().count() == invited
    progress = as_vetter.get(wave.get_absolute_url()).context["progress"]
    assert {share.state: share.percent for share in progress.shares if share.number} == {"invited": 100}
    invitation = wave.invitations.get(name=" ".join(sample.new[7].split()))
    token = mails.get(subject_id=invitation.pk).url.rstrip("/").rsplit("/", 1)[-1]
    person = UserFactory(email=invitation.address)
    sign_in(client, person)
    begun = client.post(f"/en/stakeholders/invited/{token}/", {"consent": "on"})
    assert begun.status_code == 302
    sign_in(client, of.asked_by)
    progress = client.get(wave.get_absolute_url()).context["progress"]
    assert {share.state: share.number for share in progress.shares if share.number} == {
        "invited": invited - 1,
        "begun": 1,
    }
    lines = table_of(client.get(f"{wave.get_absolute_url()}progress.csv"))
    assert len(lines) == invited + 1
    assert sum(line[5] == "Accepted, registration begun" for line in lines) == 1


def test_pages_and_dry_runs_cost_the_same_for_few_and_many(as_vetter):
    def cost(rows, do):
        with CaptureQueriesContext(connection) as statements:
            do(rows)
        return len(statements)

    def rows_of(count, start):
        return [(f"Society {n}", "Kenya", "NGO", f"a{n}@x.org", "en") for n in range(start, start + count)]

    for number in range(25):
        listed_entry(name=f"Society {number}", country_id="KEN", website="")
    checked(as_vetter, GOOD)
    few = cost(rows_of(2, 0), lambda rows: checked(as_vetter, *rows))
    many = cost(rows_of(60, 100), lambda rows: checked(as_vetter, *rows))
    assert few == many
    short_list = checked(as_vetter, *rows_of(1, 0))
    long_list = checked(as_vetter, *rows_of(25, 0))
    as_vetter.get(short_list.get_absolute_url())
    assert cost(short_list, lambda of: as_vetter.get(of.get_absolute_url())) == cost(
        long_list, lambda of: as_vetter.get(of.get_absolute_url())
    )
