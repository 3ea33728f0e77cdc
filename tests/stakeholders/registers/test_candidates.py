"""Organizations of the first content: what is listed at once, what waits, and what never comes back."""

import csv
import gzip

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from audit.models import Entry
from portal.content import load_content
from search.models import Document
from stakeholders import seed
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.merging.actions import merge
from stakeholders.registers.actions import remove_listed
from stakeholders.registers.enums import CandidateStatus, CountryBasis
from stakeholders.registers.models import Candidate, EcosocName, FurtherSource
from taxonomy.seed import BadRow
from taxonomy.terms.models import Language, Topic
from tests.factories.accounts import person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, sent_application
from tests.portal.packs import rows_of
from tests.support import markup_of, statements_of, words_of

PAGE = "/en/desk/vetting/candidates/"
ROR = "https://ror.org/01z47g681"
ROW = {
    "code": "coastal-watch",
    "name": "Coastal Watch",
    "name_latin": "",
    "acronym": "CW",
    "kind": "ngo",
    "country": "KEN",
    "city": "Mombasa",
    "website": "https://coastal.example",
    "website_basis": "source",
    "ror_id": "",
    "topics": "firearms",
    "why": "Took part in a dialogue.",
    "source_name": "A page",
    "source": "https://page.example/list",
    "source_date": "2026-11-28",
    "confidence": "high",
    "country_basis": "source",
    "note": "",
    "unsure": "",
    "description": "",
    "description_source": "",
    "description_date": "",
    "languages": "",
    "works_in": "",
    "founded": "",
    "other_names": "",
    "decide": "",
}
# What a release before this one kept of a row.
OLD_FACTS = ("kind", "name", "name_latin", "acronym", "country_id", "city", "website", "ror_id", "topics")
FURTHER = ("code", "source_name", "source", "source_date")
ECOSOC = "name,status,date,kind,now_called\nCoastal Watch,granted,2019-02-08,,\n"


@pytest.fixture
def pack(tmp_path, reference):
    """Writes the files of a pack and loads them; answers the tally."""

    def load(*rows, further=()):
        rows = [{**ROW, **row} for row in rows]
        _write(tmp_path / "organizations.csv", rows)
        _write(
            tmp_path / "organization_sources.csv",
            [dict(zip(FURTHER, cells, strict=True)) for cells in further],
        )
        (tmp_path / "ecosoc.csv.gz").write_bytes(gzip.compress(ECOSOC.encode()))
        return seed.load_directory(tmp_path)["organizations.csv"]

    return load


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]) if rows else FURTHER)
        writer.writeheader()
        writer.writerows(rows)


UNSURE = {"code": "quiet", "name": "Quiet Refuge", "country_basis": "background", "website": ""}


def test_what_a_source_says_is_listed_and_the_rest_waits(client, pack):
    tally = pack({}, UNSURE, {"code": "low", "name": "Old List", "website": "", "confidence": "low"})
    assert (tally.listed, tally.waiting) == (1, 2)
    entry = Stakeholder.objects.get()
    assert (entry.status, entry.source_name, entry.website) == (Status.LISTED, "A page", ROW["website"])
    assert [topic.pk for topic in entry.topics.all()] == ["firearms"]
    assert Document.objects.filter(object_id=entry.pk, title="Coastal Watch").exists()
    page = client.get(entry.get_absolute_url()).text
    assert "Listed from a public source, unclaimed" in page
    assert "seen on 28 November 2026" in page
    assert "Took part in a dialogue." in page
    assert "Quiet Refuge" not in client.get("/en/stakeholders/").text


def test_loading_again_changes_nothing(pack):
    pack({}, UNSURE)
    before = Stakeholder.objects.get().updated_at
    tally = pack({}, UNSURE)
    assert (tally.created, tally.updated, tally.unchanged, tally.listed) == (0, 0, 2, 0)
    assert Stakeholder.objects.get().updated_at == before
    assert Entry.objects.filter(action="stakeholders.imported").count() == 1


def test_a_website_without_a_source_is_not_published(client, pack):
    pack({"website_basis": "background"})
    assert Stakeholder.objects.get().website == ""
    assert Candidate.objects.get().unsourced_website == ROW["website"]


@pytest.mark.parametrize(
    "other",
    (
        {"name": "Other name", "website": "https://www.coastal.example/en/", "country": "UGA"},
        {"name": "COASTAL  Wátch", "website": ""},
        {"name": "Third name", "website": "", "ror_id": ROR, "country": "UGA"},
    ),
)
def test_a_duplicate_in_the_file_makes_one_entry_of_several_sources(client, pack, other):
    rows = (
        {"ror_id": ROR},
        {"code": "other", "source": "https://other.example", "source_name": "B", **other},
    )
    tally = pack(*rows)
    assert (tally.listed, tally.sources_added) == (1, 1)
    entry = Stakeholder.objects.get()
    assert [source.name for source in entry.further_sources.all()] == ["B"]
    page = client.get(entry.get_absolute_url()).text
    assert "A page" in page
    assert 'href="https://other.example"' in page
    assert pack(*rows).sources_added == 0


def test_what_a_registry_tells_apart_is_not_the_same(pack):
    assert pack({"ror_id": ROR}, {"code": "other", "ror_id": "https://ror.org/02py5p643"}).listed == 2


def test_an_entry_that_is_there_gets_a_source_and_its_registry_number(pack):
    entry = StakeholderFactory(
        name="Coastal Watch", status=Status.LISTED, source_name="Register", source_date="2026-01-01"
    )
    tally = pack({"ror_id": ROR, "website": ""})
    assert (tally.listed, tally.sources_added) == (0, 1)
    entry.refresh_from_db()
    assert (entry.ror_id, entry.source_name, entry.city) == (ROR, "Register", "")
    assert Candidate.objects.get().stakeholder == entry


def test_a_registry_number_that_a_merged_entry_has_stays_there(pack, vetter):
    listed = {"status": Status.LISTED, "source_name": "Register", "source_date": "2026-01-01"}
    gone = StakeholderFactory(name="Old watch", ror_id=ROR, **listed)
    into = StakeholderFactory(name="Watchers", **listed)
    merge(gone, into, actor=vetter, reason="The same.")
    for pk, ror_id in ((into.pk, ""), (gone.pk, ROR)):
        Stakeholder.objects.filter(pk=pk).update(ror_id=ror_id)
    assert pack({"ror_id": ROR}).listed == 0
    assert Candidate.objects.get().stakeholder == into
    into.refresh_from_db()
    assert into.ror_id == ""


def test_a_registry_number_that_an_invented_entry_has_stays_there(pack):
    StakeholderFactory(name="Demo watch", ror_id=ROR, is_demo=True)
    assert pack({"ror_id": ROR}).listed == 1
    assert Stakeholder.objects.get(name="Coastal Watch").ror_id == ""


def test_a_registry_number_that_the_file_gains_is_not_taken_from_another(pack):
    pack({})
    StakeholderFactory(name="By the desk", ror_id=ROR)
    pack({"ror_id": ROR, "city": "Nairobi"})
    entry = Stakeholder.objects.get(name="Coastal Watch")
    assert (entry.ror_id, entry.city) == ("", "Nairobi")


def test_a_registry_number_that_an_entry_got_in_this_load_leads_to_it(pack):
    rows = ({}, {"code": "two", "ror_id": ROR}, {"code": "three", "name": "3", "website": "", "ror_id": ROR})
    assert pack(*rows).listed == 1
    assert Stakeholder.objects.get().ror_id == ROR


def test_what_profiles_show_of_a_candidate_makes_kept_pages_old(pack):
    pack({}, UNSURE)
    before = DirectoryVersion.objects.current()
    pack({}, {**UNSURE, "why": "Nobody reads this."})
    assert DirectoryVersion.objects.current() == before
    pack({"why": "Took part in two dialogues."}, {**UNSURE, "why": "Nobody reads this."})
    assert DirectoryVersion.objects.current() > before


def test_a_topic_that_was_merged_leads_to_the_other(pack):
    Topic.objects.filter(pk="firearms").update(merged_into="corruption")
    pack({})
    assert [topic.pk for topic in Stakeholder.objects.get().topics.all()] == ["corruption"]


def test_an_entry_with_people_of_its_own_is_left_alone(pack):
    entry = StakeholderFactory(name="Coastal Watch")
    before = Stakeholder.objects.filter(pk=entry.pk).values().get()
    assert pack({"ror_id": ROR}).left_alone == 1
    assert Stakeholder.objects.filter(pk=entry.pk).values().get() == before
    assert not FurtherSource.objects.exists()


def test_an_invented_entry_is_nobody(pack):
    StakeholderFactory(name="Coastal Watch", is_demo=True)
    assert pack({}).listed == 1


def test_the_file_corrects_what_nobody_edited(pack):
    pack({})
    Stakeholder.objects.update(city="Kilifi")
    pack({"city": "Nairobi", "acronym": "CoW", "topics": "corruption"})
    entry = Stakeholder.objects.get()
    assert (entry.city, entry.acronym) == ("Kilifi", "CoW")
    assert [topic.pk for topic in entry.topics.all()] == ["corruption"]


def test_what_left_the_file_stays_and_says_so(client, pack):
    pack({}, UNSURE)
    pack({})
    assert Candidate.objects.get(code="quiet").is_in_file is False
    sign_in(client, person_with(Role.CURATION))
    assert "no longer in the file" in client.get(PAGE).text


def test_an_institute_of_a_state_stands_apart(client, pack):
    pack({"kind": "institute"})
    assert Stakeholder.objects.get().kind == Kind.INSTITUTE
    assert "apart from the stakeholders" in client.get(Stakeholder.objects.get().get_absolute_url()).text
    assert "Coastal Watch" not in client.get("/en/stakeholders/?kind=ngo").text
    assert "Coastal Watch" in client.get("/en/stakeholders/?kind=institute").text


@pytest.mark.parametrize(
    ("row", "column"),
    (
        ({"country": "XXX"}, "country"),
        ({"country": ""}, "country"),
        ({"topics": "nothing"}, "topics"),
        ({"website": "nowhere"}, "website"),
        ({"confidence": "sure"}, "confidence"),
        ({"source_date": "2026"}, "source_date"),
        ({"source": ""}, "source"),
        ({"source": "https://name@page.example"}, "source"),
        ({"source_name": "A" * 201}, "source_name"),
        ({"website": "https://name@coastal.example"}, "website"),
        ({"website": "nowhere", "website_basis": "background"}, "website"),
        ({"kind": "expert"}, "kind"),
    ),
)
def test_a_cell_that_cannot_be_used_is_named_and_nothing_is_saved(pack, row, column):
    with pytest.raises(BadRow, match=f"line 3, column '{column}'"):
        pack({}, {"code": "other", "name": "Other", **row})
    assert not Candidate.objects.exists()


# --- What it does, by its source ---------------------------------------------------------------------
DESCRIBED = {
    "description": "Watches the coast for smugglers.",
    "description_source": "https://www.coastal.example/about",
    "description_date": "2026-11-29",
    "languages": "en;sw",
    "works_in": "KEN;TZA",
    "founded": "1998",
    "other_names": "Walinzi wa Pwani;Coastal Watch",
}


def test_a_profile_says_first_what_it_does_and_once_by_whom(client, pack):
    pack(DESCRIBED)
    entry = Stakeholder.objects.get()
    assert set(entry.languages.values_list("pk", flat=True)) == {"en", "sw"}
    page = words_of(client.get(entry.get_absolute_url()))
    sentence = "According to its own website ( coastal.example ), seen on 29 November 2026"
    assert page.count(sentence) == 1
    assert page.index("Watches the coast") < page.index(sentence) < page.index("Founded 1998")
    assert "Walinzi wa Pwani" in page
    assert page.count("A page") == 1
    card = words_of(client.get("/en/stakeholders/"))
    assert "Watches the coast for smugglers." in card
    assert "unclaimed" not in card
    assert "Coastal Watch" in client.get("/en/stakeholders/?q=Walinzi").text


def test_another_page_than_its_own_is_named(client, pack):
    pack({**DESCRIBED, "description_source": "https://www.unodc.org/a"})
    assert "According to unodc.org , seen on" in words_of(
        client.get(Stakeholder.objects.get().get_absolute_url())
    )


def test_an_entry_of_the_release_before_gets_what_its_source_says_and_keeps_what_the_desk_wrote(client, pack):
    pack({}, {"code": "two", "name": "Two", "website": ""})
    for candidate in Candidate.objects.all():  # as the release before kept it
        old = {name: value for name, value in candidate.said.items() if name in OLD_FACTS}
        Candidate.objects.filter(pk=candidate.pk).update(said=old)
    Stakeholder.objects.filter(name="Two").update(mission="By the desk.")
    Stakeholder.objects.get(name="Two").languages.add("fr")
    pack(DESCRIBED, {**DESCRIBED, "code": "two", "name": "Two", "website": ""})
    first, second = Stakeholder.objects.order_by("name")
    assert (first.mission, first.mission_language_id) == (DESCRIBED["description"], "en")
    assert set(first.languages.values_list("pk", flat=True)) == {"en", "sw"}
    assert (second.mission, second.mission_language_id) == ("By the desk.", None)
    assert [language.pk for language in second.languages.all()] == ["fr"]
    assert "According to" not in client.get(second.get_absolute_url()).text
    tally = pack(DESCRIBED, {**DESCRIBED, "code": "two", "name": "Two", "website": ""})
    assert tally.updated == 0


def test_what_an_entry_lacks_comes_from_the_first_source_alone(pack):
    entry = StakeholderFactory(
        name="Coastal Watch", status=Status.LISTED, source_name="Register", source_date="2026-01-01"
    )
    other = {**DESCRIBED, "code": "other", "source": "https://b.example", "languages": "fr"}
    assert pack(DESCRIBED, {**other, "other_names": "Walinzi wa Pwani;Watch"}).sources_added == 2
    assert set(entry.languages.values_list("pk", flat=True)) == {"en", "sw"}
    assert set(entry.works_in.values_list("pk", flat=True)) == {"KEN", "TZA"}
    names = ["Coastal Watch", "Walinzi wa Pwani", "Watch"]
    assert sorted(entry.other_names.values_list("text", flat=True)) == names


def test_what_a_new_entry_lacks_comes_from_the_next_source(pack):
    pack({}, {**DESCRIBED, "code": "other", "source": "https://b.example"})
    entry = Stakeholder.objects.get()
    assert entry.mission == DESCRIBED["description"]
    assert set(entry.languages.values_list("pk", flat=True)) == {"en", "sw"}


def test_what_another_source_adds_is_not_corrected_by_the_first(pack):
    pack({})
    other = {**DESCRIBED, "code": "a", "source": "https://b.example"}
    pack(other, {**DESCRIBED, "languages": "en;fr"})
    assert set(Stakeholder.objects.get().languages.values_list("pk", flat=True)) == {"en", "sw"}


def test_a_row_with_a_question_waits_however_sure_it_is(pack):
    assert pack({"decide": "y", "unsure": "Is it a body of the State?"}).waiting == 1
    assert not Stakeholder.objects.exists()


def test_a_person_who_answers_the_question_adds_what_the_entry_lacks(client, pack):
    details = {**DESCRIBED, "code": "coastal-watch-details", "decide": "y", "city": "Nairobi"}
    details |= {"source_name": "B", "source": "https://b.example"}
    assert pack({"website": ""}, details).listed == 1
    entry = Stakeholder.objects.get()
    assert entry.mission == ""
    sign_in(client, person_with(Role.CURATION))
    page = client.get(address("coastal-watch-details")).text
    assert "Watches the coast for smugglers." in page
    client.post(address("coastal-watch-details"), {"act": "same", "entry": entry.pk})
    entry.refresh_from_db()
    assert (entry.mission, entry.website, entry.city) == (DESCRIBED["description"], ROW["website"], "Mombasa")
    assert [further.name for further in entry.further_sources.all()] == ["B"]
    assert [country.pk for country in entry.works_in.all()] == ["KEN", "TZA"]


@pytest.mark.parametrize(
    ("row", "column"),
    (
        ({"description": ""}, "description_source"),
        ({"description_source": ""}, "description_source"),
        ({"description_source": "nowhere"}, "description_source"),
        ({"description_date": "soon"}, "description_date"),
        ({"languages": "klingon"}, "languages"),
        ({"works_in": "001"}, "works_in"),
        ({"founded": "long ago"}, "founded"),
        ({"other_names": f"Walinzi;{'A' * 251}"}, "other_names"),
        ({"decide": "perhaps"}, "decide"),
    ),
)
def test_a_wrong_cell_of_a_description_is_named(pack, row, column):
    with pytest.raises(BadRow, match=f"line 2, column '{column}'"):
        pack({**DESCRIBED, **row})


# --- Taking out ----------------------------------------------------------------------------------------
def test_a_source_that_was_taken_out_does_not_come_back(client, pack):
    rows = ({}, {"code": "two", "name": "Two", "website": ""})
    further = (("two", "B", "https://b.example", "2026-11-27"),)
    pack(*rows, further=further)
    sign_in(client, person_with(Role.CURATION))
    page = client.get("/en/desk/vetting/listed/").text
    assert "2 unclaimed profiles" in page
    assert "Remove 1 profile" in page
    page = client.post("/en/desk/vetting/listed/", {"source": "A page"}, follow=True).text
    assert "1 profile of “A page” was removed." in page
    assert "1 profile stays, because another source names it too." in page
    entry = Stakeholder.objects.get()
    assert (entry.name, entry.source_name, entry.source_url) == ("Two", "B", "https://b.example")
    tally = pack(*rows, further=further)
    assert (tally.listed, tally.sources_added) == (0, 0)
    assert Stakeholder.objects.count() == 1
    assert not FurtherSource.objects.exists()


@pytest.mark.parametrize(
    ("name", "url", "column"), (("B", "nowhere", "source"), ("B" * 201, "https://b.example", "source_name"))
)
def test_a_further_source_that_cannot_be_used_is_named(pack, name, url, column):
    with pytest.raises(BadRow, match=f"organization_sources.csv, line 2, column '{column}'"):
        pack({}, further=(("coastal-watch", name, url, "2026-11-27"),))


def test_a_further_source_is_taken_out_of_the_entry_alone(pack):
    pack({}, further=(("coastal-watch", "B", "https://b.example", "2026-11-27"),))
    assert remove_listed(source="B", actor=None) == (0, 1)
    assert not Stakeholder.objects.get().further_sources.exists()


def test_one_click_takes_one_listing_out_for_good(client, pack):
    pack({})
    entry = Stakeholder.objects.get()
    address = f"/en/desk/vetting/stakeholders/{entry.pk}/remove/"
    assert "Remove this listing" not in client.get(entry.get_absolute_url()).text
    sign_in(client, person_with(Role.VETTING))
    assert f'action="{address}"' in client.get(entry.get_absolute_url()).text
    assert "“Coastal Watch” is no longer listed." in client.post(address, follow=True).text
    assert "This profile is no longer" in client.post(address, follow=True).text
    client.logout()
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert pack({}).listed == 0
    assert Stakeholder.objects.get().status == Status.WITHDRAWN


def test_an_entry_that_was_merged_keeps_its_sources(pack, vetter):
    remaining = StakeholderFactory(name="Watchers")
    pack({}, further=(("coastal-watch", "B", "https://b.example", "2026-11-27"),))
    merge(Stakeholder.objects.get(status=Status.LISTED), remaining, actor=vetter, reason="The same.")
    assert Candidate.objects.get().stakeholder == remaining
    assert pack({}, further=(("coastal-watch", "B", "https://b.example", "2026-11-27"),)).listed == 0


# --- The desk's pages ----------------------------------------------------------------------------------
@pytest.fixture
def desk(client, pack):
    pack(
        UNSURE,
        {
            **UNSURE,
            "code": "second",
            "name": "Second",
            "country_basis": "",
            "country": "",
            "unsure": "No seat.",
        },
    )
    sign_in(client, person_with(Role.CURATION))
    return client


def address(code, query=""):
    return f"{PAGE}{Candidate.objects.get(code=code).pk}/{query}"


def test_the_list_says_what_is_unsure_and_where_it_is_from(desk):
    page = desk.get(PAGE).text
    assert "2 organizations" in page
    assert "country: General knowledge, without a source" in page
    assert "No seat." in page
    assert 'href="https://page.example/list"' in page
    narrowed = desk.get(f"{PAGE}?country_basis=unknown&confidence=high").text
    assert "Second" in narrowed
    assert "Quiet Refuge" not in narrowed
    assert "No organization matches these filters" in desk.get(f"{PAGE}?confidence=low").text


def test_a_person_lists_one_and_is_led_to_the_next(desk):
    listing = {"act": "list", "list-country": "UGA", "list-kind": "academia", "list-website": ""}
    page = desk.post(address("quiet", "?country_basis="), listing, follow=True)
    assert page.redirect_chain == [(address("second", "?country_basis="), 302)]
    assert "“Quiet Refuge” is listed." in page.text
    entry = Stakeholder.objects.get()
    assert (entry.country_id, entry.kind, entry.status) == ("UGA", Kind.ACADEMIA, Status.LISTED)
    assert "has been listed already" in desk.post(address("quiet"), listing, follow=True).text
    assert Stakeholder.objects.count() == 1


def test_a_country_is_needed(desk):
    page = desk.post(address("second"), {"act": "list", "list-country": "", "list-kind": "ngo"})
    assert "Choose the country or area of its seat." in page.text
    assert not Stakeholder.objects.exists()


def test_a_person_leaves_one_out_and_it_stays_out(desk, pack):
    page = desk.post(address("quiet"), {"act": "leave_out"})
    assert "Choose the reason." in page.text
    page = desk.post(address("quiet"), {"act": "leave_out", "leave-reason": "other"})
    assert "Explain the reason in the note." in page.text
    page = desk.post(address("quiet"), {"act": "leave_out", "leave-reason": "harm"}, follow=True)
    assert "“Quiet Refuge” is left out." in page.text
    # Even where the file has found a source since.
    assert pack({**UNSURE, "country_basis": "source"}).listed == 0
    assert "Quiet Refuge" in desk.get(f"{PAGE}?status=left_out").text
    assert "A listing may put people at risk" in desk.get(address("quiet")).text


def test_a_person_says_which_entry_it_is(desk):
    entry = StakeholderFactory(
        name="Quiet Refuge Society", status=Status.LISTED, source_name="R", source_date="2026-01-01"
    )
    assert "Quiet Refuge Society" in desk.get(address("quiet")).text
    desk.post(address("quiet"), {"act": "same", "entry": entry.pk})
    assert Candidate.objects.get(code="quiet").stakeholder == entry
    assert [source.name for source in entry.further_sources.all()] == ["A page"]


def test_an_entry_gets_no_registry_number_that_another_has(desk, pack):
    pack({**UNSURE, "ror_id": ROR})
    StakeholderFactory(name="Refuge of the registry", ror_id=ROR)
    entry = StakeholderFactory(
        name="Quiet Refuge Society", status=Status.LISTED, source_name="R", source_date="2026-01-01"
    )
    page = desk.post(address("quiet"), {"act": "same", "entry": entry.pk}, follow=True).text
    assert "is in the directory already and was not listed again." in page
    entry.refresh_from_db()
    assert entry.ror_id == ""


LISTING = {"act": "list", "list-country": "UGA", "list-kind": "ngo", "list-website": ""}


@pytest.mark.parametrize(
    ("status", "words"),
    (
        (Status.ACTIVE, "“Quiet Refuge” is in the directory already and was not listed again.</"),
        (Status.WITHDRAWN, "was not listed again. Status: Withdrawn."),
    ),
)
def test_what_is_there_already_is_not_said_to_be_listed(desk, status, words):
    entry = StakeholderFactory(name="Quiet Refuge", status=status, country_id="UGA")
    page = markup_of(desk.post(address("quiet"), LISTING, follow=True))
    assert words in page
    assert "“Quiet Refuge” is listed." not in page
    assert Candidate.objects.get(code="quiet").stakeholder == entry


def test_a_topic_that_was_merged_since_leads_to_the_other_at_the_desk(desk):
    Topic.objects.filter(pk="firearms").update(merged_into="corruption")
    desk.post(address("quiet"), LISTING)
    assert [topic.pk for topic in Stakeholder.objects.get().topics.all()] == ["corruption"]


def test_a_language_that_was_merged_since_leads_to_the_other_at_the_desk(desk, pack):
    pack({**UNSURE, "languages": "sw"})
    Language.objects.filter(pk="sw").update(merged_into="en")
    desk.post(address("quiet"), LISTING)
    assert [language.pk for language in Stakeholder.objects.get().languages.all()] == ["en"]


def test_after_the_last_one_the_list_is_empty_and_says_so(desk):
    for code in ("quiet", "second"):
        page = desk.post(address(code), {"act": "leave_out", "leave-reason": "inactive"}, follow=True)
    assert page.redirect_chain[-1][0] == PAGE
    assert "No listings to check" in page.text
    assert Candidate.objects.filter(status=CandidateStatus.LEFT_OUT).count() == 2


def test_the_list_costs_the_same_for_more(client, pack):
    sign_in(client, person_with(Role.CURATION))
    counts = []
    for number in (1, 30):
        pack(*({**UNSURE, "code": f"c{n}", "name": f"Quiet {n}"} for n in range(number)))
        client.get(PAGE)
        counts.append(statements_of(lambda: client.get(PAGE)))
    assert counts[0] == counts[1]
    assert "page=2" in client.get(PAGE).text


# --- The ECOSOC list serves vetting --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "words"),
    (
        ("COASTAL — watch", ("On the published list as of 8 February 2019:", "consultative status granted")),
        ("Coastal Watchers", ("No match on the published list as of 8 February 2019. Similar names:",)),
        ("Harbour Light", ("No match on the published list as of 8 February 2019.",)),
    ),
)
def test_the_desk_reads_whether_a_claimed_status_is_on_the_list(client, pack, vetter, name, words):
    pack({})
    application = sent_application(name=name)
    type(application).objects.filter(pk=application.pk).update(ecosoc_status="special")
    sign_in(client, vetter)
    entry = StakeholderFactory(name=name, ecosoc_status="special")
    at_desk, profile = reverse("vetting:stakeholder", args=[entry.pk]), entry.get_absolute_url()
    for address in (f"/en/desk/vetting/{application.pk}/", at_desk):
        page = client.get(address).text
        for text in words:
            assert text in page
        assert ("Coastal Watch</bdi>:" in page) is (name != "Harbour Light")
    assert "published list" not in client.get(profile).text


def test_where_nothing_is_claimed_or_no_list_is_loaded_nothing_is_said(client, reference, vetter):
    application = sent_application(name="Coastal Watch")
    sign_in(client, vetter)
    address = f"/en/desk/vetting/{application.pk}/"
    assert "published list as of" not in client.get(address).text
    type(application).objects.filter(pk=application.pk).update(ecosoc_status="special")
    assert "published list as of" not in client.get(address).text


def test_the_list_is_for_those_who_vet(pack, vetter):
    pack({})
    assert EcosocName.objects.visible_to(vetter).count() == 1
    assert not EcosocName.objects.visible_to(person_with(Role.CURATION)).exists()


# --- What the portal begins with -----------------------------------------------------------------------
@pytest.mark.slow
def may_be_listed(row):
    sure = row["country_basis"] in CountryBasis.SOURCED and row["confidence"] in ("high", "medium")
    return sure and not row["decide"]


def test_no_copy_is_a_source_of_what_is_listed():
    copies = ("pdfslide", "docslib", "scribd", "vdocument", "dokumen.tips", "docstoc")
    for row in filter(may_be_listed, rows_of("organizations.csv")):
        for column in ("source", "description_source"):
            assert not any(copy in row[column] for copy in copies), row["code"]


def test_the_content_of_the_portal_loads_and_loads_again(reference):
    tally = load_content(["directory"])["organizations.csv"]
    listed = Stakeholder.objects.filter(status=Status.LISTED)
    rows = rows_of("organizations.csv")
    sure = {row["code"] for row in rows if may_be_listed(row)}
    assert tally.created == len(rows)
    assert tally.listed == listed.count() == len(sure) == 328
    assert tally.waiting == len(rows) - len(sure)
    sourced = {row["website"] for row in rows if row["website_basis"] in CountryBasis.SOURCED} - {""}
    websites = set(listed.exclude(website="").values_list("website", flat=True))
    assert len(websites) > 200
    assert websites <= sourced
    described = listed.exclude(mission="")
    assert described.count() == sum(row["description"] != "" for row in rows if row["code"] in sure) > 250
    assert set(Candidate.objects.waiting().values_list("code", flat=True)) == {
        row["code"] for row in rows if row["code"] not in sure
    }
    assert sorted(listed.filter(kind=Kind.INSTITUTE).values_list("acronym", flat=True)) == ["AIC", "UNICRI"]
    again = load_content(["directory"])["organizations.csv"]
    assert (again.created, again.updated, again.listed, again.sources_added) == (0, 0, 0, 0)
