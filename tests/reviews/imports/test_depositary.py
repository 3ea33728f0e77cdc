"""The depositary's XML: its marks, brackets and notes; a dry run, and undoing what was applied."""

import io
from datetime import date

import pytest

from core.errors import DomainError, WrongState
from reviews.imports.actions import apply_list, send_list, take_fetched, undo_list
from reviews.imports.depositary import ADDRESS, treaty_as_csv
from reviews.imports.forms import ImportForm
from reviews.imports.models import ReviewImport
from reviews.imports.reading import look, text_of
from reviews.mechanism.enums import ImportKind
from taxonomy.hooks import sources
from taxonomy.law.models import Participation
from tests.factories.accounts import sign_in

pytestmark = pytest.mark.usefixtures("mechanism")

ROWS = (
    ("C\xf4te d'Ivoire", "15 Dec 2000", "25 Oct 2012"),
    ("Kenya", "", "16 Jun 2004 a"),
    (
        "Netherlands (Kingdom of the)&lt;superscript&gt;1,2&lt;/superscript&gt;",
        "12 Dec 2000",
        "27 Jul 2005 A",
    ),
    ("Denmark&lt;superscript&gt;1&lt;/superscript&gt;", "12 Dec 2000", " 4 Feb 2015 AA"),
    ("Montenegro", "", "23 Oct 2006 d"),
    ("Uganda", "12 Dec 2000", ""),
    ("France", "[12 Dec 2000 ]", "[29 Oct 2002 ]"),
    ("European Union", "12 Dec 2000", "6 Sep 2006 AA"),
    ("Brazil", "12 d\xe9c 2000", "29 janv 2004 P"),
)


def treaty(
    rows=ROWS, *, letter="a", signatories=6, parties=7, third="Approval(AA), Accession(a), Ratification"
):
    table = "".join(f"<Row>{''.join(f'<Entry>{cell}</Entry>' for cell in row)}</Row>" for row in rows)
    return f"""<?xml version="1.0" encoding="iso-8859-1"?>
<Document><Treaty><Header><Chapter><Header>CHAPTER XVIII</Header></Chapter><ExternalData>
<Numsect>12</Numsect><Subnumsect>{letter}</Subnumsect>
<Status><Signatories>{signatories}</Signatories><Parties>{parties}</Parties></Status></ExternalData></Header>
<Participants><Table><TGroup cols="3"><Thead><Row><Entry colname="1">Participant</Entry>
<Entry colname="2">Signature</Entry><Entry colname="3">{third}</Entry></Row></Thead>
<Tbody><Rows>{table}</Rows></Tbody></TGroup></Table></Participants>
<Declarations><Declaration><text>\x1cHere\x1d</text></Declaration></Declarations>
<EndNotes><Note><index>1</index>
<text>With a &lt;i&gt;territorial&lt;/i&gt; exclusion.</text></Note></EndNotes>
</Treaty></Document>""".encode("latin-1")


def test_each_mark_bracket_and_note_is_understood():
    report = look(ImportKind.PARTICIPATIONS, treaty_as_csv(treaty()))
    assert report.problems == []
    parties = {change.key[0]: change.value for change in (*report.new, *report.changed)}
    expected = {
        "CIV": (True, "ratification", date(2012, 10, 25), date(2000, 12, 15)),
        "KEN": (True, "accession", date(2004, 6, 16), None),
        "NLD": (True, "acceptance", date(2005, 7, 27), date(2000, 12, 12)),
        "DNK": (True, "approval", date(2015, 2, 4), date(2000, 12, 12)),
        "MNE": (True, "succession", date(2006, 10, 23), None),
        "UGA": (False, "", None, date(2000, 12, 12)),
        "FRA": (False, "", None, None),
    }
    Participation.objects.all().delete()
    report = look(ImportKind.PARTICIPATIONS, treaty_as_csv(treaty()))
    parties = {change.key[0]: change.value for change in report.new}
    assert {iso3: party[:4] for iso3, party in parties.items()} == expected
    assert parties["DNK"].note == "With a territorial exclusion."
    assert parties["KEN"].note == ""
    assert report.unread == ["European Union", "Brazil: 29 janv 2004 P"]


@pytest.mark.parametrize(
    ("content", "says"),
    (
        (b"<html>The site is under urgent maintenance and is currently unavailable</html>", "not the XML"),
        (b"<?xml version='1.0'?><Document>", "cannot be read as XML"),
        (treaty(letter="z"), "another treaty"),
        (treaty(parties=9), "Parties: 9"),
        (treaty(signatories=1), "Signatories: 1"),
        (treaty(third="Other"), "was not found"),
        (treaty([("Kenya", "")]), "another number of cells"),
        (treaty([]), "was not found"),
    ),
)
def test_what_is_not_such_a_file_is_refused(content, says):
    with pytest.raises(DomainError, match=says):
        treaty_as_csv(content)


def test_a_page_that_the_site_sends_in_place_of_the_file_is_named(keeper):
    page = b"<!DOCTYPE html>\n<html>The site is under urgent maintenance, and iso3 is not in it</html>"
    with pytest.raises(DomainError, match="not the XML of the depositary"):
        take_fetched(io.BytesIO(page), ADDRESS.format(""), keeper, None)


def test_entities_are_not_followed():
    bad = (
        treaty()
        .replace(b"<Document>", b"<!DOCTYPE Document [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Document>", 1)
        .replace(b"Kenya", b"&x;Kenya", 1)
    )
    assert "root:" not in treaty_as_csv(bad)


def test_a_fetched_file_waits_is_applied_and_undone(client, keeper):
    before = {row.pk: row for row in Participation.objects.all()}
    sent = ReviewImport.objects.get(pk=take_fetched(io.BytesIO(treaty()), ADDRESS.format("-a"), keeper, None))
    assert {row.pk: row.date for row in Participation.objects.all()} == {
        pk: r.date for pk, r in before.items()
    }
    sign_in(client, keeper)
    page = client.get(sent.get_absolute_url()).text
    assert "Brazil: 29 janv 2004 P" in page
    apply_list(sent, actor=keeper)
    denmark = Participation.objects.get(country="DNK", instrument="TIP")
    assert (denmark.date, denmark.note) == (date(2015, 2, 4), "With a territorial exclusion.")
    assert denmark.source == ADDRESS.format("-a")
    Participation.objects.filter(pk=denmark.pk).update(note="By the desk.")
    assert "Undo the import" in client.get(sent.get_absolute_url()).text
    page = client.post(f"{sent.get_absolute_url()}undo/", follow=True).text
    assert "Changed since, and left alone: 1." in page
    now_is = {row.pk: row for row in Participation.objects.exclude(pk=denmark.pk)}
    columns = ("is_party", "action", "date", "signed_on", "source", "source_date", "note", "edited_by_hand")
    for pk, row in now_is.items():
        assert [getattr(row, name) for name in columns] == [getattr(before[pk], name) for name in columns]
    assert len(now_is) == len(before) - 1
    denmark.refresh_from_db()
    assert (denmark.date, denmark.note) == (date(2015, 2, 4), "By the desk.")
    sent.refresh_from_db()
    assert sent.status == "checked"
    with pytest.raises(WrongState):
        undo_list(sent, actor=keeper)


def test_a_list_without_the_further_columns_leaves_what_they_say(keeper):
    Participation.objects.filter(country="KEN", instrument="TIP").delete()
    Participation.objects.create(
        code="KEN-TIP", country_id="KEN", instrument_id="TIP", is_party=None, signed_on=date(2000, 1, 2)
    )
    text = "iso3,instrument,is_party,action,date\nKEN,TIP,y,accession,2004-06-16\n"
    sent = send_list(
        actor=keeper, kind="participations", name="a.csv", text=text, source="x", source_date=date(2026, 1, 1)
    )
    apply_list(sent, actor=keeper)
    assert Participation.objects.get(pk="KEN-TIP").signed_on == date(2000, 1, 2)


def test_a_file_that_a_person_sends_may_be_the_xml():
    assert text_of(io.BytesIO(treaty())).startswith("iso3,instrument,is_party")
    assert ".xml" in str(ImportForm()["file"])


def test_each_instrument_has_its_address_preset():
    addresses = [
        source.fetching.address for code, source in sources.items() if code.startswith("participations")
    ]
    assert [address.rsplit("/")[-1] for address in addresses] == [
        "XVIII-12.en.xml",
        "XVIII-12-a.en.xml",
        "XVIII-12-b.en.xml",
        "XVIII-12-c.en.xml",
    ]


def test_the_address_stands_in_the_form_until_one_is_set(client, keeper):
    sign_in(client, keeper)
    assert f'value="{ADDRESS.format("-c")}"' in client.get("/en/desk/sources/participations-fa/").text
