"""An entry is changed by its people: some of it at once, the rest once the desk agrees."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from search.models import Document
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.enums import Kind, Listing, MemberRole
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(reference, topic):
    stakeholder = StakeholderFactory(
        name="Coastal Watch",
        city="Mombasa",
        mission="We watch.",
        mission_language_id="en",
        website="https://coast.example",
    )
    stakeholder.topics.set([topic])
    return stakeholder


@pytest.fixture
def editor(entry):
    return member_of(entry, MemberRole.EDITOR, name="Eve Editor")


@pytest.fixture
def as_editor(client, editor):
    sign_in(client, editor)
    return client


def url_of(entry, rest=""):
    return f"/en/stakeholders/{entry.pk}/manage/{rest}"


def direct(entry, topic, **fields):
    fresh = Stakeholder.objects.get(pk=entry.pk)
    return {
        "version": fresh.updated_at.isoformat(),
        "acronym": "",
        "city": "Mombasa",
        "mission": "We watch.",
        "mission_language": "en",
        "topics": [topic],
        "listing": "public",
        **fields,
    }


def vetted(**fields):
    return {
        "version": "2026-01-01T00:00:00+00:00",
        "name": "Coastal Watch",
        "name_latin": "",
        "kind": "ngo",
        "country": "KEN",
        "website": "https://coast.example",
        **fields,
    }


# --- At once ------------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-12")
def test_what_needs_no_vetting_changes_at_once(as_editor, entry, topic):
    before = Stakeholder.objects.get(pk=entry.pk).updated_at
    version = DirectoryVersion.objects.current()
    data = direct(entry, topic, city="Kilifi", mission="We watch the coast and report.")
    page = as_editor.post(url_of(entry, "entry/"), data, follow=True)
    assert "The profile has been changed." in page.text
    shown = as_editor.get(entry.get_absolute_url()).text
    assert "Kilifi" in shown
    assert "We watch the coast and report." in shown
    entry.refresh_from_db()
    assert entry.updated_at > before
    assert DirectoryVersion.objects.current() == version + 1
    assert "report" in Document.objects.get(kind="stakeholders.stakeholder", object_id=entry.pk).text
    assert not ChangeRequest.objects.exists()


@pytest.mark.behaviour("D-12")
def test_a_narrower_listing_holds_at_once_everywhere(as_editor, entry, topic, client, settings):
    settings.KEEP_PAGES_SECONDS = 600
    client.logout()
    assert client.get(entry.get_absolute_url()).status_code == 200
    assert "Coastal Watch" in client.get("/en/stakeholders/").text
    changes_actions.edit(
        entry,
        actor=entry.memberships.get().user,
        version=Stakeholder.objects.get(pk=entry.pk).updated_at,
        answers={"listing": Listing.UNLISTED},
    )
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert "Coastal Watch" not in client.get("/en/stakeholders/").text
    assert "Coastal Watch" not in client.get("/en/search/?q=coastal").text.replace("coastal", "")
    assert Document.objects.get(object_id=entry.pk).audience is None


def test_the_language_of_the_mission_is_not_that_of_a_further_text(as_editor, entry, topic):
    entry.missiontexts.create(language_id="fr", text="Nous veillons.")
    page = as_editor.post(url_of(entry, "entry/"), direct(entry, topic, mission_language="fr"))
    assert "There is a text in this language already. Keep one." in page.text
    assert Stakeholder.objects.get(pk=entry.pk).mission_language_id == "en"
    entry.missiontexts.create(language_id="en", text="We look out.")  # as a merge may leave it
    answer = as_editor.post(url_of(entry, "entry/"), direct(entry, topic, city="Kilifi"))
    assert answer.status_code == 302


def test_nothing_is_written_where_nothing_differs(as_editor, entry, topic):
    before, version = Stakeholder.objects.get(pk=entry.pk).updated_at, DirectoryVersion.objects.current()
    as_editor.post(url_of(entry, "entry/"), direct(entry, topic))
    assert Stakeholder.objects.get(pk=entry.pk).updated_at == before
    assert DirectoryVersion.objects.current() == version


def test_two_windows_notice_each_other(as_editor, entry, topic):
    first, second = direct(entry, topic, city="Kilifi"), direct(entry, topic, city="Lamu")
    as_editor.post(url_of(entry, "entry/"), first)
    late = as_editor.post(url_of(entry, "entry/"), second)
    assert "Another person has changed the" in late.text
    assert 'value="Lamu"' in late.text
    assert Stakeholder.objects.get(pk=entry.pk).city == "Kilifi"
    again = {**second, "version": late.context["form"].data["version"]}
    as_editor.post(url_of(entry, "entry/"), again)
    assert Stakeholder.objects.get(pk=entry.pk).city == "Lamu"


@pytest.mark.parametrize("version", ("", "yesterday", "2026-02-31T00:00:00", "2026-11-24T10:00:00"))
def test_a_version_that_is_none_changes_nothing(as_editor, entry, topic, version):
    answer = as_editor.post(url_of(entry, "entry/"), direct(entry, topic, version=version, city="Lamu"))
    assert answer.status_code == 200
    assert Stakeholder.objects.get(pk=entry.pk).city == "Mombasa"


def test_vetted_fields_do_not_slip_through_the_direct_way(as_editor, entry, editor, topic):
    as_editor.post(url_of(entry, "entry/"), direct(entry, topic, name="Other", country="UGA", city="Lamu"))
    entry.refresh_from_db()
    assert (entry.name, entry.country_id, entry.city) == ("Coastal Watch", "KEN", "Lamu")
    with pytest.raises(DomainError):
        changes_actions.edit(entry, actor=editor, version=entry.updated_at, answers={"name": "Other"})


@pytest.mark.parametrize("role", ("reader", "stranger", "desk"))
def test_acts_ask_for_the_permission_themselves(entry, role):
    user = {
        "reader": lambda: member_of(entry, MemberRole.READER),
        "stranger": UserFactory,
        "desk": lambda: person_with(Role.HEAD),
    }[role]()
    with pytest.raises(PermissionDenied):
        changes_actions.edit(entry, actor=user, version=entry.updated_at, answers={"city": "Lamu"})
    with pytest.raises(PermissionDenied):
        changes_actions.propose(entry, actor=user, answers={"name": "Other"})


# --- With the desk ------------------------------------------------------------------------------------

BOTH_SIDES = ("Coastal Watch</bdi></td>", "Ocean Watch</bdi></td>", "Kenya</bdi></td>", "Uganda</bdi></td>")


@pytest.mark.behaviour("D-12")
def test_a_vetted_field_waits_for_the_desk_and_the_page_keeps_the_approved_value(
    as_editor, entry, editor, vetter, client
):
    page = as_editor.post(url_of(entry, "vetted/"), vetted(name="Ocean Watch", country="UGA"), follow=True)
    assert "The change has been submitted" in markup_of(page)
    for shown in BOTH_SIDES:
        assert shown in markup_of(page), shown
    public = markup_of(client.get(entry.get_absolute_url()))
    assert "Ocean Watch" not in public
    assert "Coastal Watch" in public

    change = ChangeRequest.objects.get()
    assert (change.before, change.after) == (
        {"name": "Coastal Watch", "country": "KEN"},
        {"name": "Ocean Watch", "country": "UGA"},
    )
    message = Message.objects.get(kind="stakeholders.change_proposed")
    assert (message.user, message.url_args) == (vetter, [change.pk])
    assert WorkItem.objects.open().get().label == "Coastal Watch"

    sign_in(client, vetter)
    assert "Coastal Watch" in markup_of(client.get("/en/desk/vetting/changes/"))
    desk_page = markup_of(client.get(f"/en/desk/vetting/changes/{change.pk}/"))
    for shown in BOTH_SIDES:
        assert shown in desk_page, shown
    version = DirectoryVersion.objects.current()
    done = client.post(
        f"/en/desk/vetting/changes/{change.pk}/approve/", {"approve-note": "Well."}, follow=True
    )
    assert "Approved. The profile shows the new values." in markup_of(done)
    entry.refresh_from_db()
    assert (entry.name, entry.country_id, entry.slug, entry.sort_key) == (
        "Ocean Watch",
        "UGA",
        "ocean-watch",
        "ocean watch",
    )
    assert DirectoryVersion.objects.current() == version + 1
    assert Document.objects.get(object_id=entry.pk).country == "UGA"
    assert not WorkItem.objects.open().exists()
    letter = compose(Message.objects.get(kind="stakeholders.change_approved", user=editor))
    assert "– Name of the organization" in letter.body
    assert "Well." in letter.body
    assert "No pending" in markup_of(client.get("/en/desk/vetting/"))
    assert "No pending changes" in markup_of(client.get("/en/desk/vetting/changes/"))


@pytest.mark.behaviour("D-12")
def test_a_refused_change_leaves_the_entry_and_says_why(client, entry, editor, vetter):
    change = changes_actions.propose(entry, actor=editor, answers={"name": "Ocean Watch"})
    sign_in(client, vetter)
    url = f"/en/desk/vetting/changes/{change.pk}/refuse/"
    assert "Explain the decision to the administrators of the profile." in client.post(url).text
    assert ChangeRequest.objects.get().status == "proposed"
    client.post(url, {"refuse-note": "The register says otherwise."})
    entry.refresh_from_db()
    assert entry.name == "Coastal Watch"
    assert ChangeRequest.objects.get().status == "refused"
    letter = compose(Message.objects.get(kind="stakeholders.change_refused", user=editor))
    assert "The register says otherwise." in letter.body
    sign_in(client, editor)
    page = client.get(url_of(entry)).text
    assert "The register says otherwise." in page
    assert "The WhatsOn team declined the change; the profile is unchanged" in page
    assert "Vera Vetter" not in page
    sign_in(client, vetter)
    late = client.post(f"/en/desk/vetting/changes/{change.pk}/approve/", follow=True)
    assert "is not possible: the state is now “Declined”" in late.text
    changes_actions.propose(entry, actor=editor, answers={"name": "Sea Watch"})


def test_one_change_at_a_time(as_editor, entry, editor):
    changes_actions.propose(entry, actor=editor, answers={"name": "Ocean Watch"})
    page = as_editor.get(url_of(entry, "vetted/"), follow=True)
    assert "A change is already with the WhatsOn team." in page.text
    with pytest.raises(WrongState):
        changes_actions.propose(entry, actor=editor, answers={"website": "https://other.example"})


def test_a_proposal_without_a_difference_is_refused(as_editor, entry):
    assert "Nothing was changed." in as_editor.post(url_of(entry, "vetted/"), vetted()).text
    assert not ChangeRequest.objects.exists()


def test_whoever_proposed_it_withdraws_it(as_editor, entry, editor, client):
    change = changes_actions.propose(entry, actor=editor, answers={"name": "Ocean Watch"})
    url = url_of(entry, f"vetted/{change.pk}/withdraw/")
    sign_in(client, member_of(entry))
    assert client.post(url).status_code == 404
    sign_in(client, editor)
    assert "The change is withdrawn" in client.post(url, follow=True).text
    assert ChangeRequest.objects.get().status == "withdrawn"
    assert not WorkItem.objects.open().exists()


def test_nobody_of_the_desk_decides_on_their_own_organization(client, entry, editor, vetter):
    entry.memberships.create(user=vetter, role=MemberRole.READER)
    change = changes_actions.propose(entry, actor=editor, answers={"name": "Ocean Watch"})
    sign_in(client, vetter)
    page = client.get(f"/en/desk/vetting/changes/{change.pk}/").text
    assert "Please leave the decision to a colleague." in page
    assert "Approve the change" not in page
    with pytest.raises(DomainError):
        changes_actions.decide(change, "approve", actor=vetter)


ROLES = (
    "visitor",
    "stranger",
    "admin",
    "editor",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
    "regional",
    "state",
)


def test_the_desks_pages_are_for_those_who_vet(client, entry, editor, subtests):
    change = changes_actions.propose(entry, actor=editor, answers={"name": "Ocean Watch"})
    for who in ROLES:
        with subtests.test(who=who):
            match who:
                case "visitor":
                    user = None
                case "stranger":
                    user = UserFactory()
                case "editor":
                    user = editor
                case "admin":
                    user = member_of(entry)
                case _:
                    user = person_with(who)
            if user:
                sign_in(client, user)
            expected = 302 if who == "visitor" else 200 if who in {"vetting", "head"} else 404
            assert client.get("/en/desk/vetting/changes/").status_code == expected
            assert client.get(f"/en/desk/vetting/changes/{change.pk}/").status_code == expected
            if expected != 200:
                for name in ("approve", "refuse"):
                    answer = client.post(
                        f"/en/desk/vetting/changes/{change.pk}/{name}/", {"refuse-note": "No."}
                    )
                    assert answer.status_code == expected
                assert ChangeRequest.objects.get().status == "proposed"


def test_a_change_of_something_else_is_not_shown(as_vetter):
    from tests.factories.workflow import ChangeRequestFactory

    other = ChangeRequestFactory()
    assert as_vetter.get(f"/en/desk/vetting/changes/{other.pk}/").status_code == 404
    assert as_vetter.post(f"/en/desk/vetting/changes/{other.pk}/approve/").status_code == 404


def test_an_expert_stays_an_expert(client, reference):
    expert = StakeholderFactory(kind=Kind.EXPERT, name="Dr Mwangi")
    person = member_of(expert)
    sign_in(client, person)
    page = client.get(url_of(expert, "vetted/")).text
    assert "Your name" in page
    assert 'name="kind"' not in page
    assert 'name="acronym"' not in client.get(url_of(expert, "entry/")).text
    with pytest.raises(DomainError):
        changes_actions.propose(expert, actor=person, answers={"kind": "ngo"})


def test_the_queue_costs_the_same_for_one_and_three(as_vetter):
    def add():
        stakeholder = StakeholderFactory()
        changes_actions.propose(
            stakeholder, actor=member_of(stakeholder), answers={"name": f"Name {stakeholder.pk}"}
        )

    assert_no_growth(lambda: as_vetter.get("/en/desk/vetting/changes/"), add)


def renamed(entry, editor, **answers):
    change = changes_actions.propose(Stakeholder.objects.get(pk=entry.pk), actor=editor, answers=answers)
    changes_actions.decide(change, "approve", actor=person_with(Role.VETTING))


def test_an_approved_rename_keeps_the_old_name_findable_and_shown(client, entry, editor, time_machine):
    """Seen on a running portal: after a rename the old name found nothing."""
    day = now().replace(hour=12) + timedelta(days=60)
    time_machine.move_to(day)
    renamed(entry, editor, name="Ocean Watch")
    for url in ("/en/stakeholders/?q=coastal+watch", "/en/search/?q=coastal+watch"):
        page = markup_of(client.get(url))
        assert "Ocean " in page  # the words that were asked are marked
        assert "No result has all of these words" not in page
    profile = client.get(f"/en/stakeholders/{entry.pk}/", follow=True).text
    assert '<h1><bdi dir="auto">Ocean Watch</bdi></h1>' in profile
    until = rf"Formerly:\s+<bdi[^>]*>Coastal Watch</bdi>\s+\(until {day.day} {day:%B %Y}\)"
    assert re.search(until, profile)


def test_a_name_that_comes_back_is_no_former_name(entry, editor):
    renamed(entry, editor, name="Ocean Watch", name_latin="")
    renamed(entry, editor, name="Coastal Watch")
    assert list(entry.other_names.values_list("text", "kind")) == [("Ocean Watch", "former")]


def test_another_website_makes_no_former_name(entry, editor):
    renamed(entry, editor, website="https://ocean.example")
    assert not entry.other_names.exists()
