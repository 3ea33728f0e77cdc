"""Requests that no page of ours makes: another's things behind one's own address, fields that no form has."""

import io
import zipfile
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import model_to_dict

from accounts.people.enums import Role
from core.digests import digest_of
from stakeholders.applications.models import Application, Paper
from stakeholders.changes.actions import propose
from stakeholders.contact.models import Block
from stakeholders.entries.enums import Listing, MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.exchange.models import Offer
from stakeholders.family.models import FamilyLink
from stakeholders.invitations.models import Invitation
from tests.factories.accounts import PASSWORD, UserFactory, person_with, sign_in
from tests.factories.claims import listed_entry, sent_claim
from tests.factories.exchange import link, offer
from tests.factories.imports import workbook
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of
from workflow.changes.models import ChangeRequest

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def own():
    return StakeholderFactory(name="Own Society")


@pytest.fixture
def as_admin(client, own):
    sign_in(client, member_of(own))
    return client


def things_of(entry):
    """What another stakeholder has, by the rest of the address under /manage/."""
    member = member_of(entry, MemberRole.EDITOR)
    invitation = Invitation.objects.create(
        stakeholder=entry,
        address="new@example.org",
        role=MemberRole.ADMIN,
        language="en",
        invited_by=member,
        token_hash=digest_of("their link"),
        expires_at="2999-01-01T00:00:00Z",
    )
    blocked = Block.objects.create(stakeholder=entry, user=UserFactory())
    change = propose(
        entry,
        actor=member,
        answers={
            "name": "Theirs Renamed",
            "name_latin": "",
            "country": "KEN",
            "website": "",
            "kind": entry.kind,
        },
    )
    family_link = link(StakeholderFactory(), entry, confirmed=False)
    own_offer = offer(entry)
    return {
        f"members/{Membership.objects.get(user=member).pk}/": {"role": "admin"},
        f"invitations/{invitation.pk}/": {"withdraw": "1"},
        f"vetted/{change.pk}/withdraw/": {},
        f"offers/{own_offer.pk}/": {"text": "Taken over", "version": 0},
        f"offers/{own_offer.pk}/close/": {},
        f"family/{family_link.pk}/confirm/": {},
        f"family/{family_link.pk}/end/": {},
        f"contact/{blocked.pk}/unblock/": {},
    }


def state():
    """All that the requests below reach for."""
    models = (Membership, Invitation, ChangeRequest, Offer, FamilyLink, Block)
    return {model: sorted(model.objects.values_list(), key=str) for model in models}


def test_anothers_things_are_not_reached_through_ones_own_address(as_admin, own):
    theirs = StakeholderFactory(name="Their Society")
    aimed = things_of(theirs)
    before = state()
    for entry in (own, theirs):
        for rest, fields in aimed.items():
            url = f"/en/stakeholders/{entry.pk}/manage/{rest}"
            assert as_admin.get(url).status_code in (404, 405), url
            assert as_admin.post(url, fields).status_code == 404, url
    assert state() == before


def test_anothers_paper_is_not_removed_through_ones_own_application(client):
    mine, theirs = full_draft(), full_draft(name="Their Society")
    sign_in(client, mine.applicant)
    paper = Paper.objects.get(application=theirs)
    url = f"/en/stakeholders/applications/{mine.pk}/papers/{paper.pk}/remove/"
    assert client.post(url).status_code == 404
    assert Paper.objects.filter(pk=paper.pk).exists()


@pytest.mark.parametrize("listing", (Listing.MEMBERS, Listing.COUNTRY, Listing.UNLISTED))
def test_the_number_of_a_hidden_entry_in_a_form_is_no_choice(client, listing):
    """As parent of an application, as what a draft is filled in from, as a twin that is told apart."""
    hidden = listed_entry(listing=listing, kind="academia", name="Hidden University")
    draft = full_draft(kind="academia", name="Hidden University")
    sign_in(client, draft.applicant)
    base = f"/en/stakeholders/applications/{draft.pk}/"
    fields = {
        "q": "Hidden",
        "other": hidden.pk,
        "entry": hidden.pk,
        "shown": hidden.pk,
        "why": "Another.",
        "version": 1,
    }
    assert client.post(f"{base}parent/choose/", fields).status_code == 200
    assert client.post(f"{base}find/", fields).status_code == 404
    client.post(f"/en/stakeholders/claims/{draft.pk}/another/", fields)
    assert not FamilyLink.objects.exists()
    stored = Application.objects.get(pk=draft.pk)
    assert (stored.told_apart, stored.stakeholder, stored.city) == ([], None, "Mombasa")


@pytest.mark.parametrize("listing", (Listing.COUNTRY, Listing.UNLISTED))
def test_nobody_asks_a_hidden_entry_to_be_their_parent(as_admin, own, listing):
    hidden = StakeholderFactory(name="Hidden Society", listing=listing)
    url = f"/en/stakeholders/{own.pk}/manage/family/"
    for other in (hidden.pk, 999_999):
        answer = as_admin.post(url, {"q": "Hidden", "other": other, "end": "parent"})
        assert (answer.status_code, "Hidden Society" in answer.text) == (200, False)
    assert not FamilyLink.objects.exists()


# What no form of an entry's people has.
FORBIDDEN = {
    "status": "active",
    "approved_at": "2020-01-01",
    "confirmed_at": "2020-01-01",
    "merged_into": "1",
    "slug": "x",
    "ror_id": "https://ror.org/012345678",
    "source_name": "Ours",
    "is_demo": "on",
    "created_at": "2020-01-01",
    "ecosoc_verified": "1",
    "stakeholder": "1",
    "applicant": "1",
    "purpose": "claim",
    "submitted_at": "2020-01-01",
    "decided_at": "2020-01-01",
    "due_at": "2020-01-01",
    "told_apart": "1",
    "snapshot": "{}",
    "user": "1",
}


def test_an_entry_takes_from_its_people_only_what_the_forms_ask(as_admin, own):
    before = model_to_dict(own)
    fresh = Stakeholder.objects.get(pk=own.pk)
    base = f"/en/stakeholders/{own.pk}/manage/"
    fields = {
        "version": fresh.updated_at.isoformat(),
        "name": "Taken over",
        "kind": "private",
        "country": "FRA",
        "website": "https://elsewhere.example",
        "acronym": "OS",
        "city": "Mombasa",
        "mission": "",
        "topics": [],
        "listing": "public",
        **FORBIDDEN,
    }
    for page in ("entry/", "entry/names/", "entry/how/", "entry/reach/", "entry/standing/", "entry/led/"):
        as_admin.post(f"{base}{page}", fields)
    after = model_to_dict(Stakeholder.objects.get(pk=own.pk))
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"acronym", "city"}
    fixed_columns = ("status", "slug", "is_demo", "merged_into_id", "created_at", "approved_at")
    assert Stakeholder.objects.values_list(*fixed_columns).get(pk=own.pk) == tuple(
        getattr(fresh, column) for column in fixed_columns
    )


def test_an_application_takes_from_its_applicant_only_what_the_forms_ask(client):
    draft = full_draft()
    sign_in(client, draft.applicant)
    for step in ("who", "what", "seen", "papers"):
        version = Application.objects.get(pk=draft.pk).version
        client.post(
            f"/en/stakeholders/applications/{draft.pk}/{step}/",
            {"version": version, **FORBIDDEN, "status": "approved"},
        )
    stored = Application.objects.get(pk=draft.pk)
    facts = (
        stored.status,
        stored.applicant,
        stored.stakeholder,
        stored.purpose,
        stored.submitted_at,
        stored.told_apart,
    )
    assert facts == ("draft", draft.applicant, None, "new", None, [])


# --- Files ------------------------------------------------------------------------------------------------
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    "content", (SVG, HTML, b"MZ\x90\x00", b"PK\x03\x04zip"), ids=("svg", "html", "exe", "zip")
)
@pytest.mark.parametrize("door", ("claim", "draft", "note"))
def test_no_door_takes_what_a_browser_would_run(client, door, content):
    file = SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")
    if door == "claim":
        claim = sent_claim(listed_entry())
        sign_in(client, claim.applicant)
        url, fields = f"/en/stakeholders/claims/{claim.pk}/", {"upload": "1", "paper": file}
    elif door == "draft":
        draft = full_draft(paper=False)
        sign_in(client, draft.applicant)
        url, fields = (
            f"/en/stakeholders/applications/{draft.pk}/papers/",
            {"version": draft.version, "papers": file},
        )
    else:
        sign_in(client, person_with(Role.HEAD))
        url = "/en/desk/vetting/states/"
        fields = {
            "country": "KEN",
            "address": "envoy@mission.example",
            "language": "en",
            "note_reference": "NV 1",
            "note_date": "2026-10-01",
            "scan": file,
        }
    count = Paper.objects.count()
    answer = client.post(url, fields)
    assert (answer.status_code, Paper.objects.count()) == (200, count)
    assert "Accepted types: PDF" in answer.text


def test_a_name_of_a_file_ends_no_header(client):
    draft = full_draft()
    sign_in(client, draft.applicant)
    Paper.objects.update(name='a"; filename="run.html\r\nSet-Cookie: stolen=1\r\n\r\n<script>')
    paper = Paper.objects.get(application=draft)
    for answer in (client.get(f"/files/paper/{paper.pk}/{how}") for how in ("", "?download")):
        assert answer.status_code == 200
        assert "stolen" not in answer.cookies
        assert not {"\r", "\n"} & set(answer["Content-Disposition"])
        assert ".pdf" in answer["Content-Disposition"]
        answer.getvalue()


def _bomb(document: str) -> bytes:
    """A workbook whose sheet is this XML."""
    into = io.BytesIO()
    sound = zipfile.ZipFile(io.BytesIO(workbook([["name"], ["One"]])))
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sound.namelist():
            archive.writestr(part, document if part == "xl/worksheets/sheet1.xml" else sound.read(part))
    return into.getvalue()


LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY l0 "ha">{
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 40}">' for n in range(1, 10))
}]><z>&l9;</z>"""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><z>&a;</z>'


@pytest.mark.parametrize("document", (LAUGHS, OUTSIDE), ids=("expanding", "outside"))
@pytest.mark.parametrize("door", ("imports", "invitations/list", "screening"))
def test_no_document_expands_or_fetches_what_it_names(client, door, document):
    sign_in(client, person_with(Role.HEAD))
    content = document.encode() if door == "screening" else _bomb(document)
    file = SimpleUploadedFile("list.xlsx", content)
    fields = {"file": file, "source": "A list", "day": "2026-01-01", "name": "A list", "origin": "new"}
    answer = client.post(f"/en/desk/vetting/{door}/", fields)
    assert answer.status_code == 200
    assert "root:" not in answer.text


@pytest.mark.parametrize("door", ("imports", "invitations/list"))
def test_a_small_archive_that_unpacks_to_much_is_not_unpacked(client, door):
    sign_in(client, person_with(Role.HEAD))
    content = _bomb("<worksheet>" + " " * 400_000_000 + "</worksheet>")
    assert len(content) < 2_000_000
    fields = {
        "file": SimpleUploadedFile("list.xlsx", content),
        "source": "A list",
        "day": "2026-01-01",
        "name": "A list",
    }
    answer = client.post(f"/en/desk/vetting/{door}/", fields)
    assert (answer.status_code, "too large" in answer.text) == (200, True)


HERE = "http://testserver/en/"


# --- Ways out of the portal ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "target",
    (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "%2F%2Fevil.example",
    ),
)
@pytest.mark.parametrize(
    "page",
    (
        "accounts/login/",
        "accounts/consent/",
        "accounts/logout/",
        "accounts/signup/",
        "admin/login/",
        "accounts/2fa/reauthenticate/",
        "accounts/reauthenticate/",
    ),
)
def test_no_page_leads_to_another_site(client, page, target):
    person = UserFactory()
    fields = {
        "next": target,
        "email": person.email,
        "login": person.email,
        "password": PASSWORD,
        "terms": "on",
        "privacy": "on",
    }
    for signed_in in (False, True):
        if signed_in:
            sign_in(client, person)
        form_page = client.get(f"/en/{page}", {"next": target})
        assert f'href="{target}"' not in form_page.text
        for answer in (form_page, client.post(f"/en/{page}", fields)):
            to = answer.headers.get("Location", "").replace("\\", "/")  # as browsers read it
            assert urlsplit(urljoin(HERE, to)).netloc == "testserver"
