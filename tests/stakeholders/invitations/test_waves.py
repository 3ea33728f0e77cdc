"""A wave is sent in steps, watched and reminded of; and nothing of it shows before people confirm."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.bounces.models import Suppression
from notifications.outbox.enums import Status as MailStatus
from notifications.outbox.models import Message
from portal.machines.queries import stakeholders_for_sitemap
from search.queries import find
from search.spelling import did_you_mean
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import Purpose
from stakeholders.applications.queries import likely_matches
from stakeholders.directory.queries import DirectoryQuery
from stakeholders.directory.queries_counts import Counts
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exports.queries import lines
from stakeholders.invitations import actions_desk as invitations_actions_desk
from stakeholders.invitations import actions_waves as invitations_actions_waves
from stakeholders.invitations.enums import WaveStatus
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.invitations.queries import previews, progress, unanswered_invitations
from stakeholders.registers.actions import remove_listed
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.invited import FORMER, a_wave, listed
from tests.factories.stakeholders import ANSWERS, PDF, StakeholderFactory, full_draft, member_of
from tests.support import refused_and_each, statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

LIST = "/en/desk/vetting/invitations/list/"
KIND = "stakeholders.invited_by_desk"


def at(wave):
    """State → how many of the wave, and the shares add up."""
    return {share.state: share.number for share in progress(wave.invitations.all()).shares if share.number}


# --- Nothing shows ------------------------------------------------------------------------------------
VIEWERS = {
    "visitor": lambda: None,
    "person": UserFactory,
    "invited": lambda: UserFactory(email="member0@example.org"),
    "state": lambda: person_with(Role.STATE, country="KEN"),
    "regional": lambda: person_with(Role.REGIONAL, country="KEN"),
    # The last, as it brings an entry that everybody finds.
    "member": lambda: member_of(StakeholderFactory(name="Elsewhere", country_id="AUT")),
}


@pytest.mark.slow
@pytest.mark.behaviour("D-24")
@pytest.mark.parametrize("sent", (False, True))
def test_nothing_of_a_former_member_shows_before_they_confirm(client, sent, subtests):
    from django.contrib.auth.models import AnonymousUser

    before = DirectoryVersion.objects.current()
    wave = a_wave(6)
    if sent:
        invitations_actions_waves.start_wave(wave, actor=wave.made_by)
        invitations_actions_waves.send_wave(wave.pk)
    for who, make in VIEWERS.items():
        with subtests.test(who=who):
            person = make()
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
            assert not any(
                stakeholder.pk in set(hidden.values_list("pk", flat=True))
                for stakeholder in stakeholders_for_sitemap()
            )
            draft = full_draft(UserFactory(), name="Hidden Society 1", website="")
            assert likely_matches(draft, Stakeholder.objects.visible_to(user)) == []


def test_the_total_of_a_country_leaves_them_out(vetter):
    a_wave(6)
    query = DirectoryQuery(country=("KEN",))
    assert Counts(vetter, 0).unnamed(query) == {}
    for number in range(5):
        StakeholderFactory(name=f"Counted {number}", listing=Listing.COUNTRY)
    assert Counts(vetter, 1).unnamed(query) == {"KEN": 5}


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


@pytest.mark.behaviour("D-24")
def test_a_former_member_claims_corrects_consents_and_is_shown(vetter, client):
    entry = Stakeholder.objects.filter(status=Status.LISTED)
    application = confirmed()
    assert (application.purpose, application.stakeholder) == (Purpose.CLAIM, entry.get())
    assert client.get(f"/en/stakeholders/{application.stakeholder_id}/").status_code == 404
    shown = vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    assert shown.pk == application.stakeholder_id
    assert Stakeholder.objects.count() == 1
    assert (shown.status, shown.listing, shown.name) == (Status.ACTIVE, Listing.PUBLIC, "Society for Light")
    assert shown.source_name == FORMER.source
    assert shown.memberships.get().user == application.applicant
    assert "Society for Light" in client.get("/en/stakeholders/").text
    assert at(Wave.objects.get()) == {"approved": 1}


def test_the_listing_that_they_choose_is_honoured(vetter, client):
    shown = vetting_actions.approve(
        confirmed(Listing.UNLISTED), actor=vetter, unscreened_reason="No list here."
    )
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
        vetting_actions.approve(confirmed(), actor=vetter, unscreened_reason="No list here.")
    assert Stakeholder.objects.get().status == Status.LISTED


def test_an_entry_that_was_withdrawn_meanwhile_cannot_be_claimed(vetter):
    application = confirmed()
    Stakeholder.objects.update(status=Status.WITHDRAWN)
    with pytest.raises(DomainError, match="The profile has been claimed by"):
        vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    application.refresh_from_db()
    assert application.status == "submitted"


# --- Sending ------------------------------------------------------------------------------------------
def test_a_wave_is_written_in_steps_each_person_once(monkeypatch):
    monkeypatch.setattr(invitations_actions_waves, "STEP", 2)
    wave = _started(a_wave(5))
    assert invitations_actions_waves.send_some(wave.pk)
    shares = progress(wave.invitations.all())
    assert (shares.total, shares.written, shares.mailed) == (5, 2, 0)
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
    assert [(preview.language, preview.people) for preview in previews(wave.invitations.all())] == [
        ("ar", 2),
        ("fr", 1),
    ]
    page = as_vetter.get(wave.get_absolute_url()).text
    assert '<div lang="ar" dir="rtl">' in page
    assert "Autre" in page
    assert not Message.objects.exists()


def test_the_page_tells_how_far_a_wave_is_and_who_failed(as_vetter):
    wave = a_wave(3)
    invitations_actions_waves.send_wave(_started(wave).pk)
    first = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=first.pk).update(status=MailStatus.FAILED)
    assert at(wave) == {"invited": 2, "bounced": 1}
    page = as_vetter.get(f"{wave.get_absolute_url()}?state=bounced")
    assert [invitation.address for invitation in page.context["page"].object_list] == [first.address]
    part = as_vetter.get(wave.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert part.text.lstrip().startswith('<section id="progress"')


def test_a_wave_costs_the_same_for_one_and_for_many(as_vetter):
    few, many = (a_wave(number, name=f"Wave {number}").get_absolute_url() for number in (1, 4))
    as_vetter.get(few)
    assert statements_of(lambda: as_vetter.get(few)) == statements_of(lambda: as_vetter.get(many))


# --- Reminding ----------------------------------------------------------------------------------------
def written(count, days=8):
    """A wave all of which was written so many days ago."""
    wave = _started(a_wave(count))
    invitations_actions_waves.send_wave(wave.pk)
    wave.invitations.update(mailed_at=now() - timedelta(days=days))
    wave.refresh_from_db()
    return wave


def test_who_has_not_answered_is_reminded_once(as_vetter):
    wave = written(6)
    declined, withdrawn, bounced, held, begun, silent = wave.invitations.order_by("pk")
    invitations_actions_desk.decline_desk_invitation(declined, actor=None)
    invitations_actions_desk.withdraw_desk_invitation(withdrawn, actor=wave.made_by)
    Message.objects.filter(subject_id=bounced.pk).update(status=MailStatus.FAILED)
    Suppression.objects.create(address=held.address.upper(), reason="It came back.")
    invitations_actions_desk.accept_desk_invitation(begun, actor=UserFactory(email=begun.address))
    page = as_vetter.get(f"{wave.get_absolute_url()}reminder/")
    assert (page.context["count"], [preview.people for preview in page.context["previews"]]) == (1, [1])
    assert "We have written to you before" in page.text
    before = Message.objects.count()
    as_vetter.post(f"{wave.get_absolute_url()}reminder/")
    invitations_actions_waves.send_wave(wave.pk)
    mail = Message.objects.filter(kind=KIND).latest("pk")
    assert (Message.objects.count(), mail.address) == (before + 1, silent.address)
    assert mail.facts["reminder"] is True
    old, fresh = silent.token_hash, DeskInvitation.objects.get(pk=silent.pk)
    assert (fresh.token_hash == old, bool(fresh.reminded_at), fresh.is_good) == (False, True, True)
    wave.refresh_from_db()
    assert (wave.status, wave.reminding_since) == (WaveStatus.DONE, None)
    assert Entry.objects.get(action="stakeholders.wave_reminded").data == {"count": 1}
    again = as_vetter.post(f"{wave.get_absolute_url()}reminder/", follow=True)
    assert "There is no invitation to remind of now." in again.text


def test_nobody_is_reminded_within_a_week_and_of_what_ran_out_they_are():
    assert not unanswered_invitations(written(1, days=6), now()).exists()
    wave = Wave.objects.get()
    wave.invitations.update(mailed_at=now() - timedelta(days=90), expires_at=now() - timedelta(days=30))
    assert unanswered_invitations(wave, now()).count() == 1


def test_reminders_are_written_in_steps_and_can_be_paused(monkeypatch):
    monkeypatch.setattr(invitations_actions_waves, "STEP", 2)
    wave = written(5)
    invitations_actions_waves.remind(wave, actor=wave.made_by)
    with pytest.raises(WrongState):
        invitations_actions_waves.remind(wave, actor=wave.made_by)
    invitations_actions_waves.send_some(wave.pk)
    invitations_actions_waves.pause_wave(wave, actor=wave.made_by)
    invitations_actions_waves.send_wave(wave.pk)
    assert wave.invitations.exclude(reminded_at=None).count() == 2
    wave.refresh_from_db()
    invitations_actions_waves.start_wave(wave, actor=wave.made_by)
    invitations_actions_waves.send_wave(wave.pk)
    assert Message.objects.count() == 10
    assert Message.objects.values("subject_id").distinct().count() == 5


def test_the_file_of_a_wave_says_what_became_of_each(as_vetter):
    wave = written(2)
    first, second = wave.invitations.order_by("pk")
    DeskInvitation.objects.filter(pk=second.pk).update(name="=2+2")
    invitations_actions_desk.decline_desk_invitation(first, actor=None, reason="Not us")
    answer = as_vetter.get(f"{wave.get_absolute_url()}progress.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    _head, declined_row, open_row = csv.reader(io.StringIO(text))
    assert (declined_row[3], declined_row[5], declined_row[9]) == (first.address, "Declined", "Not us")
    assert (open_row[0], open_row[5]) == ("'=2+2", "Invited")


# --- Who may ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("people", refused_and_each([*Role, None], (Role.VETTING, Role.HEAD)))
def test_who_may_see_and_send_a_wave(client, people, subtests):
    wave = a_wave(1)
    for role in people:
        with subtests.test(role=role):
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
    url, fields = wave.get_absolute_url(), {"address": "New@example.org", "language": "en", "kind": "ngo"}
    before = wave.invitations.count()
    refused = as_vetter.post(url, fields)
    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == ({"name", "country"} if wave.former else set())
    fields |= {"name": "Late  School", "country": "KEN"}
    assert "Added. The invitation is sent with the wave." in as_vetter.post(url, fields, follow=True).text
    again = as_vetter.post(url, fields)
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
        page = as_vetter.post(url, {**fields, "address": "later@example.org"}, follow=True)
    assert "The invitation is on its way." in page.text
    invitations_actions_waves.send_wave(wave.pk)
    assert wave.invitations.get(address="later@example.org").mailed_at
    assert Wave.objects.get(pk=wave.pk).status == WaveStatus.DONE
