"""Likely twins while registering: each with its next step, and no trace of what is hidden."""

import re

import pytest

from stakeholders.applications.models import Application, OtherName
from stakeholders.claims.queries import twins
from stakeholders.entries.enums import Kind, Listing, Status
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.claims import listed_entry
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of, sent_application
from tests.support import assert_no_growth
from workflow.receipts.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def pages(client, draft):
    """Every page of the registration on which twins could show, without what differs by itself."""
    sign_in(client, draft.applicant)
    answers = []
    for page in ("who", "what", "seen", "papers", "check"):
        answer = client.get(f"/en/stakeholders/applications/{draft.pk}/{page}/")
        answers.append((answer.status_code, TOKEN.sub("", answer.content.decode())))
    return answers


@pytest.mark.behaviour("D-02")
def test_each_twin_has_its_next_step(client):
    draft = full_draft(name="Coastal Watch", acronym="CW", website="https://coastalwatch.example")
    by_name = StakeholderFactory(name="Coastal Watch")
    by_site = StakeholderFactory(name="Something else", website="https://www.coastalwatch.example/a")
    by_acronym = StakeholderFactory(name="Quite another", acronym="cw")
    listed = listed_entry(name="Coastal Watch", website="")
    own = StakeholderFactory(name="Coastal Watch")
    member_of(own)
    own.memberships.create(user=draft.applicant, role="reader")
    sign_in(client, draft.applicant)
    page = client.get(f"/en/stakeholders/applications/{draft.pk}/what/").content.decode()
    for twin in (by_name, by_site, by_acronym):
        assert f'href="/en/stakeholders/{twin.pk}/join/"' in page
    assert f'href="/en/stakeholders/{listed.pk}/claim/"' in page
    assert f'href="/en/stakeholders/{own.pk}/manage/"' in page


HIDDEN = [
    {"listing": Listing.UNLISTED},
    {"listing": Listing.COUNTRY},
    {"listing": Listing.MEMBERS},
    {"listing": Listing.MEMBERS_STATES},
    {"status": Status.SUSPENDED},
    {"status": Status.LAPSED},
    {"status": Status.WITHDRAWN},
]


@pytest.mark.slow
@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_hidden_twin_leaves_no_trace(client, hidden):
    draft = full_draft(name="Coastal Watch", acronym="CW", website="https://coastalwatch.example")
    without = pages(client, draft)
    same = {"name": "Coastal Watch", "acronym": "CW", "website": "https://coastalwatch.example"}
    twin = StakeholderFactory(**same, **hidden)
    assert pages(client, draft) == without
    sign_in(client, draft.applicant)
    url = f"/en/stakeholders/claims/{draft.pk}/another/"
    client.post(url, {"shown": [twin.pk], "why": "x"})
    assert Application.objects.get().told_apart == []
    answer = client.post(f"/en/stakeholders/applications/{draft.pk}/check/")
    receipt = Receipt.objects.about(draft).get().reference
    assert answer.url == f"/en/stakeholders/applications/{draft.pk}/receipts/{receipt}/"


def test_the_desk_alone_sees_the_hidden_twin(as_vetter):
    twin = StakeholderFactory(name="Coastal Watch", listing=Listing.UNLISTED)
    sent = sent_application(name="Coastal Watch")
    assert twin.get_absolute_url() in as_vetter.get(f"/en/desk/vetting/{sent.pk}/").content.decode()


@pytest.mark.behaviour("D-02")
def test_nothing_blocks_who_says_that_it_is_another(client, as_vetter):
    twin = StakeholderFactory(name="Coastal Watch", country_id="FRA")
    draft = full_draft(name="Coastal Watch")
    sign_in(client, draft.applicant)
    check = f"/en/stakeholders/applications/{draft.pk}/check/"
    assert "It is another organization" in client.get(check).content.decode()
    answer = client.post(
        f"/en/stakeholders/claims/{draft.pk}/another/", {"shown": [twin.pk], "why": "Ours is in Kenya."}
    )
    assert answer.url == check
    page = client.get(check).content.decode()
    assert "Is it one of these already?" not in page
    client.post(check)
    sent = Application.objects.get()
    assert (sent.status, sent.told_apart, sent.told_apart_why) == (
        "submitted",
        [twin.pk],
        "Ours is in Kenya.",
    )


def test_what_the_applicant_says_of_a_twin_reaches_the_desk(as_vetter):
    twin = StakeholderFactory(name="Coastal Watch")
    sent = sent_application(name="Coastal Watch")
    Application.objects.filter(pk=sent.pk).update(told_apart=[twin.pk], told_apart_why="Ours is in Kenya.")
    page = as_vetter.get(f"/en/desk/vetting/{sent.pk}/").content.decode()
    assert "Another organization, according to the applicant" in page
    assert "Ours is in Kenya." in page


def test_an_experts_entry_offers_neither(client):
    expert = StakeholderFactory(name="Amina Njeri", kind=Kind.EXPERT)
    draft = full_draft(kind=Kind.EXPERT, name="Amina Njeri")
    sign_in(client, draft.applicant)
    page = client.get(f"/en/stakeholders/applications/{draft.pk}/what/").content.decode()
    assert (f"/{expert.pk}/join/" in page, f"/{expert.pk}/claim/" in page) == (False, False)
    assert expert.get_absolute_url() in page


def test_the_number_of_twins_costs_no_queries(client):
    draft = full_draft(UserFactory(), name="Coastal Watch")
    assert_no_growth(lambda: twins(draft.applicant, draft), lambda: StakeholderFactory(name="Coastal Watch"))


@pytest.mark.parametrize("listing", [Listing.PUBLIC, Listing.UNLISTED])
def test_a_former_name_is_known_to_those_who_may_see_the_entry(client, as_vetter, listing):
    renamed = StakeholderFactory(name="Ocean Watch", listing=listing)
    OtherName.objects.create(stakeholder=renamed, kind="former", text="Guardians of the Coast")
    sent = sent_application(name="GUARDIANS of the coast")
    page = as_vetter.get(f"/en/desk/vetting/{sent.pk}/").content.decode()
    assert (renamed.get_absolute_url() in page, "same other or former name" in page) == (True, True)
    draft = full_draft(name="Guardians of the Coast")
    shown = "".join(body for _status, body in pages(client, draft))
    assert (f"/{renamed.pk}/join/" in shown) is (listing == Listing.PUBLIC)
    assert ("Ocean Watch" in shown) is (listing == Listing.PUBLIC)
