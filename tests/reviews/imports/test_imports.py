"""Published lists: looked at first, applied whole or not at all, checked against the rules of the draw."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from reviews.imports.actions import apply_list, discard_list, send_list
from reviews.imports.models import ReviewImport
from reviews.imports.reading import look
from reviews.mechanism.models import DrawConstraint
from reviews.tracker.models import CountryReview, ReviewingState
from taxonomy.law.models import Participation
from taxonomy.names.models import Revision
from taxonomy.seed import load_reference
from tests.factories.accounts import person_with
from tests.factories.reviews import review_of

pytestmark = pytest.mark.usefixtures("mechanism")

GROUPS, PAIRINGS, PARTIES = "groups", "pairings", "participations"
PAIRS_HEAD = "iso3,instrument,reviewer\n"
PARTY_HEAD = "iso3,instrument,is_party,action,date\n"


def sent(kind, text, keeper, **said):
    return send_list(
        actor=keeper,
        kind=kind,
        name="list.csv",
        text=text,
        **{"source": "https://example.org/list", "source_date": "2026-11-01", **said},
    )


def texts(report):
    return [(one.line, one.text) for one in report.problems]


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
    assert [(at, says in told) for at, told in texts(report)] == [(line, True)]
    assert not report.can_apply
    with pytest.raises(DomainError):
        apply_list(sent(kind, text, keeper), actor=keeper)
    assert ReviewImport.objects.get().status == "checked"


def test_groups_show_new_changed_and_same_and_are_saved_with_their_source(keeper):
    text = "iso3,group\nKEN,2\nARM,3\nBLR,1\n"
    one = sent(GROUPS, text, keeper)
    report = look(GROUPS, text)
    assert [change.key[0] for change in report.new] == ["KEN"]
    assert [(change.before, change.after) for change in report.changed] == [("Group 1", "Group 3")]
    assert report.same == 1
    assert review_of("KEN").group_id is None  # nothing is saved by looking
    apply_list(one, actor=keeper)
    review = review_of("KEN")
    assert (review.group_id, review.source, review.edited_by_hand) == ("2", "https://example.org/list", True)
    assert review_of("BLR").source != "https://example.org/list"
    assert Revision.objects.get(kind="reviews.countryreview", code=str(review_of("ARM").pk)).changes == {
        "import": ["Group 1", "Group 3"]
    }
    one.refresh_from_db()
    assert one.counts == {"new": 1, "changed": 1, "gone": 0, "same": 1, "contradictions": 0}
    with pytest.raises(WrongState):
        apply_list(one, actor=keeper)
    with pytest.raises(DomainError, match="nothing new"):
        apply_list(sent(GROUPS, text, keeper), actor=keeper)


def test_pairings_are_checked_against_every_rule_of_the_draw():
    Participation.objects.filter(instrument="TIP", country__in=["UGA", "FRA"]).update(is_party=True)
    good = PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,FRA\n"
    assert look(PAIRINGS, good).contradictions == []
    told = [one.text for one in look(PAIRINGS, good + "UGA,TIP,KEN\n").contradictions]
    assert "Kenya and Uganda review each other." in told
    Participation.objects.filter(country="FRA", instrument="TIP").update(is_party=False, date=None)
    assert "France reviews Kenya for TIP, to which it is not a party." in [
        one.text for one in look(PAIRINGS, good).contradictions
    ]
    Participation.objects.filter(country="FRA", instrument="TIP").update(is_party=None)
    assert look(PAIRINGS, good).contradictions == []  # not known is not “not a party”
    assert "Kenya has 3 reviewing States for TIP." in [
        one.text for one in look(PAIRINGS, good + "KEN,TIP,BRA\n").contradictions
    ]
    far = PAIRS_HEAD + "KEN,TIP,DEU\nKEN,TIP,FRA\n"
    assert "not one of its own regional group" in look(PAIRINGS, far).contradictions[0].text
    many = PAIRS_HEAD + "".join(
        f"KEN,{code},{reviewer}\n"
        for code, pair in (("TIP", "UGA DEU"), ("SOM", "ETH JPN"), ("UNTOC", "GHA PER"))
        for reviewer in pair.split()
    )
    assert "Kenya has 6 reviewing States over all instruments." in [
        one.text for one in look(PAIRINGS, many).contradictions
    ]


def test_a_rule_is_the_desks_to_edit_and_to_leave_out():
    three = PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,FRA\nKEN,TIP,GHA\n"
    assert any("has 3 reviewing" in one.text for one in look(PAIRINGS, three).contradictions)
    DrawConstraint.objects.filter(pk="TWO_REVIEWERS").update(number=3)
    assert not any("has 3 reviewing" in one.text for one in look(PAIRINGS, three).contradictions)
    DrawConstraint.objects.update(in_use=False)
    assert look(PAIRINGS, PAIRS_HEAD + "KEN,TIP,DEU\n").contradictions == []


def test_contradictions_are_applied_only_knowingly_and_replace_what_stood(keeper):
    apply_list(sent(PAIRINGS, PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,FRA\n", keeper), actor=keeper, knowing=True)
    one = sent(PAIRINGS, PAIRS_HEAD + "KEN,TIP,UGA\nKEN,TIP,GHA\n", keeper)
    report = look(PAIRINGS, one.text)
    assert [change.before for change in report.gone] == ["France"]
    with pytest.raises(DomainError) as refusal:
        apply_list(one, actor=keeper)
    assert set(refusal.value.fields) == {"knowing"}
    assert set(ReviewingState.objects.values_list("reviewer", flat=True)) == {"UGA", "FRA"}
    apply_list(one, actor=keeper, knowing=True)
    assert set(ReviewingState.objects.values_list("reviewer", flat=True)) == {"UGA", "GHA"}
    assert ReviewingState.objects.filter(source="https://example.org/list").count() == 2


def test_parties_are_taken_in_and_stay_when_the_reference_is_loaded_again(keeper):
    row = Participation.objects.get(code="KEN-FA")
    text = PARTY_HEAD + "KEN,FA,y,accession,2024-05-01\nAFG,TIP,,,\n"
    apply_list(sent(PARTIES, text, keeper), actor=keeper)
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
    one = sent(GROUPS, "iso3,group\nKEN,2\n", keeper)
    for act in (apply_list, discard_list):
        with pytest.raises(PermissionDenied):
            act(one, actor=person_with(role))


# --- The pages ------------------------------------------------------------------------------------------

LIST = "/en/desk/reviews/imports/"


def upload(text, **said):
    data = text if isinstance(text, bytes) else text.encode()
    return {
        "kind": GROUPS,
        "file": SimpleUploadedFile("groups.csv", data),
        "source": "A published list",
        "source_date": "2026-11-01",
        **said,
    }


def test_a_file_is_sent_looked_at_and_applied(as_keeper):
    there = as_keeper.post(LIST, upload("iso3,group\nKEN,2\n"))
    page = as_keeper.get(there["Location"]).content.decode()
    assert "Kenya: Group 2" in page
    assert CountryReview.objects.get(country="KEN").group_id is None
    done = as_keeper.post(there["Location"], {})
    assert done.status_code == 302
    assert CountryReview.objects.get(country="KEN").group_id == "2"
    assert "New: 1." in as_keeper.get(there["Location"]).content.decode()
    assert "groups.csv" in as_keeper.get(LIST).content.decode()


def test_contradictions_are_confirmed_on_the_page_or_the_file_is_discarded(as_keeper):
    there = as_keeper.post(LIST, upload(PAIRS_HEAD + "KEN,TIP,FRA\n", kind=PAIRINGS))["Location"]
    assert "Against the known rules" in as_keeper.get(there).content.decode()
    refused = as_keeper.post(there, {})
    assert list(refused.context["form"].errors) == ["knowing"]
    assert as_keeper.post(f"{there}discard/").status_code == 302
    assert not ReviewingState.objects.exists()
    assert "Discarded" in as_keeper.get(there).content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    (
        ({"source": ""}, "source"),
        ({"source_date": "2099-01-01"}, "source_date"),
        ({"kind": ""}, "kind"),
        ({"file": SimpleUploadedFile("x.csv", b"iso3,group\nKEN\xff,1\n")}, "file"),
        ({"file": SimpleUploadedFile("x.csv", b"a" * 1_000_001)}, "file"),
        ({"file": ""}, "file"),
    ),
)
def test_what_is_wrong_with_a_file_is_told_at_its_field(as_keeper, said, field):
    page = as_keeper.post(LIST, upload("iso3,group\nKEN,2\n", **said))
    assert list(page.context["form"].errors) == [field]
    assert not ReviewImport.objects.exists()
