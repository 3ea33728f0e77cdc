"""What a person leaves behind in the directory when they delete their account."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.timezone import now

from accounts.data_rights.actions import Blocked, delete_account
from accounts.data_rights.queries import blockers_of, parts_of
from accounts.people.enums import Role
from accounts.people.models import User
from core.personal_data import DataField
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from search.models import Document
from stakeholders.applications.models import Application, Paper
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.claims.models import JoinRequest
from stakeholders.contact.models import Conversation, Line
from stakeholders.entries.enums import Kind, Listing, MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.exports.models import Export
from stakeholders.invitations import actions as invitations_actions
from stakeholders.invitations.models import DeskInvitation, Invitation
from stakeholders.moderation.actions import report_entry
from stakeholders.moderation.models import Report
from stakeholders.state_accounts.models import StateAccount
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting.enums import FlagKind
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.exports import made_export
from tests.factories.rights import fresh, made_copy, rows_of, unpacked
from tests.factories.stakeholders import (
    PDF_BYTES,
    StakeholderFactory,
    full_draft,
    member_of,
    sent_application,
)
from tests.support import assert_no_growth
from workflow.items.models import WorkItem
from workflow.receipts.models import Receipt

pytestmark = pytest.mark.django_db
PAGE = "/en/me/data/delete/"


@pytest.fixture
def entry():
    return StakeholderFactory(name="Coastal Watch")


def gone(person):
    delete_account(person, actor=person)
    return not User.objects.filter(pk=person.pk).exists()


# --- What has to be settled first ------------------------------------------------------------------------
@pytest.mark.behaviour("A-10")
def test_the_last_administrator_of_an_entry_with_others_hands_over_first(client, entry):
    admin = member_of(entry)
    editor = member_of(entry, role=MemberRole.EDITOR)
    sign_in(client, admin)
    fresh(client)
    page = client.get(PAGE).text
    assert "You are the last administrator of Coastal Watch" in page
    assert reverse("stakeholders:manage", args=[entry.pk]) in page
    assert "You are the last administrator of Coastal Watch" in client.post(PAGE, {"sure": "on"}).text
    assert User.objects.filter(pk=admin.pk).exists()
    assert gone(editor)
    # Nobody is left who could take over: now the way is free.
    client.post(PAGE, {"sure": "on"})
    assert not User.objects.filter(pk=admin.pk).exists()
    entry.refresh_from_db()
    assert (entry.name, entry.status) == ("Coastal Watch", "active")


@pytest.mark.parametrize(
    ("own", "others", "blocked"),
    [
        ("admin", [], False),
        ("admin", ["reader"], True),
        ("admin", ["editor", "reader"], True),
        ("admin", ["admin"], False),
        ("editor", ["admin"], False),
        ("reader", ["editor"], False),
    ],
)
def test_who_holds_an_entry_back(entry, own, others, blocked):
    person = member_of(entry, role=own)
    for role in others:
        member_of(entry, role=role)
    assert bool(blockers_of(person)) is blocked


def test_a_closed_account_is_nobody_to_hand_over_to_and_no_other_administrator(entry):
    person = member_of(entry)
    member_of(entry, is_active=False)
    assert blockers_of(person) == []
    member_of(entry, role=MemberRole.READER)
    assert len(blockers_of(person)) == 1


def test_an_application_at_the_desk_is_withdrawn_first(client):
    application = sent_application()
    person = application.applicant
    with pytest.raises(Blocked) as blocked:
        delete_account(person, actor=person)
    (blocker,) = blocked.value.blockers
    assert blocker.url == application.get_absolute_url()
    sign_in(client, person)
    assert client.get(blocker.url).status_code == 200
    submission_actions.withdraw(application, actor=person)
    assert gone(person)
    application.refresh_from_db()
    assert (application.applicant, application.name) == (None, "Coastal Watch")


def test_finding_the_blockers_costs_the_same_with_three(entry):
    person = UserFactory()

    def add():
        other = StakeholderFactory()
        Membership.objects.create(stakeholder=other, user=person, role=MemberRole.ADMIN)
        member_of(other, role=MemberRole.READER)

    assert_no_growth(lambda: blockers_of(person), add)
    assert len(blockers_of(person)) == 3


# --- What goes -------------------------------------------------------------------------------------
def test_a_draft_goes_with_its_papers(django_capture_on_commit_callbacks):
    draft = full_draft()
    file = draft.papers.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(draft.applicant)
    assert not Application.objects.exists()
    assert not Paper.objects.exists()
    assert not default_storage.exists(file)


def test_an_experts_entry_is_taken_out_and_emptied(client):
    expert = StakeholderFactory(
        kind=Kind.EXPERT,
        name="Amina Okoth",
        city="Mombasa",
        website="https://okoth.example",
        mission="I study ports.",
        references="My book.",
    )
    person = member_of(expert, name="Amina Okoth")
    application = sent_application(person, kind=Kind.EXPERT, name="Amina Okoth")
    submission_actions.withdraw(application, actor=person)
    url = expert.get_absolute_url()
    assert "Amina Okoth" in client.get(url).text
    assert gone(person)
    expert.refresh_from_db()
    application.refresh_from_db()
    assert (expert.status, expert.listing, expert.name) == ("withdrawn", Listing.UNLISTED, "Former member")
    assert client.get(url).status_code in (404, 410)
    for row in (expert, application):
        stored_values = str(row.__class__.objects.filter(pk=row.pk).values().get())
        for word in ("Okoth", "okoth", "Mombasa", "ports", "book"):
            assert word not in stored_values
    assert not Receipt.objects.about(application).exists()
    assert "Okoth" not in str(list(Document.objects.values()))
    assert not Membership.objects.exists()


def test_an_organizations_entry_stays_as_it_is(entry):
    person = member_of(entry)
    before = Stakeholder.objects.filter(pk=entry.pk).values().get()
    assert gone(person)
    assert Stakeholder.objects.filter(pk=entry.pk).values().get() == before


def test_messages_they_began_go_and_those_for_a_stakeholder_stay_nameless(entry):
    from stakeholders.contact import actions as contact_actions

    writer, admin = UserFactory(), member_of(entry)
    entry.contact_from = "everybody"
    entry.save()
    contact_actions.write(entry, actor=writer, subject="Hello", text="Together?", shows_address=False)
    conversation = Conversation.objects.get()
    contact_actions.answer(conversation, actor=admin, text="Gladly.")
    assert gone(admin)
    assert Line.objects.get(text="Gladly.").author is None
    assert gone(writer)
    assert not Conversation.objects.exists()
    about = {"subject_kind": "stakeholders.conversation"}
    assert not Message.objects.filter(**about).exists()
    assert not Notice.objects.filter(**about).exists()


def test_their_address_goes_wherever_others_wrote_it_down(entry):
    person, admin = UserFactory(email="amina@example.org"), member_of(entry)
    invitations_actions.invite(entry, actor=admin, address="amina@example.org", role=MemberRole.READER)
    report_entry(entry, actor=person, fault="wrong", text="It moved.", language="en")
    desk = DeskInvitation.objects.create(address="amina@example.org", language="en", name="Her NGO")
    assert gone(person)
    assert not Invitation.objects.exists()
    report, desk = Report.objects.get(), DeskInvitation.objects.get()
    assert (report.reporter, report.address, report.text) == (None, "", "It moved.")
    assert (desk.address, desk.name, desk.is_open) == ("", "Her NGO", False)


def test_what_they_wrote_when_they_declined_goes_too():
    person = UserFactory(email="amina@example.org")
    fields = {"address": "amina@example.org", "language": "en"}
    DeskInvitation.objects.create(**fields, name="Her NGO", decline_reason="I moved.", withdrawn_at=now())
    StateAccount.objects.create(
        **fields,
        country_id="KEN",
        person="Amina",
        note_reference="NV 1",
        note_date="2026-01-01",
        token_hash="x",
        expires_at=now() + timedelta(days=30),
        ended_at=now(),
        end_reason="declined",
        end_note="I moved.",
    )
    assert gone(person)
    invitation, account = DeskInvitation.objects.get(), StateAccount.objects.get()
    assert (invitation.address, invitation.decline_reason) == ("", "")
    assert (account.address, account.person, account.end_note) == ("", "", "")


def test_a_request_to_join_goes_with_the_work_that_it_made(entry):
    person = UserFactory()
    entry.memberships.all().delete()
    claims_actions_joining.ask_to_join(entry, actor=person, message="I work here.")
    assert gone(person)
    assert not JoinRequest.objects.exists()
    assert not WorkItem.objects.open().exists()


def test_a_state_account_ends_and_names_nobody():
    person = person_with(Role.STATE, country="KEN")
    StateAccount.objects.create(
        country_id="KEN",
        address=person.email,
        person="Amina",
        language="en",
        note_reference="NV 1",
        note_date="2026-01-01",
        token_hash="x",
        expires_at=now() + timedelta(days=30),
        user=person,
        accepted_at="2026-01-02T00:00Z",
    )
    assert gone(person)
    account_after = StateAccount.objects.get()
    assert (account_after.address, account_after.person, account_after.user, account_after.end_reason) == (
        "",
        "",
        None,
        "left",
    )
    assert account_after.note_reference == "NV 1"


def test_the_file_of_an_export_goes(django_capture_on_commit_callbacks):
    head = person_with(Role.HEAD)
    export = made_export(head)
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(head)
    assert not Export.objects.exists()
    assert not default_storage.exists(export.file.name)


def test_the_page_names_what_there_is(entry):
    person = member_of(entry, role=MemberRole.EDITOR)
    application = sent_application(person)
    parts = parts_of(person)
    assert any(part.label == "Memberships" and part.rows == 1 for part in parts["erased"])
    assert any("Applications" in part.label for part in parts["kept"])
    assert application.pk


# --- My data ---------------------------------------------------------------------------------------
def test_a_copy_holds_what_they_filled_in_and_their_papers(entry):
    person = member_of(entry, role=MemberRole.EDITOR)
    application = sent_application(person, name="Second Watch")
    copy = made_copy(person, "memberships", "applications")
    (membership,) = rows_of(copy, "memberships")
    assert (membership["stakeholder"], membership["role"]) == (entry.pk, "editor")
    answers = rows_of(copy, "applications")[0]
    assert (answers["id"], answers["name"], answers["city"]) == (application.pk, "Second Watch", "Mombasa")
    files = {name: data for name, data in unpacked(copy).items() if name.startswith("applications/")}
    assert files == {"applications/001-certificate.pdf": PDF_BYTES}
    assert "Coastal Watch" in unpacked(copy)["index.html"].decode()


def test_a_copy_holds_nothing_of_others_and_no_notes_of_the_desk(entry):
    from stakeholders.contact import actions as contact_actions
    from stakeholders.vetting import actions as vetting_actions
    from stakeholders.vetting.models import Flag

    person, admin = UserFactory(name="Writer"), member_of(entry, name="Answering Person")
    entry.contact_from = "everybody"
    entry.save()
    contact_actions.write(entry, actor=person, subject="Hello", text="Together?", shows_address=False)
    contact_actions.answer(Conversation.objects.get(), actor=admin, text="An answer of theirs.")
    application = sent_application(person, name="Second Watch")
    vetter = person_with(Role.VETTING, name="Vetting Person")
    vetting_actions.take(application, actor=vetter)
    Flag.objects.create(
        application=application, kind=FlagKind.values[0], text="A secret flag.", raised_by=vetter
    )
    report_entry(entry, actor=person, fault="wrong", text="It moved.", language="en")
    Report.objects.update(note="A note for the desk.")
    everything = b"".join(unpacked(made_copy(person)).values()).decode(errors="replace")
    for word in (
        "Answering Person",
        admin.email,
        "An answer of theirs",
        "Vetting Person",
        "secret flag",
        "A note for the desk",
    ):
        assert word not in everything, word
    for word in ("Together?", "It moved.", "Second Watch"):
        assert word in everything, word


def test_every_value_of_every_section_is_plain(entry):
    """Whatever a section gives goes into JSON and onto the page."""
    from accounts.hooks import sections

    person = member_of(entry)
    sent_application(person, name="Second Watch")
    for name, section in sections.items():
        for row in section.rows(person):
            assert all(isinstance(data_field, DataField) for data_field in row), name
            assert len({data_field.key for data_field in row}) == len(row), name
