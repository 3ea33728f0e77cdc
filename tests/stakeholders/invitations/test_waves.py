"""A list is checked, taken in, sent in steps and watched; and nothing of it shows before people confirm."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.outbox.enums import Status as MailStatus
from notifications.outbox.models import Message
from portal.machines.queries import stakeholders_for_sitemap
from search.queries import did_you_mean, find
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import Purpose
from stakeholders.applications.queries import likely
from stakeholders.directory.queries import DirectoryQuery
from stakeholders.directory.queries_counts import Counts
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exports.queries import lines
from stakeholders.invitations import actions_desk as invitations_actions_desk
from stakeholders.invitations import actions_waves as invitations_actions_waves
from stakeholders.invitations.address_lists import read
from stakeholders.invitations.enums import WaveStatus
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.invitations.queries import country_words, previews, progress
from stakeholders.registers.actions import remove_listed
from stakeholders.registers.outcomes import Unreadable
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.invited import FORMER, HEAD, a_wave, listed, sheet, table
from tests.factories.stakeholders import ANSWERS, PDF, StakeholderFactory, full_draft, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

LIST = "/en/desk/vetting/invitations/list/"
GOOD = ("amina@example.org", "Coastal Watch", "ngo", "Kenya", "fr", "Mombasa", "https://coast.example")
FORM = {
    "name": "Old members",
    "former": "on",
    "source": "Members of the former hub",
    "source_date": "2026-01-31",
}
KIND = "stakeholders.invited_by_desk"


def check(client, upload, **said):
    return client.post(LIST, {**FORM, **said, "file": upload})


def take_in(client, upload, **said):
    page = check(client, upload, **said)
    sealed = page.context["sealed"]
    return client.post(LIST, {"checked": sealed["checked"].value()}, follow=True)


# --- Reading ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("made", (table, sheet))
def test_a_table_and_a_workbook_say_the_same(made):
    found = read(made(GOOD, ("b@example.org", "Второе общество", "expert", "ken")), country_words())
    assert found.problems == []
    assert [(row.row, row.email, row.name, row.kind, row.country, row.language) for row in found.rows] == [
        (2, "amina@example.org", "Coastal Watch", "ngo", "KEN", "fr"),
        (3, "b@example.org", "Второе общество", "expert", "KEN", "en"),
    ]


def test_each_problem_names_row_column_and_rule():
    found = read(
        table(
            GOOD,
            ("not an address", "", "church", "Atlantis", "xx", "", "ftp://x"),
            ("AMINA@example.org", "Coastal  watch", "ngo", "KE"),
            ("c@example.org", "…", "ngo", "KEN"),
        ),
        country_words(),
    )
    assert [(one.row, one.column, one.rule) for one in found.problems] == [
        (3, "name", "This must be given."),
        (3, "kind", "One of: ngo, academia, private, expert."),
        (3, "country", "Neither an ISO code nor the name of a country or area in English."),
        (3, "language", "One of: ar, zh, en, fr, ru, es."),
        (3, "email", "This is not an e-mail address."),
        (3, "website", "This is not an address that begins with http:// or https://."),
        (4, "email", "The same as row 2."),
        (5, "name", "A name needs letters or digits."),
    ]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (table(head=HEAD[:2]), "The heading lacks: kind, country."),
        (table(), "There is no row below the heading."),
        (
            SimpleUploadedFile("list.csv", b'email,name,kind,country\n"a@b.org,A,ngo,KEN\nb@b.org,B,ngo,KEN'),
            "Line 2",
        ),
    ],
)
def test_what_is_no_such_list_is_refused(upload, said):
    upload.seek(0)
    with pytest.raises(Unreadable, match=said):
        read(upload, country_words())


@pytest.mark.parametrize("content", (b"PK\x03\x04 broken", b"email,name\n\xff\xfe", b"\x00\x01\x02"))
def test_a_broken_file_ends_in_a_message(as_vetter, content):
    page = check(as_vetter, SimpleUploadedFile("list.csv", content))
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"file"}


# --- Taking in ----------------------------------------------------------------------------------------
def test_a_check_keeps_nothing(as_vetter):
    page = check(as_vetter, table(GOOD))
    assert "1 row is new." in page.text
    assert (Wave.objects.count(), DeskInvitation.objects.count(), Stakeholder.objects.count()) == (0, 0, 0)


def test_a_list_with_an_error_cannot_be_taken_in(as_vetter):
    page = check(as_vetter, table(GOOD, ("x", "Name", "ngo", "KEN")))
    assert page.context["sealed"] is None
    assert "This is not an e-mail address." in page.text
    assert "Take in" not in page.text.split("</form>")[1].split("<form")[0]
    assert not Stakeholder.objects.exists()


def test_taking_in_makes_unlisted_unclaimed_entries_and_writes_to_nobody(as_vetter, vetter):
    page = take_in(as_vetter, table(GOOD), vetted_before="on")
    assert "1 person is in the wave. Nobody has been written to yet." in page.text
    entry, wave, invitation = Stakeholder.objects.get(), Wave.objects.get(), DeskInvitation.objects.get()
    assert (entry.status, entry.listing) == (Status.LISTED, Listing.UNLISTED)
    assert (entry.source_name, entry.source_date.isoformat()) == (FORM["source"], FORM["source_date"])
    assert (entry.city, entry.website, entry.country_id) == ("Mombasa", "https://coast.example", "KEN")
    assert (wave.vetted_before, wave.made_by, wave.status) == (True, vetter, WaveStatus.PREPARED)
    assert (invitation.stakeholder, invitation.token_hash, invitation.language) == (entry, None, "fr")
    assert not Message.objects.exists()
    assert Entry.objects.get(action="stakeholders.wave_made").data == {"count": 1}


def test_a_second_upload_of_the_same_list_doubles_nothing(as_vetter):
    take_in(as_vetter, table(GOOD))
    page = check(as_vetter, table(GOOD, ("new@example.org", "New One", "ngo", "KEN")))
    assert "1 row was invited before and is left out." in page.text
    assert take_in(as_vetter, table(GOOD, ("new@example.org", "New One", "ngo", "KEN"))).status_code == 200
    assert Stakeholder.objects.count() == DeskInvitation.objects.count() == 2
    assert check(as_vetter, table(GOOD)).context["sealed"] is None
    with pytest.raises(DomainError, match="has been invited before"):
        invitations_actions_waves.make_wave(
            read(table(GOOD), country_words()).rows, FORMER, actor=person_with(Role.VETTING)
        )


def test_a_check_can_be_taken_in_by_whoever_made_it_alone(as_vetter, client):
    sealed = check(as_vetter, table(GOOD)).context["sealed"]["checked"].value()
    sign_in(client, person_with(Role.VETTING))
    for text in (sealed, sealed + "x", "nonsense", ""):
        assert "This check is too old." in client.post(LIST, {"checked": text}, follow=True).text
    assert not Wave.objects.exists()


def test_a_former_list_must_say_its_source_and_what_was_typed_stays(as_vetter):
    page = check(as_vetter, table(GOOD), source="", source_date="")
    assert page.context["form"].errors.keys() == {"source", "source_date"}
    assert 'value="Old members"' in page.text


def test_the_desk_is_shown_who_has_the_same_name_already(as_vetter):
    there = StakeholderFactory(name="COASTAL WATCH", listing=Listing.UNLISTED)
    page = check(as_vetter, table(GOOD))
    assert f"/en/desk/vetting/stakeholders/{there.pk}/" in page.text


def test_people_to_invite_need_no_entry(as_vetter):
    take_in(as_vetter, table(GOOD), former="")
    assert not Stakeholder.objects.exists()
    assert DeskInvitation.objects.get().stakeholder is None


# --- Nothing shows ------------------------------------------------------------------------------------
VIEWERS = {
    "visitor": lambda: None,
    "person": UserFactory,
    "invited": lambda: UserFactory(email="member0@example.org"),
    "member": lambda: member_of(StakeholderFactory(name="Elsewhere", country_id="AUT")),
    "state": lambda: person_with(Role.STATE, country="KEN"),
    "regional": lambda: person_with(Role.REGIONAL, country="KEN"),
}


@pytest.mark.slow
@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("sent", (False, True))
def test_nothing_of_a_former_member_shows_before_they_confirm(client, who, sent):
    from django.contrib.auth.models import AnonymousUser

    before = DirectoryVersion.objects.current()
    wave = a_wave(6)
    if sent:
        invitations_actions_waves.start_wave(wave, actor=wave.made_by)
        invitations_actions_waves.send_wave(wave.pk)
    person = VIEWERS[who]()
    if person:
        sign_in(client, person)
    user = person or AnonymousUser()
    hidden = Stakeholder.objects.filter(name__startswith="Hidden Society")
    assert hidden.count() == 6
    assert not Stakeholder.objects.visible_to(user).filter(pk__in=hidden).exists()
    entry = hidden.first()
    for path in (
        f"/en/stakeholders/{entry.pk}/",
        entry.get_absolute_url(),
        f"/en/stakeholders/{entry.pk}/manage/",
        f"/en/stakeholders/{entry.pk}/report/",
    ):
        answer = client.get(path)
        assert answer.status_code in (404, 302)
        assert "Hidden Society" not in answer.text
    for path in (
        "/en/",
        "/en/stakeholders/",
        "/en/stakeholders/?q=Hidden+Society",
        "/en/stakeholders/?country=KEN",
        "/en/search/?q=Hidden+Society",
        "/en/me/",
    ):
        text = client.get(path).text
        assert "Hidden Society 1" not in text
    assert Counts(user, before).facets(DirectoryQuery()).beside["country"]["KEN"] == 0
    assert not find(user, "Hidden Society").exists()
    assert did_you_mean(user, "Hidden Sociaty") is None
    assert list(lines(user, DirectoryQuery())) == [] or who == "member"
    assert not any(one.pk in set(hidden.values_list("pk", flat=True)) for one in stakeholders_for_sitemap())
    draft = full_draft(UserFactory(), name="Hidden Society 1", website="")
    assert likely(draft, Stakeholder.objects.visible_to(user)) == []


def test_the_total_of_a_country_leaves_them_out(vetter):
    a_wave(6)
    asked = DirectoryQuery(country=("KEN",))
    assert Counts(vetter, 0).unnamed(asked) == {}
    for number in range(5):
        StakeholderFactory(name=f"Counted {number}", listing=Listing.COUNTRY)
    assert Counts(vetter, 1).unnamed(asked) == {"KEN": 5}


def test_the_file_that_the_desk_exports_leaves_them_out(vetter):
    a_wave(2)
    shown = StakeholderFactory(name="Shown")
    assert [line["name"] for line in lines(vetter, DirectoryQuery())] == [shown.name]


def test_taking_a_source_out_takes_its_invitations_along():
    wave = a_wave(2)
    assert remove_listed(source=FORMER.source, actor=person_with(Role.CURATION)).removed == 2
    assert wave.invitations.count() == 0


# --- Confirming ---------------------------------------------------------------------------------------
def confirmed(listing=Listing.PUBLIC):
    """A former member claims, corrects and sends."""
    invitations_actions_waves.send_wave(_started(a_wave(1)).pk)
    person = UserFactory(email="member0@example.org")
    application = invitations_actions_desk.accept_desk_invitation(DeskInvitation.objects.get(), actor=person)
    answers = {
        **ANSWERS,
        "name": "Society for Light",
        "listing": listing,
        "topics": [Topic.objects.in_order().first().pk],
    }
    applications_actions.save_answers(application, actor=person, version=0, answers=answers, paper=PDF())
    return submission_actions.submit(application, actor=person)


def _started(wave):
    invitations_actions_waves.start_wave(wave, actor=wave.made_by)
    return wave


def test_a_former_member_claims_corrects_consents_and_is_shown(vetter, client):
    entry = Stakeholder.objects.filter(status=Status.LISTED)
    application = confirmed()
    assert (application.purpose, application.stakeholder) == (Purpose.CLAIM, entry.get())
    assert client.get(f"/en/stakeholders/{application.stakeholder_id}/").status_code == 404
    shown = vetting_actions.approve(application, actor=vetter)
    assert shown.pk == application.stakeholder_id
    assert Stakeholder.objects.count() == 1
    assert (shown.status, shown.listing, shown.name) == (Status.ACTIVE, Listing.PUBLIC, "Society for Light")
    assert shown.source_name == FORMER.source
    assert shown.memberships.get().user == application.applicant
    assert "Society for Light" in client.get("/en/stakeholders/").text
    assert progress(Wave.objects.get())[-5:] == (1, 1, 1, 0, 0)


def test_the_listing_that_they_choose_is_honoured(vetter, client):
    shown = vetting_actions.approve(confirmed(Listing.UNLISTED), actor=vetter)
    assert (shown.status, shown.listing) == (Status.ACTIVE, Listing.UNLISTED)
    assert client.get(f"/en/stakeholders/{shown.pk}/").status_code == 404


def test_vetted_before_approves_nobody_by_itself(as_vetter):
    application = confirmed()
    Wave.objects.update(vetted_before=True)
    application.refresh_from_db()
    assert application.status == "submitted"
    assert "vetted before" in as_vetter.get(f"/en/desk/vetting/{application.pk}/").text


def test_a_guard_still_stops_the_approval_of_a_former_member(vetter, monkeypatch):
    monkeypatch.setattr(vetting_actions, "screening_guard", lambda application: "Screening has a hit.")
    with pytest.raises(DomainError, match="Screening has a hit"):
        vetting_actions.approve(confirmed(), actor=vetter)
    assert Stakeholder.objects.get().status == Status.LISTED


def test_an_entry_that_was_withdrawn_meanwhile_cannot_be_claimed(vetter):
    application = confirmed()
    Stakeholder.objects.update(status=Status.WITHDRAWN)
    with pytest.raises(DomainError, match="The profile has been claimed by"):
        vetting_actions.approve(application, actor=vetter)
    application.refresh_from_db()
    assert application.status == "submitted"


# --- Sending ------------------------------------------------------------------------------------------
def test_a_wave_is_written_in_steps_each_person_once(monkeypatch):
    monkeypatch.setattr(invitations_actions_waves, "STEP", 2)
    wave = _started(a_wave(5))
    assert invitations_actions_waves.send_some(wave.pk)
    assert progress(wave)[:3] == (5, 2, 0)
    invitations_actions_waves.send_wave(wave.pk)
    invitations_actions_waves.send_wave(wave.pk)
    assert sorted(Message.objects.values_list("address", flat=True)) == [
        f"member{number}@example.org" for number in range(5)
    ]
    assert DeskInvitation.objects.values("token_hash").distinct().count() == 5
    wave.refresh_from_db()
    assert (wave.status, bool(wave.finished_at)) == (WaveStatus.DONE, True)
    with pytest.raises(WrongState):
        invitations_actions_waves.start_wave(wave, actor=wave.made_by)


def test_a_worker_killed_in_the_middle_neither_skips_nor_doubles(monkeypatch):
    monkeypatch.setattr(invitations_actions_waves, "STEP", 3)
    wave, whole, done = _started(a_wave(5)), invitations_actions_desk.write_invitation, []

    def dies(invitation):
        if len(done) == 4:
            raise SystemExit
        done.append(invitation)
        whole(invitation)

    monkeypatch.setattr(invitations_actions_waves, "write_invitation", dies)
    with pytest.raises(SystemExit):
        invitations_actions_waves.send_wave(wave.pk)
    assert Message.objects.count() == DeskInvitation.objects.exclude(mailed_at=None).count() == 3
    monkeypatch.setattr(invitations_actions_waves, "write_invitation", whole)
    assert invitations_actions_waves.sweep_waves() == 1
    invitations_actions_waves.send_wave(wave.pk)
    assert Message.objects.count() == Message.objects.values("address").distinct().count() == 5


def test_paused_nothing_more_is_written_until_it_goes_on(monkeypatch, as_vetter):
    monkeypatch.setattr(invitations_actions_waves, "STEP", 2)
    wave = _started(a_wave(5))
    invitations_actions_waves.send_some(wave.pk)
    path = f"/en/desk/vetting/invitations/waves/{wave.pk}/"
    assert "Paused. What is on its way" in as_vetter.post(f"{path}pause/", follow=True).text
    invitations_actions_waves.send_wave(wave.pk)
    assert (Message.objects.count(), invitations_actions_waves.sweep_waves()) == (2, 0)
    assert "not being sent now" in as_vetter.post(f"{path}pause/", follow=True).text
    as_vetter.post(f"{path}send/")
    invitations_actions_waves.send_wave(wave.pk)
    assert Message.objects.count() == 5
    assert as_vetter.get(f"{path}send/").status_code == 405


def test_whom_the_desk_withdrew_gets_no_mail():
    wave = a_wave(2)
    invitations_actions_desk.withdraw_desk_invitation(
        wave.invitations.get(address="member0@example.org"), actor=wave.made_by
    )
    invitations_actions_waves.send_wave(_started(wave).pk)
    assert Message.objects.get().address == "member1@example.org"


def test_the_mails_are_previewed_once_for_each_language(as_vetter):
    rows = [*listed(2, language="ar"), *listed(1, language="fr", name="Autre")]
    wave = invitations_actions_waves.make_wave(rows, FORMER, actor=person_with(Role.VETTING))
    assert [(one.language, one.people) for one in previews(wave)] == [("ar", 2), ("fr", 1)]
    page = as_vetter.get(wave.get_absolute_url()).text
    assert '<div lang="ar" dir="rtl">' in page
    assert "Autre" in page
    assert not Message.objects.exists()


def test_the_page_tells_how_far_a_wave_is_and_who_failed(as_vetter):
    wave = a_wave(3)
    invitations_actions_waves.send_wave(_started(wave).pk)
    first = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=first.pk).update(status=MailStatus.FAILED)
    assert progress(wave) == (3, 3, 0, 1, 0, 0, 0, 0, 0)
    page = as_vetter.get(f"{wave.get_absolute_url()}?state=bounced")
    assert [one.address for one in page.context["page"].object_list] == [first.address]
    part = as_vetter.get(wave.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert part.text.lstrip().startswith('<section id="progress"')


def test_a_wave_costs_the_same_for_one_and_for_many(as_vetter):
    few, many = a_wave(1), a_wave(4, name="Another")
    as_vetter.get(few.get_absolute_url())
    with CaptureQueriesContext(connection) as small:
        as_vetter.get(few.get_absolute_url())
    with CaptureQueriesContext(connection) as large:
        as_vetter.get(many.get_absolute_url())
    assert len(small) == len(large)


# --- Who may ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_see_and_send_a_wave(client, role):
    wave = a_wave(1)
    person = person_with(role) if role else UserFactory()
    sign_in(client, person)
    may = role in (Role.VETTING, Role.HEAD)
    assert client.get(wave.get_absolute_url()).status_code == (200 if may else 404)
    assert client.get(LIST).status_code == (200 if may else 404)
    assert client.post(f"{wave.get_absolute_url()}send/").status_code == (302 if may else 404)
    assert person.has_perm("stakeholders.view_wave", wave) == may
    assert Wave.objects.visible_to(person).contains(wave) == may
    if not may:
        for forbidden in (invitations_actions_waves.start_wave, invitations_actions_waves.pause_wave):
            with pytest.raises(PermissionDenied):
                forbidden(wave, actor=person)
        with pytest.raises(PermissionDenied):
            a_wave(1, actor=person)


def test_one_more_person_is_added_to_a_wave(as_vetter, django_capture_on_commit_callbacks):
    wave = a_wave(1)
    url, said = wave.get_absolute_url(), {"address": "New@example.org", "language": "en", "kind": "ngo"}
    before = wave.invitations.count()
    refused = as_vetter.post(url, said)
    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == ({"name", "country"} if wave.former else set())
    said |= {"name": "Late  School", "country": "KEN"}
    assert "Added. The invitation is sent with the wave." in as_vetter.post(url, said, follow=True).text
    again = as_vetter.post(url, said)
    assert ("has been invited before" in again.text, "New@example.org" in again.text) == (True, True)
    assert wave.invitations.count() == before + 1
    new = wave.invitations.get(address="new@example.org")
    assert (new.name, new.mailed_at, new.stakeholder and new.stakeholder.listing) == (
        "Late School",
        None,
        Listing.UNLISTED,
    )
    Wave.objects.filter(pk=wave.pk).update(status=WaveStatus.DONE, finished_at="2026-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        page = as_vetter.post(url, {**said, "address": "later@example.org"}, follow=True)
    assert "The invitation is on its way." in page.text
    invitations_actions_waves.send_wave(wave.pk)
    assert wave.invitations.get(address="later@example.org").mailed_at
    assert Wave.objects.get(pk=wave.pk).status == WaveStatus.DONE
