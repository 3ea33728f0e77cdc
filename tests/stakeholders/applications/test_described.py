"""What a registration says in full, how an entry changes it, and who reads which part of it."""

import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.people.enums import Role
from audit.models import Entry
from search.models import Document
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.models import Application, Contact, Officer, OtherName
from stakeholders.applications.queries import value_of
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.enums import ContactAudience, Kind, Listing
from stakeholders.screening.queries import names_of
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.described import ContactFactory, OfficeFactory, OfficerFactory, OtherNameFactory
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of
from tests.stakeholders.pages import applicant_page
from tests.support import assert_no_growth, markup_of

FULL = {
    "other_names": [
        {"text": "Walinzi wa Pwani", "language": "sw"},
        {"text": "حراس الساحل", "language": "ar"},
    ],
    "former_names": [{"text": "Mombasa Harbour Friends", "language": "en"}],
    "engagement_areas": [],
    "works_in": ["KEN", "TZA"],
    "languages": ["en", "sw"],
    "articles": ["UNTOC-2"],
    "offices": [{"country": "UGA", "city": "Kampala"}],
    "contacts": [
        {"kind": "email", "value": "info@coastalwatch.example", "audience": "public"},
        {"kind": "phone", "value": "+254 700 000 000", "audience": "desk"},
    ],
    "descriptors": ["grassroots", "victim_led"],
    "ecosoc_status": "special",
    "cop_observer": "yes",
    "references": "Our yearly report.",
    "officers": [{"name": "Juma Omari", "position": "Chair"}],
}


def said_by(owner):
    return {field: value_of(owner, field) for field in FULL}


@pytest.fixture
def draft(applicant):
    return full_draft(applicant)


# --- Registration ------------------------------------------------------------------------------------------
def test_everything_that_was_said_is_kept_judged_and_carried_to_the_entry(draft, applicant, vetter):
    draft = applications_actions.save_answers(draft, actor=applicant, version=draft.version, answers=FULL)
    assert said_by(draft) == FULL
    sent = submission_actions.submit(draft, actor=applicant)
    assert {field: sent.snapshot[field] for field in FULL} == FULL
    entry = vetting_actions.approve(sent, actor=vetter, unscreened_reason="No list here.")
    assert said_by(entry) == FULL
    assert said_by(Application.objects.get()) == FULL, "what was judged stays with the application"


@pytest.mark.behaviour("D-01")
def test_an_expert_is_asked_only_what_fits_a_person(as_applicant, applicant):
    draft = full_draft(applicant, kind=Kind.EXPERT)
    field_names = set()
    for step in ("who", "what", "how", "reach", "standing", "seen"):
        text = as_applicant.get(applicant_page(draft, step)).text
        field_names |= {
            name.split("-")[0] for name in re.findall(r'name="([a-z_]+)[-"]', text.split("<main", 1)[1])
        }
    assert not field_names & {
        "acronym",
        "papers",
        "no_paper_reason",
        "offices",
        "officers",
        "descriptors",
        "ecosoc_status",
        "cop_observer",
    }
    assert {"other_names", "former_names", "contacts", "languages", "works_in", "references"} <= field_names
    assert as_applicant.get(applicant_page(draft, "papers")).status_code == 404


def test_a_kind_changed_on_the_way_takes_back_what_it_is_not_asked(draft, applicant):
    draft = applications_actions.save_answers(draft, actor=applicant, version=draft.version, answers=FULL)
    draft = applications_actions.begin(actor=applicant, kind=Kind.EXPERT)
    sent = submission_actions.submit(draft, actor=applicant)
    taken_back = ("offices", "officers", "descriptors", "ecosoc_status")
    assert {field: value_of(sent, field) for field in taken_back} == {
        "offices": [],
        "officers": [],
        "descriptors": [],
        "ecosoc_status": "",
    }


def names(**extra):
    return {"name": "Coastal Watch", "country": "KEN", "former_names-rows": 0, **extra}


def test_add_another_keeps_all_that_was_typed_and_saves_nothing(as_applicant, draft):
    typed = names(
        version=draft.version,
        acronym="Typed",
        more="other_names",
        **{"other_names-rows": 1, "other_names-0-text": "Walinzi", "other_names-0-language": "sw"},
    )
    text = as_applicant.post(applicant_page(draft, "who"), typed).text
    assert 'value="Typed"' in text
    assert 'value="Walinzi"' in text
    assert '<option value="sw" selected>' in text
    assert '<input type="hidden" name="other_names-rows" value="2">' in text
    assert 'name="other_names-1-text"' in text
    assert "error-summary" not in text
    draft.refresh_from_db()
    assert (draft.acronym, OtherName.objects.count()) == ("CW", 0)


def test_remove_takes_out_that_row_alone(as_applicant, draft):
    typed = names(
        version=draft.version,
        less="other_names-0",
        **{"other_names-rows": 2, "other_names-0-text": "First", "other_names-1-text": "Second"},
    )
    text = as_applicant.post(applicant_page(draft, "who"), typed).text
    assert 'value="Second"' in text
    assert 'value="First"' not in text
    assert '<input type="hidden" name="other_names-rows" value="1">' in text


def test_rows_are_saved_with_the_step_and_empty_ones_left_out(as_applicant, draft):
    fields = {
        "version": draft.version,
        "offices-rows": 2,
        "offices-0-country": "UGA",
        "offices-0-city": "Kampala",
        "contacts-rows": 3,
        "contacts-0-kind": "email",
        "contacts-0-value": "",
        "contacts-0-audience": "public",
        "contacts-1-kind": "web",
        "contacts-1-value": "coastalwatch.example",
        "contacts-1-audience": "members",
    }
    response = as_applicant.post(applicant_page(draft, "reach"), fields)
    assert response.status_code == 302
    assert value_of(draft, "offices") == [{"country": "UGA", "city": "Kampala"}]
    assert value_of(draft, "contacts") == [
        {"kind": "web", "value": "https://coastalwatch.example", "audience": "members"}
    ]
    assert 'value="Kampala"' in as_applicant.get(applicant_page(draft, "reach")).text


@pytest.mark.parametrize(
    ("kind", "value"),
    (("email", "not an address"), ("web", "http://"), ("web", "javascript://alert(1)"), ("phone", "call me")),
)
def test_a_wrong_contact_is_said_at_its_row_and_keeps_what_was_typed(as_applicant, draft, kind, value):
    fields = {
        "version": draft.version,
        "offices-rows": 0,
        "contacts-rows": 1,
        "contacts-0-kind": kind,
        "contacts-0-value": value,
        "contacts-0-audience": "members",
    }
    text = as_applicant.post(applicant_page(draft, "reach"), fields).text
    assert "Contact 1: " in text
    assert f'value="{value}"' in text
    assert '<option value="members" selected>' in text
    assert Contact.objects.count() == 0


@pytest.mark.behaviour("D-18")
def test_a_contact_is_for_the_desk_alone_unless_somebody_chose_more(as_applicant, draft):
    assert Contact._meta.get_field("audience").default == "desk"
    text = as_applicant.get(applicant_page(draft, "reach")).text
    assert '<option value="desk" selected>' in text.split('name="contacts-0-audience"', 1)[1]


@pytest.mark.parametrize("count", ("x", "-1", "99999999", "²", ""))
def test_a_forged_number_of_rows_does_no_harm(as_applicant, draft, count):
    fields = {"version": draft.version, "offices-rows": 0, "contacts-rows": count}
    assert as_applicant.post(applicant_page(draft, "reach"), fields).status_code == 302
    assert Contact.objects.count() == 0


@pytest.mark.behaviour("D-04")
def test_the_desk_sees_all_that_was_sent_on_one_page(as_vetter, draft, applicant):
    draft = applications_actions.save_answers(draft, actor=applicant, version=draft.version, answers=FULL)
    sent = submission_actions.submit(draft, actor=applicant)
    text = as_vetter.get(f"/en/desk/vetting/{sent.pk}/").text
    for shown in (
        '<bdi lang="sw">Walinzi wa Pwani</bdi>',
        "Mombasa Harbour Friends",
        "Kampala",
        "+254 700 000 000",
        "Juma Omari",
        "Our yearly report.",
        "Grassroots",
    ):
        assert shown in text, shown


@pytest.mark.behaviour("D-05")
def test_the_desk_asks_about_a_new_answer_and_only_that_opens(as_applicant, application, vetter):
    vetting_actions.return_for_information(
        application,
        actor=vetter,
        requests={"officers": "Who is your treasurer?", "contacts": "A telephone, please."},
    )
    application.refresh_from_db()
    page = as_applicant.get(applicant_page(application, "answer")).text.split('id="main"', 1)[1]
    form = page.split('<form method="post"', 1)[1]
    assert "Who is your treasurer?" in form
    field_names = {
        name.split("-")[0] for name in re.findall(r'name="([a-z_]+)[-"]', form.split("</form>")[0])
    }
    assert field_names == {"csrfmiddlewaretoken", "version", "officers", "contacts", "more", "less"}
    as_applicant.post(
        applicant_page(application, "answer"),
        {
            "version": application.version,
            "contacts-rows": 0,
            "officers-rows": 1,
            "officers-0-name": "Asha Ali",
            "officers-0-position": "Treasurer",
        },
    )
    application.refresh_from_db()
    assert application.status == "in_review"
    assert application.snapshot["officers"] == [{"name": "Asha Ali", "position": "Treasurer"}]


@pytest.mark.parametrize("factory", (OtherNameFactory, OfficeFactory, ContactFactory, OfficerFactory))
def test_a_row_belongs_to_exactly_one(application, factory):
    with transaction.atomic(), pytest.raises(IntegrityError):
        factory(application=application, stakeholder=StakeholderFactory())
    with transaction.atomic(), pytest.raises(IntegrityError):
        factory(application=None, stakeholder=None)


# --- Screening ---------------------------------------------------------------------------------------------
def test_other_and_former_names_and_officers_are_screened(draft, applicant, vetter):
    draft = applications_actions.save_answers(draft, actor=applicant, version=draft.version, answers=FULL)
    expected = {
        ("other", "Walinzi wa Pwani"),
        ("other", "حراس الساحل"),
        ("former", "Mombasa Harbour Friends"),
        ("officer", "Juma Omari"),
        ("name", "Coastal Watch"),
    }
    assert {
        (str(screened_name.which), screened_name.text)
        for screened_name in names_of("application", [draft.pk])
    } == expected
    entry = vetting_actions.approve(
        submission_actions.submit(draft, actor=applicant), actor=vetter, unscreened_reason="No list here."
    )
    assert {
        (str(screened_name.which), screened_name.text)
        for screened_name in names_of("stakeholder", [entry.pk])
    } == expected


# --- Editing -----------------------------------------------------------------------------------------------
@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Coastal Watch")


PARTS = ("names", "how", "reach", "standing", "led")


def part(entry, name):
    return reverse("stakeholders:edit_part", args=[entry.pk, name])


def test_the_pages_of_an_entry_are_for_those_who_look_after_it(client, entry, subtests):
    OfficerFactory(stakeholder=entry, name="Juma Omari")
    for person, status in (
        *((member_of(entry, role), 200) for role in ("admin", "editor")),
        (member_of(entry, "reader"), 404),
        (member_of(StakeholderFactory()), 404),
        (person_with(Role.VETTING), 404),
    ):
        sign_in(client, person)
        for name in PARTS:
            with subtests.test(person=person, name=name):
                response = client.get(part(entry, name))
                assert response.status_code == status
                assert ("Juma Omari" in response.text) is (status == 200 and name == "led")
        assert client.get(part(entry, "nothing")).status_code == 404


def test_contacts_change_at_once_and_two_windows_notice(client, entry):
    sign_in(client, member_of(entry))
    fields = {
        "version": entry.updated_at.isoformat(),
        "offices-rows": 0,
        "contacts-rows": 1,
        "contacts-0-kind": "email",
        "contacts-0-value": "a@b.example",
        "contacts-0-audience": "public",
    }
    assert client.post(part(entry, "reach"), fields).status_code == 302
    assert "a@b.example" in client.get(entry.get_absolute_url()).text
    late = client.post(part(entry, "reach"), {**fields, "contacts-0-value": "late@b.example"}).text
    assert "Another person has changed the" in late
    assert 'value="late@b.example"' in late
    assert [contact.value for contact in Contact.objects.all()] == ["a@b.example"]


@pytest.mark.behaviour("D-10")
def test_new_officers_are_told_to_the_desk_alone_and_compared(client, entry, monkeypatch):
    compared = []
    monkeypatch.setattr(changes_actions, "screen_stakeholders", compared.append)
    admin = member_of(entry)
    sign_in(client, admin)
    client.post(
        part(entry, "led"),
        {"version": entry.updated_at.isoformat(), "officers-rows": 1, "officers-0-name": "Asha Ali"},
    )
    assert [officer.name for officer in Officer.objects.filter(stakeholder=entry)] == ["Asha Ali"]
    assert compared == [[entry.pk]]
    log_entry = Entry.objects.filter(action="stakeholders.officers_changed").get()
    assert "Asha" not in json.dumps(log_entry.data)
    assert not Entry.objects.filter(action="stakeholders.edited").exists()
    assert "changed the officers" not in client.get(reverse("stakeholders:manage", args=[entry.pk])).text


def test_saving_the_same_writes_nothing(entry):
    OfficerFactory(stakeholder=entry, name="Juma Omari", position="Chair")
    before = entry.updated_at
    changes_actions.edit(
        entry,
        actor=member_of(entry),
        version=before,
        answers={"officers": [{"name": "Juma Omari", "position": "Chair"}]},
    )
    entry.refresh_from_db()
    assert entry.updated_at == before


# --- Who reads which contact: page, JSON-LD, export, index ------------------------------------------------
WHO = ("visitor", "person", "state", "member", "regional", "regional_elsewhere", "own", "desk")
READERS = {
    "public": set(WHO),
    "members_states": {"state", "member", "regional", "own", "desk"},
    "members": {"member", "regional", "own", "desk"},
    "regional": {"regional", "own", "desk"},
    "desk": {"own", "desk"},
}


def person_of(who, entry):
    return {
        "visitor": lambda: None,
        "person": UserFactory,
        "state": lambda: person_with(Role.STATE),
        "member": lambda: member_of(StakeholderFactory()),
        "regional": lambda: person_with(Role.REGIONAL, country="KEN"),
        "regional_elsewhere": lambda: person_with(Role.REGIONAL, country="AUT"),
        "own": lambda: member_of(entry, "reader"),
        "desk": lambda: person_with(Role.VETTING),
    }[who]()


@pytest.mark.slow
@pytest.mark.behaviour("D-18")
def test_a_contact_is_read_by_its_audience_alone(client, entry, subtests):
    secrets = {audience: f"{audience}@secret.example" for audience in ContactAudience.values}
    for audience, secret in secrets.items():
        ContactFactory(stakeholder=entry, value=secret, audience=audience)
    OfficerFactory(stakeholder=entry, name="Juma Omari")
    for who in WHO:
        if person := person_of(who, entry):
            sign_in(client, person)
        response = client.get(entry.get_absolute_url())
        assert "Juma Omari" not in response.text
        answer = client.get(f"/api/v1/stakeholders/{entry.pk}/").text
        assert "Juma Omari" not in answer
        page, data = without_data(response.text)
        for audience, secret in secrets.items():
            with subtests.test(who=who, audience=audience):
                assert (secret in page) is (who in READERS[audience])
                assert (secret in data) is (audience == "public")
                assert (secret in answer) is (who in READERS[audience])


def without_data(text):
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return text.replace(match[0], ""), match[1]


@pytest.mark.behaviour("D-18")
@pytest.mark.parametrize("audience", ContactAudience.values)
def test_no_export_and_no_index_carries_what_is_not_public(client, entry, audience):
    from stakeholders.directory.queries import DirectoryQuery
    from stakeholders.exports.queries import lines

    secret = f"{audience}@secret.example"
    ContactFactory(stakeholder=entry, value=secret, audience=audience)
    OfficerFactory(stakeholder=entry, name="Juma Omari")
    changes_actions.edit(
        entry, actor=member_of(entry), version=entry.updated_at, answers={"references": "Our yearly report."}
    )
    rows = str(list(lines(person_with(Role.VETTING), DirectoryQuery())))
    assert (secret in rows) is (audience == "public")
    assert "Juma Omari" not in rows
    indexed = str(list(Document.objects.filter(kind="stakeholders.stakeholder").values()))
    assert "Our yearly report." in indexed
    assert secret not in indexed
    assert "Juma" not in indexed


@pytest.mark.behaviour("D-19")
@pytest.mark.parametrize("listing", (Listing.MEMBERS, Listing.COUNTRY, Listing.UNLISTED))
def test_a_public_contact_of_a_hidden_entry_is_hidden_with_it(client, reference, listing):
    hidden = StakeholderFactory(listing=listing)
    ContactFactory(stakeholder=hidden, value="open@secret.example", audience="public")
    assert client.get(hidden.get_absolute_url()).status_code == 404
    from django.contrib.auth.models import AnonymousUser

    assert list(Contact.objects.visible_to(AnonymousUser())) == []


# --- The profile -------------------------------------------------------------------------------------------
@pytest.fixture
def full_entry(entry):
    from stakeholders.applications.actions import write_linked

    write_linked(entry, FULL)
    for field in ("descriptors", "ecosoc_status", "cop_observer", "references"):
        setattr(entry, field, FULL[field])
    entry.save()
    return entry


def test_the_profile_says_it_all_with_the_language_of_each_name(client, full_entry):
    text = markup_of(client.get(full_entry.get_absolute_url()))
    for shown in (
        '<bdi dir="auto" lang="sw">Walinzi wa Pwani</bdi>',
        '<bdi dir="auto" lang="ar">حراس الساحل</bdi>',
        '<bdi dir="auto" lang="en">Mombasa Harbour Friends</bdi>',
        "United Republic of Tanzania",
        "Swahili",
        "Kampala",
        "Use of terms",
        "Grassroots · Led by victims or survivors",
        "Special",
        "Our yearly report.",
        '<a href="mailto:info@coastalwatch.example"',
    ):
        assert shown in text, shown
    text = text.split("<h1>", 1)[1]
    assert (
        text.index("Coastal Watch") < text.index("Walinzi wa Pwani") < text.index("Mombasa Harbour Friends")
    )
    assert "+254" not in text


def test_linked_data_say_what_the_page_says_to_everybody(client, full_entry):
    data = json.loads(without_data(client.get(full_entry.get_absolute_url()).text)[1])
    assert data["alternateName"] == ["Walinzi wa Pwani", "حراس الساحل", "Mombasa Harbour Friends"]
    assert data["knowsLanguage"] == ["en", "sw"]
    assert [country["name"] for country in data["areaServed"]] == ["Kenya", "United Republic of Tanzania"]
    assert data["contactPoint"] == [{"@type": "ContactPoint", "email": "info@coastalwatch.example"}]
    assert "Use of terms" in data["knowsAbout"]


def test_a_full_profile_costs_the_same_for_more(client, full_entry):
    def add():
        ContactFactory(stakeholder=full_entry, audience="public")
        OfficeFactory(stakeholder=full_entry)
        OtherNameFactory(stakeholder=full_entry)

    assert_no_growth(lambda: client.get(full_entry.get_absolute_url()), add)


@pytest.mark.behaviour("D-16")
@pytest.mark.parametrize("word", ("Walinzi", "حراس", "Harbour"))
def test_every_name_finds_the_entry(client, entry, word):
    answers = {"other_names": FULL["other_names"], "former_names": FULL["former_names"]}
    changes_actions.edit(entry, actor=member_of(entry), version=entry.updated_at, answers=answers)
    assert "Coastal Watch" in client.get("/en/stakeholders/", {"q": word}).text


def test_the_page_is_in_the_language_of_the_reader(client, full_entry):
    with override("fr"):
        address = full_entry.get_absolute_url()
    assert "Ouganda" in client.get(address).text
