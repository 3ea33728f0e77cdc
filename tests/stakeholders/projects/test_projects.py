"""Projects: written in one language or more, in the order of their people, read with the profile."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.data_rights.actions import delete_account
from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from stakeholders.entries.enums import Kind, Listing
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.queries_dossiers import profile as dossier
from stakeholders.merging.actions import merge
from stakeholders.moderation.enums import Why
from stakeholders.projects import actions
from stakeholders.projects.enums import MOST_PROJECTS
from stakeholders.projects.models import Project, ProjectPartner
from stakeholders.projects.queries import projects_of, shown_projects, when
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.profiles import project, project_fields
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of

pytestmark = pytest.mark.django_db
ARABIC = {"language": "ar", "title": "موانئ آمنة", "aim": "ندرّب المتطوعين.", "results": ""}


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Harbour Lamp")


def form_of(**more):
    """What the form posts."""
    empty = {"aim": "", "results": "", "starts": "", "ends": "", "partners": "", "version": ""}
    return {
        "title": "Safe harbours",
        "language": "en",
        **empty,
        "links-rows": "0",
        "others-rows": "0",
        **more,
    }


@pytest.mark.behaviour("D-25")
def test_a_project_is_written_found_and_read_in_full(client, entry):
    StakeholderFactory(name="Coastal Watch")
    sign_in(client, member_of(entry, "editor"))
    sent = form_of(
        aim="Volunteers learn to keep a record of landings.",
        starts="2024-03",
        ends="2026",
        countries=["KEN", "TZA"],
        partners="Coastal Watch\nA college without a profile\nCoastal Watch\n",
        results="Two cases came to court.",
        **{"links-rows": "1", "links-0-label": "Report", "links-0-url": "example.org/report"},
        **{f"others-0-{name}": value for name, value in ARABIC.items()} | {"others-rows": "1"},
    )
    assert client.post(f"/en/stakeholders/{entry.pk}/manage/projects/add/", sent).status_code == 302
    client.logout()
    profile = markup_of(client.get(entry.get_absolute_url()))
    for text in (
        "Safe harbours",
        "March 2024 – 2026",
        "Kenya · United Republic of Tanzania",
        "keep a record",
    ):
        assert text in profile, text
    assert "Show all" not in profile
    page = markup_of(client.get(f"/en/stakeholders/{entry.pk}/projects/"))
    for text in (
        "Two cases came to court.",
        '<bdi dir="auto">Coastal Watch</bdi></a>',
        '<bdi dir="auto">A college without a profile</bdi>',
        '<a href="https://example.org/report" rel="nofollow noopener">',
        "Read in Arabic",
        '<p lang="ar" dir="rtl"><strong>موانئ آمنة</strong></p>',
    ):
        assert text in page, text
    assert page.count("Coastal Watch") == 1
    assert "موانئ آمنة" in markup_of(client.get(f"/ar/stakeholders/{entry.pk}/projects/")).split("<h2>")[1]
    for words in ("landings", "موانئ"):
        assert "Harbour Lamp" in markup_of(client.get("/en/stakeholders/", {"q": words})), words


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client, entry, subtests):
    sign_in(client, member_of(entry))
    for field, wrong, error in (
        ({"title": ""}, "title", "Give the title."),
        ({"starts": "soon"}, "starts", "Give a date as 2024-10-30, 2024-10 or 2024."),
        ({"starts": "2025", "ends": "2024-05"}, "ends", "The end is before the beginning."),
        (
            {"others-rows": "1", "others-0-language": "en", "others-0-title": "Twice"},
            "others",
            "There is a text in this language already.",
        ),
        (
            {"links-rows": "1", "links-0-label": "Report", "links-0-url": "no address"},
            "links",
            "full address",
        ),
        ({"partners": "x" * 251}, "partners", "one name a line"),
    ):
        with subtests.test(field=field):
            page = client.post(
                f"/en/stakeholders/{entry.pk}/manage/projects/add/",
                form_of(results="What we reached", **field),
            )
            assert page.status_code == 200
            assert error in str(page.context["form"].errors[wrong])
            assert "What we reached" in page.text
            assert not Project.objects.exists()


def test_rows_are_added_without_saving(client, entry):
    sign_in(client, member_of(entry))
    page = client.post(f"/en/stakeholders/{entry.pk}/manage/projects/add/", form_of(more="links"))
    assert 'name="links-0-url"' in page.text
    assert not Project.objects.exists()


def test_two_windows_notice_each_other(client, entry):
    stored_project = project(entry)
    admin = member_of(entry)
    actions.change_project(
        stored_project, actor=admin, version=stored_project.version, answers=project_fields(title="First")
    )
    second = project_fields(title="Second")
    with pytest.raises(WrongState):
        actions.change_project(stored_project, actor=admin, version=stored_project.version, answers=second)
    sign_in(client, admin)
    address = f"/en/stakeholders/{entry.pk}/manage/projects/{stored_project.pk}/"
    page = client.post(address, form_of(title="Second", version="1"))
    assert page.context["form"].errors
    assert "Second" in page.text
    assert client.post(address, form_of(title="Second", version="2")).status_code == 302
    assert str(Project.objects.get()) == "Second"


def test_the_profile_shows_five_in_the_order_of_its_people_and_leads_to_all(client, entry):
    projects = [project(entry, title=f"Number {n}") for n in range(7)]
    admin = member_of(entry)
    actions.move_project(projects[6], actor=admin, up=True)
    for _n in range(6):
        actions.move_project(projects[6], actor=admin, up=True)  # at the top nothing happens
    page = client.get(entry.get_absolute_url()).text
    assert [n for n in range(7) if f"Number {n}" in page] == [0, 1, 2, 3, 6]
    assert page.index("Number 6") < page.index("Number 0")
    assert "Show all 7 projects" in page


def test_no_more_than_so_many(entry):
    Project.objects.bulk_create(Project(stakeholder=entry, position=n) for n in range(MOST_PROJECTS))
    with pytest.raises(DomainError):
        project(entry)


def test_the_page_of_projects_asks_a_fixed_number_of_statements(client, entry):
    def add():
        project(entry, countries=["KEN"], partners=["One", "Two"], others=[ARABIC])

    assert_no_growth(lambda: client.get(f"/en/stakeholders/{entry.pk}/projects/"), add)


def test_only_its_editors_change_it(entry):
    stored_project = project(entry)
    for person in (
        UserFactory(),
        member_of(entry, "reader"),
        member_of(StakeholderFactory()),
        person_with(Role.VETTING),
    ):
        with pytest.raises(PermissionDenied):
            actions.remove_project(stored_project, actor=person)


def test_a_partner_that_hides_is_not_named_to_who_may_not_see_it(client, entry):
    partner = StakeholderFactory(name="Quiet Refuge")
    project(entry, partners=["Quiet Refuge"])
    address = f"/en/stakeholders/{entry.pk}/projects/"
    assert "Quiet Refuge" in client.get(address).text
    Stakeholder.objects.filter(pk=partner.pk).update(listing=Listing.UNLISTED)
    assert "Quiet Refuge" not in client.get(address).text
    sign_in(client, member_of(partner))
    assert "Quiet Refuge" in client.get(address).text


@pytest.mark.behaviour("D-25")
def test_a_project_is_reported_hidden_with_a_reason_and_shown_again(client, entry):
    stored_project = project(entry, title="Somebody else's work")
    address = f"/en/stakeholders/{entry.pk}/projects/"
    assert f"/en/report/stakeholders.project/{stored_project.pk}/" in client.get(address).text
    assert client.get(f"/en/report/stakeholders.project/{stored_project.pk}/").status_code == 200
    desk = person_with(Role.VETTING)
    actions.moderate_project(
        stored_project, "suspend", actor=desk, reason=Why.RIGHTS, note="It is of another body."
    )
    assert "Somebody else" not in client.get(address).text
    assert "Somebody else" not in client.get(entry.get_absolute_url()).text
    assert "Harbour Lamp" not in client.get("/en/stakeholders/", {"q": "Somebody"}).text
    sign_in(client, member_of(entry))
    assert "Hidden by the WhatsOn team" in client.get(f"/en/stakeholders/{entry.pk}/manage/projects/").text
    stored_project.refresh_from_db()
    actions.moderate_project(stored_project, "restore", actor=desk)
    client.logout()
    assert "Somebody else" in client.get(address).text


def test_nobody_of_the_profile_decides_on_its_project(entry):
    stored_project = project(entry)
    desk = person_with(Role.VETTING)
    entry.memberships.create(user=desk, role="reader")
    with pytest.raises(DomainError):
        actions.moderate_project(stored_project, "suspend", actor=desk, reason=Why.UNTRUE, note="No.")


def test_two_that_become_one_keep_the_projects_of_both_and_are_no_partners(entry):
    other = StakeholderFactory(name="Harbour Lamps")
    third = StakeholderFactory(name="Coastal Watch")
    project(entry, title="Ours", partners=["Harbour Lamps", "Coastal Watch"])
    project(other, title="Theirs", partners=["Harbour Lamp"])
    project(third, title="Of a third", partners=["Harbour Lamp", "Harbour Lamps"])
    merge(other, entry, actor=person_with(Role.VETTING), reason="The same.")
    mine = shown_projects(projects_of(person_with(Role.VETTING), entry))
    assert [shown_project.text["title"] for shown_project in mine] == ["Ours", "Theirs"]
    assert [[partner["name"] for partner in shown_project.partners] for shown_project in mine] == [
        ["Coastal Watch"],
        [],
    ]
    assert ProjectPartner.objects.filter(project__stakeholder=third).count() == 1


def test_the_dossier_holds_them_and_an_expert_who_leaves_leaves_none(reference):
    expert = StakeholderFactory(kind=Kind.EXPERT, name="Amina Njeri")
    person = member_of(expert)
    actions.add_project(expert, actor=person, answers=project_fields(others=[ARABIC]))
    assert "موانئ آمنة" in str(list(dossier(expert)))
    delete_account(person, actor=person)
    assert not Project.objects.exists()


def test_when_it_was():
    assert [
        when(*days)
        for days in (("", ""), ("2024", ""), ("", "2025-06"), ("2024", "2024"), ("2023", "2024-02"))
    ] == ["", "since 2024", "until June 2025", "2024", "2023 – February 2024"]
