"""What the page of a stakeholder shows beside its first facts: texts by language, identifiers, people."""

import json
import re

import pytest

from accounts.people.enums import Role
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.registers.models import EcosocName, ecosoc_key
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.profiles import logo, project
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Harbour Lamp", mission="We keep harbours lit.", mission_language_id="en")


def edit(entry, **answers):
    entry.refresh_from_db()
    changes_actions.edit(entry, actor=member_of(entry), version=entry.updated_at, answers=answers)


def part(client, entry, name, **sent):
    """Post one of the pages of what changes at once; its page when it is refused."""
    entry.refresh_from_db()
    return client.post(
        f"/en/stakeholders/{entry.pk}/manage/entry/{name}/", {"version": entry.updated_at.isoformat(), **sent}
    )


FRENCH = {"language": "fr", "text": "Nous éclairons les ports."}


@pytest.mark.behaviour("D-25")
def test_the_mission_is_read_in_the_language_of_the_page_and_the_others_a_click_away(client, entry):
    edit(entry, missions=[FRENCH])
    english = client.get(entry.get_absolute_url()).text
    assert re.search(r'<div class="prose" dir="ltr" lang="en"><p>We keep harbours lit.', english)
    assert re.search(
        r"<summary>Read in French</summary><div class=\"prose\" lang=\"fr\" dir=\"ltr\">", english
    )
    french = client.get(f"/fr/stakeholders/{entry.pk}-harbour-lamp/").text
    assert (
        french.index("Nous éclairons") < french.index("<details") < french.index("We keep harbours lit.</p>")
    )
    assert "Harbour Lamp" in client.get("/en/stakeholders/", {"q": "éclairons"}).text


def test_one_text_for_each_language(client, entry):
    sign_in(client, member_of(entry))
    rows = {"missions-rows": "1", "missions-0-language": "en", "missions-0-text": "Twice."}
    page = part(client, entry, "missions", **rows)
    assert "There is a text in this language already" in page.text
    assert "Twice." in page.text
    rows = {"missions-rows": "1", "missions-0-language": "", "missions-0-text": "Where?"}
    assert "Choose the language of the text." in part(client, entry, "missions", **rows).text
    rows = {"missions-rows": "1", "missions-0-language": "fr", "missions-0-text": FRENCH["text"]}
    assert part(client, entry, "missions", **rows).status_code == 302
    assert entry.missiontexts.get().text == FRENCH["text"]


@pytest.mark.behaviour("D-25")
def test_publications_elsewhere_are_links_with_their_year(client, entry):
    sign_in(client, member_of(entry))
    rows = {
        "publications-rows": "1",
        "publications-0-title": "Ten years of light",
        "publications-0-year": "24",
    }
    page = part(client, entry, "publications", **rows)
    assert "Give the year with four digits" in page.text
    assert "Give the address" in page.text
    rows |= {"publications-0-year": "2024", "publications-0-url": "example.org/light"}
    assert part(client, entry, "publications", **rows).status_code == 302
    client.logout()
    page = client.get(entry.get_absolute_url()).text
    assert (
        '<a href="https://example.org/light" rel="nofollow noopener"><bdi dir="auto">Ten years of light'
        in page
    )
    assert "Harbour Lamp" in client.get("/en/stakeholders/", {"q": "Ten years of light"}).text


def test_identifiers_are_checked_at_the_field_and_lead_to_their_registries(client, entry):
    sign_in(client, member_of(entry))
    assert "do not fit the others" in part(client, entry, "standing", lei="5493001KJTIIGC8Y1R13").text
    sent = {"lei": "5493001KJTIIGC8Y1R12", "wikidata": "https://www.wikidata.org/wiki/Q1065"}
    assert part(client, entry, "standing", **sent).status_code == 302
    page = client.get(entry.get_absolute_url()).text
    assert "https://search.gleif.org/#/record/5493001KJTIIGC8Y1R12" in page
    assert ">Q1065</bdi>" in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert (data["leiCode"], data["sameAs"]) == (
        "5493001KJTIIGC8Y1R12",
        ["https://www.wikidata.org/wiki/Q1065"],
    )


def test_experts_alone_are_asked_for_an_orcid_id(client, entry):
    sign_in(client, member_of(entry))
    assert 'name="orcid"' not in client.get(f"/en/stakeholders/{entry.pk}/manage/entry/standing/").text
    expert = StakeholderFactory(kind=Kind.EXPERT)
    sign_in(client, member_of(expert))
    page = client.get(f"/en/stakeholders/{expert.pk}/manage/entry/standing/").text
    assert 'name="orcid"' in page
    assert 'name="lei"' not in page
    assert part(client, expert, "standing", orcid="0000-0002-1825-0097").status_code == 302
    assert "https://orcid.org/0000-0002-1825-0097" in client.get(expert.get_absolute_url()).text


@pytest.mark.behaviour("D-25")
def test_people_are_named_only_if_they_chose_it_themselves(client, entry):
    amina = member_of(entry, name="Amina Njeri")
    member_of(entry, name="Someone Quiet")
    sign_in(client, amina)
    address = f"/en/stakeholders/{entry.pk}/manage/shown/"
    assert client.post(address, {"is_shown": "on", "position": "Director"}).status_code == 302
    client.logout()
    page = client.get(entry.get_absolute_url()).text
    assert "Amina Njeri" in page
    assert "Director" in page
    assert "Someone Quiet" not in page
    sign_in(client, amina)
    client.post(address, {"position": "Director"})
    client.logout()
    assert "Amina Njeri" not in client.get(entry.get_absolute_url()).text


def test_a_kept_profile_forgets_a_person_who_took_another_name_or_left(client, entry, settings):
    settings.KEEP_PAGES_SECONDS = 60
    amina = member_of(entry, name="Amina Njeri")
    Membership.objects.update(is_shown=True)
    address = entry.get_absolute_url()
    assert "Amina Njeri" in client.get(address).text
    amina.name = "Amina Otieno"
    amina.save(update_fields=["name"])
    page = client.get(address).text
    assert "Amina Otieno" in page
    assert "Amina Njeri" not in page
    amina.memberships.all().delete()
    assert "Amina" not in client.get(address).text


def test_who_has_no_name_yet_is_told_what_to_do(client, entry):
    sign_in(client, member_of(entry, name=""))
    page = client.post(f"/en/stakeholders/{entry.pk}/manage/shown/", {"is_shown": "on"})
    assert "Your account has no name yet" in page.text


def test_there_is_one_follow_and_the_initials_stand_for_a_logo(client, entry):
    entry.topics.set(["corruption", "firearms"])
    page = markup_of(client.get(entry.get_absolute_url()))
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("Follow<") == 1
    assert 'avatar-lg" aria-hidden="true">HL</span>' in main


def test_an_approved_new_name_leaves_the_old_one_on_the_page_and_in_the_search(client, entry):
    desk = person_with(Role.VETTING)
    change = changes_actions.propose(entry, actor=member_of(entry), answers={"name": "Harbour Light"})
    changes_actions.decide(change, "approve", actor=desk)
    entry.refresh_from_db()
    page = client.get(entry.get_absolute_url()).text
    assert re.search(r"Formerly:\s+<bdi dir=\"auto\">Harbour Lamp</bdi>\s+\(until ", page)
    assert "-harbour-light/" in markup_of(client.get("/en/stakeholders/", {"q": "Harbour Lamp"}))


def test_what_is_missing_is_offered_to_its_own_people_alone(client, entry):
    assert "Complete your profile" not in client.get(entry.get_absolute_url()).text
    sign_in(client, member_of(entry, "editor"))
    page = client.get(entry.get_absolute_url()).text
    assert "Add a logo" in page
    assert "Add a project" in page
    assert "Add the mission" not in page
    logo(entry)
    project(entry)
    assert "Complete your profile" not in client.get(entry.get_absolute_url()).text


def test_what_the_published_list_says_of_a_status_is_for_vetting_alone(client, entry):
    EcosocName.objects.create(
        name="Harbour Lamp",
        key=ecosoc_key("Harbour Lamp"),
        outcome="granted",
        kind="special",
        decided_on="2019-07-01",
    )
    Stakeholder.objects.filter(pk=entry.pk).update(ecosoc_status="special")
    sentence = "On the published list as of"
    assert sentence not in client.get(entry.get_absolute_url()).text
    sign_in(client, person_with(Role.VETTING))
    assert sentence in client.get(f"/en/desk/vetting/stakeholders/{entry.pk}/").text
    assert sentence not in client.get(entry.get_absolute_url()).text


def test_the_logo_is_in_the_linked_data_of_a_public_profile(client, entry):
    stored_logo = logo(entry)
    page = client.get(entry.get_absolute_url()).text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert data["logo"] == "http://testserver" + stored_logo.url


def test_a_person_takes_along_what_the_profile_says_of_them(entry):
    from stakeholders.leaving.queries import memberships

    person = UserFactory(name="Amina Njeri")
    entry.memberships.create(user=person, role="admin", is_shown=True, position="Director")
    assert "Director" in str(list(memberships(person)))
