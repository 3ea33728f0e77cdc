"""Introductions: to whom they are offered, who answers, what the asker learns, what never appears by them."""

import re
from datetime import timedelta
from functools import partial
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.data_rights.actions import delete_account
from accounts.data_rights.actions_retention import apply_rules
from accounts.people.enums import Role
from accounts.people.models import Grant
from audit.models import Entry
from core.errors import DomainError, TooMany, WrongState
from core.time_display import VIENNA
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from stakeholders.contact.actions import choose_contact
from stakeholders.contact.models import Block
from stakeholders.entries.enums import ContactFrom, Listing, Status
from stakeholders.entries.models import NOT_NAMED, Stakeholder
from stakeholders.introductions import actions
from stakeholders.introductions.models import Introduction, IntroductionTask
from stakeholders.introductions.queries import figures
from stakeholders.invitations.models import DeskInvitation
from stakeholders.merging.actions import merge
from stakeholders.tasks import close_introductions
from tests.factories.accounts import UserFactory, person_with, sign_in, visiting
from tests.factories.claims import listed_entry
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.rights import made_copy, rows_of
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of, run_together, together, words_of
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db
ANSWERS = {
    "background": "A journalist of the Coast Daily",
    "purpose": "We report on illegal fishing.",
    "text": "May we visit your patrol? https://daily.example",
}
SENT = {**ANSWERS, "agrees": "on"}
OFFER = "Ask for an introduction"


@pytest.fixture
def entry(reference):
    return listed_entry(name="Harbour Observatory", country_id="KEN")


@pytest.fixture
def holder(reference):
    person = person_with(Role.VETTING, name="Vera Vetter", email="vera@desk.example")
    actions.hold_task(actor=person, days=7)
    return person


@pytest.fixture
def asker(reference):
    return UserFactory(name="Bea Asker", email="bea@daily.example", language="fr")


def page_of(entry):
    return f"/en/stakeholders/{entry.pk}/introduction/"


def request_introduction(entry, asker, **answers):
    return actions.ask_for_introduction(entry, actor=asker, **{**ANSWERS, **answers})


def is_offered(client, entry):
    return OFFER in client.get(entry.get_absolute_url()).text


# --- When it is offered -------------------------------------------------------------------------------
@pytest.mark.behaviour("D-26")
def test_it_is_off_until_a_person_of_the_team_holds_the_task_and_names_the_days(client, entry, asker):
    assert not is_offered(client, entry)
    response = visiting(asker).get(page_of(entry))
    assert response.status_code == 403
    assert "Introductions are not offered at present." in words_of(response)
    with pytest.raises(DomainError):
        request_introduction(entry, asker)
    holder = person_with(Role.VETTING)
    actions.hold_task(actor=holder, days=7)
    profile = words_of(client.get(entry.get_absolute_url()))  # also where a visitor's page was kept
    assert f"{OFFER} The WhatsOn team answers within 7 days." in profile
    assert is_offered(visiting(asker), entry)
    actions.end_task(actor=holder)
    assert not is_offered(client, entry)
    assert not is_offered(visiting(asker), entry)


def test_it_ends_with_the_role_of_its_holder(client, entry, holder, asker):
    assert is_offered(client, entry)
    Grant.objects.filter(user=holder).update(ends_at=now())
    assert not is_offered(client, entry)
    with pytest.raises(DomainError, match="not offered at present"):
        request_introduction(entry, asker)
    assert not Introduction.objects.exists()


@pytest.mark.behaviour("D-26")
@pytest.mark.parametrize(
    ("fields", "has_admin", "offered"),
    [
        ({"status": "listed"}, False, True),
        ({}, False, True),
        ({"contact_from": ContactFrom.MEMBERS}, True, True),
        ({"contact_from": ContactFrom.MEMBERS_STATES}, True, True),
        ({"contact_from": ContactFrom.EVERYBODY}, True, False),
        ({"contact_from": ContactFrom.NOBODY}, True, False),
        ({"kind": "expert"}, False, False),
        ({"status": "lapsed"}, False, False),
        ({"status": "suspended"}, False, False),
        ({"status": "listed", "listing": Listing.MEMBERS}, False, False),
        ({"status": "listed", "listing": Listing.COUNTRY}, False, False),
        ({"status": "listed", "listing": Listing.UNLISTED}, False, False),
    ],
)
def test_only_of_public_organizations_that_the_reader_cannot_write_to(
    client, holder, asker, fields, has_admin, offered
):
    source = (
        {"source_name": "A list", "source_date": "2026-01-01"} if fields.get("status") == "listed" else {}
    )
    entry = StakeholderFactory(name="Quiet Harbour", **fields, **source)
    if has_admin:
        member_of(entry)
    sign_in(client, asker)
    assert (OFFER in client.get(entry.get_absolute_url()).text) is offered
    response = client.post(page_of(entry), SENT)
    assert response.status_code in ({302} if offered else {403, 404})
    is_public = fields.get("listing", Listing.PUBLIC) == Listing.PUBLIC
    if fields.get("status") != "suspended":
        assert ("Quiet Harbour" in response.text) is (
            not offered and is_public and response.status_code == 403
        )
    assert Introduction.objects.exists() is offered


def test_an_unlisted_entry_answers_as_a_missing_one_to_everybody(entry, holder, asker):
    Stakeholder.objects.filter(pk=entry.pk).update(listing=Listing.UNLISTED)
    for person in (asker, holder, appointed(countries=["KEN"]).user):
        client = visiting(person)
        hidden, missing = client.get(page_of(entry)), client.get("/en/stakeholders/999999/introduction/")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert "Harbour" not in hidden.text
    with pytest.raises(DomainError, match="not offered"):
        request_introduction(entry, asker)


def test_who_has_blocked_a_person_is_asked_for_nothing_of_theirs(holder, asker):
    entry = StakeholderFactory(contact_from=ContactFrom.MEMBERS)
    admin = member_of(entry)
    Block.objects.create(stakeholder=entry, user=asker, by=admin)
    assert visiting(asker).post(page_of(entry), SENT).status_code == 403
    assert not Introduction.objects.exists()


def test_an_unconfirmed_address_asks_for_nothing_and_nothing_typed_is_lost(entry, holder):
    client = visiting(UserFactory(verified=False))
    response = client.post(page_of(entry), SENT)
    assert response.status_code == 403
    assert "Confirm your e-mail address first" in words_of(response)
    assert ANSWERS["purpose"] in response.text
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("status", ("suspended", "withdrawn"))
def test_whose_own_profile_is_suspended_asks_for_nothing(entry, holder, status):
    person = member_of(StakeholderFactory(status=status))
    with pytest.raises(DomainError, match="suspended or withdrawn"):
        request_introduction(entry, person)


@pytest.mark.parametrize("missing", [*SENT])
def test_each_missing_answer_is_named_at_its_field(entry, holder, asker, missing):
    client = visiting(asker)
    response = client.post(page_of(entry), {**SENT, missing: ""})
    assert response.status_code == 200
    assert f'href="#id_{missing}"' in response.text
    for name in ANSWERS.keys() - {missing}:
        assert ANSWERS[name].split(" https", maxsplit=1)[0] in response.text
    if missing != "agrees":
        with pytest.raises(DomainError) as refusal:
            request_introduction(entry, asker, **{missing: " \u202e "})
        assert missing in refusal.value.fields
    assert not Introduction.objects.exists()


# --- The work -----------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-26")
def test_it_becomes_work_for_the_team_and_the_focal_point_of_the_place(client, entry, holder, asker):
    regional = appointed(countries=["KEN"]).user
    appointed(countries=["FRA"])
    sign_in(client, asker)
    response = client.post(page_of(entry), SENT, follow=True)
    introduction = Introduction.objects.get()
    assert "Your request is sent." in words_of(response)
    assert introduction.text == ANSWERS["text"]
    last_day = (introduction.asked_at.astimezone(VIENNA) + timedelta(days=7)).date()
    assert introduction.last_moment.date() == last_day
    item = WorkItem.objects.get(subject_kind="stakeholders.introduction")
    assert (item.waits_for, item.scope_country, item.until) == (Role.REGIONAL, "KEN", introduction.answer_by)
    mails = Message.objects.filter(kind="stakeholders.introduction_requested")
    assert {mail.user for mail in mails} == {holder, regional}
    assert "Harbour Observatory" in words_of(visiting(holder).get("/en/desk/"))
    assert "Harbour Observatory" in words_of(visiting(regional).get("/en/me/"))
    for person in (holder, regional):
        page = words_of(visiting(person).get(introduction.get_absolute_url()))
        assert asker.email in page
        assert ANSWERS["purpose"] in page
    for person in (UserFactory(), member_of(StakeholderFactory()), person_with(Role.CURATION)):
        assert visiting(person).get(introduction.get_absolute_url()).status_code == 404


def test_it_stands_in_the_region_of_the_focal_point_alone(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    title = "Introductions to answer"
    page = visiting(appointed(countries=["KEN"]).user).get("/en/regional/").text
    assert title in page
    assert f'href="{introduction.get_absolute_url()}"' in page
    assert title not in visiting(appointed(countries=["FRA"]).user).get("/en/regional/").text
    actions.withdraw_introduction(introduction, actor=asker)
    assert title not in visiting(appointed(countries=["KEN"]).user).get("/en/regional/").text


@pytest.mark.parametrize("text", (ANSWERS["text"], "長い手紙" * 200))
def test_who_passes_it_on_may_copy_the_text_or_open_it_as_a_mail(client, entry, holder, asker, text):
    introduction = request_introduction(entry, asker, text=text)
    sign_in(client, holder)
    page = markup_of(client.get(introduction.get_absolute_url()))
    field = re.search(r'<textarea[^>]* id="to-pass-on"[^>]* readonly>(.*?)</textarea>', page)[1]
    for part in (ANSWERS["background"], ANSWERS["purpose"], text, asker.email, entry.name):
        assert part in field
    assert re.search(r'<button[^>]* data-copy="to-pass-on"[^>]* hidden>', page)  # until a script shows it
    mail = urlsplit(unescape(re.search(r'href="(mailto:[^"]*)"', page)[1]))
    headers = dict(parse_qsl(mail.query))
    assert mail.path == ""  # to no address
    assert headers["subject"] == "Introduction through WhatsOn: Bea Asker"
    assert headers.get("body", "").split() == (field.split() if text == ANSWERS["text"] else [])
    own = visiting(asker).get(introduction.get_absolute_url()).text
    assert "mailto:?" not in own


def test_without_a_focal_point_it_is_the_holders(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    item = WorkItem.objects.about(introduction).get()
    assert (item.waits_for, item.holder) == (Role.VETTING, holder)


@pytest.mark.behaviour("D-26")
def test_a_focal_point_records_that_it_was_passed_on_and_the_asker_is_told(client, entry, holder, asker):
    regional = appointed(countries=["KEN"]).user
    introduction = request_introduction(entry, asker)
    sign_in(client, regional)
    page = client.get(introduction.get_absolute_url()).text
    assert 'value="portal"' not in page  # nobody of it is here
    assert 'name="invite"' not in page  # the team alone invites
    sent = {"pass_on": "1", "pass_on-way": "email", "pass_on-note": "They read mail on Mondays."}
    assert client.post(introduction.get_absolute_url(), sent).status_code == 302
    introduction.refresh_from_db()
    assert (introduction.status, introduction.way) == ("passed_on", "email")
    assert not WorkItem.objects.about(introduction).open().exists()
    mail = Message.objects.get(kind="stakeholders.introduction_answered")
    assert (mail.user, mail.language) == (asker, "fr")
    assert Notice.objects.filter(user=asker, subject_id=introduction.pk).exists()
    assert "They read mail on Mondays." in "".join(
        sent.body for sent in deliver_all() if sent.to == [asker.email]
    )
    own = words_of(visiting(asker).get(introduction.get_absolute_url()))
    assert "The organization has your message" in own
    assert "They read mail on Mondays." in own
    assert "Passed on to the organization" in words_of(visiting(asker).get("/en/me/"))
    # The portal has written to nobody but those who were told.
    assert {mail.user_id for mail in Message.objects.all()} <= {asker.pk, holder.pk, regional.pk}


def test_by_the_portal_it_reaches_the_people_of_the_organization(holder, asker):
    entry = StakeholderFactory(name="Patrol", contact_from=ContactFrom.MEMBERS)
    admin, reader = member_of(entry), member_of(entry, role="reader")
    introduction = request_introduction(entry, asker)
    assert visiting(admin).get(introduction.get_absolute_url()).status_code == 404
    response = visiting(holder).post(
        introduction.get_absolute_url(), {"pass_on": "1", "pass_on-way": "portal"}
    )
    assert response.status_code == 302
    mail = Message.objects.get(kind="stakeholders.introduction_passed_on")
    assert mail.user == admin
    body = next(sent.body for sent in deliver_all() if sent.to == [admin.email])
    assert "bea[@]daily[.]example" in body
    assert "https[:]//daily[.]example" in body
    assert asker.email in words_of(visiting(admin).get(introduction.get_absolute_url()))
    assert visiting(reader).get(introduction.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("how", ("takes no messages", "has blocked the asker"))
def test_the_portal_passes_nothing_on_to_people_who_take_nothing_of_the_asker(holder, asker, how):
    entry = StakeholderFactory(contact_from=ContactFrom.MEMBERS)
    admin = member_of(entry)
    introduction = request_introduction(entry, asker)
    if how == "takes no messages":
        choose_contact(entry, ContactFrom.NOBODY, actor=admin)
    else:
        Block.objects.create(stakeholder=entry, user=asker, by=admin)
    assert 'value="portal"' not in visiting(holder).get(introduction.get_absolute_url()).text
    with pytest.raises(DomainError) as refusal:
        actions.pass_on(introduction, actor=holder, way="portal")
    assert "way" in refusal.value.fields
    assert not Message.objects.filter(kind="stakeholders.introduction_passed_on").exists()


def test_the_portal_writes_to_nobody_where_nobody_is_there(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    for way in ("portal", "pigeon"):
        with pytest.raises(DomainError) as refusal:
            actions.pass_on(introduction, actor=holder, way=way)
        assert "way" in refusal.value.fields
    introduction.refresh_from_db()
    assert introduction.is_open


@pytest.mark.behaviour("D-26")
def test_the_team_invites_the_organization_to_claim_its_profile(client, entry, holder, asker):
    introduction = request_introduction(entry, asker)
    sign_in(client, holder)
    wrong = client.post(
        introduction.get_absolute_url(), {"invite": "1", "invite-address": "no", "invite-language": "fr"}
    )
    assert wrong.status_code == 200
    assert 'href="#id_invite-address"' in wrong.text
    sent = {"invite": "1", "invite-address": "info@coastalwatch.org", "invite-language": "fr"}
    client.post(introduction.get_absolute_url(), sent)
    invitation = DeskInvitation.objects.get()
    assert (invitation.stakeholder, invitation.language) == (entry, "fr")
    introduction.refresh_from_db()
    assert introduction.status == "invited"
    mails = deliver_all()
    to_organization = next(mail.body for mail in mails if mail.to == ["info@coastalwatch.org"])
    assert ANSWERS["purpose"] not in to_organization
    assert asker.email not in to_organization
    own = words_of(visiting(asker).get(introduction.get_absolute_url()))
    assert "Once it has done so, you can write to it." in own
    assert "info@coastalwatch.org" not in own


def test_a_second_open_invitation_leaves_the_introduction_open(entry, holder, asker):
    first = request_introduction(entry, asker)
    second = request_introduction(entry, UserFactory())
    actions.invite_to_claim(first, actor=holder, address="info@coastalwatch.org", language="en")
    with pytest.raises(DomainError) as refusal:
        actions.invite_to_claim(second, actor=holder, address="info@coastalwatch.org", language="en")
    assert "address" in refusal.value.fields
    second.refresh_from_db()
    assert second.is_open


def test_a_focal_point_does_not_invite(entry, holder, asker):
    regional = appointed(countries=["KEN"]).user
    introduction = request_introduction(entry, asker)
    with pytest.raises(PermissionDenied):
        actions.invite_to_claim(introduction, actor=regional, address="info@coastalwatch.org", language="en")
    sent = {"invite": "1", "invite-address": "info@coastalwatch.org", "invite-language": "en"}
    assert visiting(regional).post(introduction.get_absolute_url(), sent).status_code == 404
    assert not DeskInvitation.objects.exists()


def test_a_decline_has_a_reason_that_the_asker_reads(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    client = visiting(holder)
    none = client.post(introduction.get_absolute_url(), {"decline": "1"})
    assert 'href="#id_decline-reason"' in none.text
    other = {"decline": "1", "decline-reason": "other"}
    assert "Give the reason in the note." in client.post(introduction.get_absolute_url(), other).text
    client.post(introduction.get_absolute_url(), {"decline": "1", "decline-reason": "no_address"})
    introduction.refresh_from_db()
    assert introduction.status == "declined"
    asker.language = "en"
    asker.save()
    own = words_of(visiting(asker).get(introduction.get_absolute_url()))
    assert "No public address of the organization is known" in own
    assert Message.objects.get(kind="stakeholders.introduction_answered").facts["reason"] == "no_address"


def test_neither_who_asked_nor_who_belongs_to_it_decides(holder, asker):
    entry = StakeholderFactory(contact_from=ContactFrom.MEMBERS)
    member_of(entry)
    colleague = person_with(Role.VETTING)
    MembershipFactory(stakeholder=entry, user=colleague, role="reader")
    own = request_introduction(entry, asker)
    with pytest.raises(DomainError, match="involved in this matter"):
        actions.pass_on(own, actor=colleague, way="email")
    listed = request_introduction(listed_entry(), person_with(Role.VETTING))
    with pytest.raises(DomainError, match="involved in this matter"):
        actions.decline_introduction(listed, actor=listed.asker, reason="unclear")


# --- Twice is once ------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_one_is_made(entry, holder, asker):
    outcomes = run_together(
        partial(request_introduction, entry, asker), partial(request_introduction, entry, asker)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Introduction", "WrongState"]
    assert Introduction.objects.count() == 1
    assert Message.objects.filter(kind="stakeholders.introduction_requested").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_holds_and_the_asker_is_told_once(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    head = person_with(Role.HEAD)
    raised = together(
        lambda: actions.pass_on(introduction, actor=holder, way="email"),
        lambda: actions.decline_introduction(introduction, actor=head, reason="unclear"),
    )
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "WrongState"]
    assert Message.objects.filter(kind="stakeholders.introduction_answered").count() == 1
    assert Decision.objects.filter(subject_kind="stakeholders.introduction").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_the_clock_at_once_are_one_end(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    late = introduction.answer_by + timedelta(minutes=1)
    together(
        lambda: actions.decline_introduction(introduction, actor=holder, reason="unclear"),
        lambda: actions.close_due(late),
        lambda: actions.close_due(late),
    )
    actions.close_due(late)
    assert Message.objects.filter(kind="stakeholders.introduction_answered").count() == 1
    assert Decision.objects.filter(subject_kind="stakeholders.introduction").count() == 1
    assert not WorkItem.objects.open().filter(subject_kind="stakeholders.introduction").exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_one_task_and_one_open_request_each(entry, holder, asker):
    request_introduction(entry, asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.create(stakeholder=entry, asker=asker, answer_by=now(), **ANSWERS)
    with pytest.raises(IntegrityError), transaction.atomic():
        IntroductionTask.objects.create(pk=2, holder=holder)
    connection.close()


def test_a_late_answer_is_a_warning_and_changes_nothing(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    actions.withdraw_introduction(introduction, actor=asker)
    sent = {"pass_on": "1", "pass_on-way": "email"}
    response = visiting(holder).post(introduction.get_absolute_url(), sent, follow=True)
    assert "This introduction is closed already." in words_of(response)
    with pytest.raises(WrongState):
        actions.pass_on(introduction, actor=holder, way="email")
    introduction.refresh_from_db()
    assert introduction.status == "withdrawn"


# --- Limits -------------------------------------------------------------------------------------------
def test_limits_of_a_person_and_of_an_organization(holder, asker, entry):
    for number in range(3):
        request_introduction(listed_entry(name=f"Patrol {number}"), asker)
    client = visiting(asker)
    response = client.post(page_of(entry), SENT)
    assert "Too many attempts" in words_of(response)
    assert ANSWERS["purpose"] in response.text
    for _person in range(5):
        request_introduction(entry, UserFactory())
    with pytest.raises(TooMany):
        request_introduction(entry, UserFactory())
    assert Introduction.objects.filter(stakeholder=entry).count() == 5


def test_it_is_asked_for_once_and_again_a_month_after_the_answer(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    client = visiting(asker)
    assert client.get(page_of(entry)).url == introduction.get_absolute_url()
    assert "See your request for an introduction" in client.get(entry.get_absolute_url()).text
    actions.decline_introduction(introduction, actor=holder, reason="unclear")
    with pytest.raises(DomainError, match="not long ago"):
        request_introduction(entry, asker)
    Introduction.objects.update(closed_at=now() - timedelta(days=31))
    assert request_introduction(entry, asker).is_open


def test_what_was_withdrawn_may_be_asked_for_again_at_once(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    visiting(asker).post(introduction.get_absolute_url(), {"withdraw": "1"})
    assert not WorkItem.objects.about(introduction).open().exists()
    assert request_introduction(entry, asker).is_open
    with pytest.raises(PermissionDenied):
        actions.withdraw_introduction(Introduction.objects.open().get(), actor=holder)


# --- The clock ----------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-26")
def test_after_the_named_days_it_is_closed_and_the_asker_is_told(client, entry, holder, asker):
    introduction = request_introduction(entry, asker)
    assert actions.close_due(introduction.answer_by - timedelta(minutes=1)) == 0
    Introduction.objects.update(answer_by=now() - timedelta(minutes=1))
    close_introductions()
    close_introductions()
    introduction.refresh_from_db()
    assert introduction.status == "expired"
    mail = Message.objects.get(kind="stakeholders.introduction_answered")
    assert (mail.user, mail.facts["status"]) == (asker, "expired")
    assert not WorkItem.objects.open().filter(subject_kind="stakeholders.introduction").exists()
    asker.language = "en"
    asker.save()
    sign_in(client, asker)
    own = words_of(client.get(introduction.get_absolute_url()))
    assert "there was no answer in the days that were named" in own
    assert request_introduction(entry, asker).is_open


def test_closing_takes_as_many_statements_for_more(entry, holder):
    def add():
        introduction = request_introduction(listed_entry(), UserFactory())
        Introduction.objects.filter(pk=introduction.pk).update(answer_by=now() - timedelta(minutes=1))

    assert_no_growth(actions.close_due, add, is_once=True)


def test_those_that_wait_are_answered_after_the_offer_has_ended(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    actions.end_task(actor=holder)
    actions.pass_on(introduction, actor=holder, way="telephone")
    introduction.refresh_from_db()
    assert introduction.status == "passed_on"


# --- Entries that hide, merge or go -------------------------------------------------------------------
@pytest.mark.parametrize("how", ({"listing": Listing.UNLISTED}, {"status": Status.SUSPENDED}))
def test_what_hides_is_closed_and_named_to_nobody_outside_the_desk(holder, asker, how):
    entry = StakeholderFactory(name="Quiet Harbour", country_id="KEN")
    regional = appointed(countries=["KEN"]).user
    introduction = request_introduction(entry, asker)
    Stakeholder.objects.filter(pk=entry.pk).update(**how)
    assert visiting(regional).get(introduction.get_absolute_url()).status_code == 404
    assert "Quiet Harbour" not in visiting(regional).get("/en/me/").text
    assert actions.close_due() == 1
    mail = Message.objects.get(kind="stakeholders.introduction_answered")
    assert mail.facts["name"] == str(NOT_NAMED)
    client = visiting(asker)
    for page in (introduction.get_absolute_url(), "/en/me/"):
        assert "Quiet Harbour" not in client.get(page).text
    copy = rows_of(made_copy(asker, "messages"), "messages")
    assert "Quiet Harbour" not in str(copy)


def test_two_of_one_person_that_meet_in_a_merge_are_one(entry, holder, asker):
    other = listed_entry(name="Harbour Observatory Kenya", website="https://other.example")
    stays, goes = request_introduction(entry, asker), request_introduction(other, asker)
    alone = request_introduction(other, UserFactory())
    merge(other, entry, actor=person_with(Role.HEAD), reason="The same.")
    statuses = dict(Introduction.objects.values_list("pk", "status"))
    assert statuses == {stays.pk: "open", goes.pk: "expired", alone.pk: "open"}
    alone.refresh_from_db()
    assert alone.stakeholder == entry


def test_retention_removes_them_with_everything_about_them(entry, holder, asker):
    old, waiting = request_introduction(entry, asker), request_introduction(entry, UserFactory())
    actions.decline_introduction(old, actor=holder, reason="other", note="Ask the ministry.")
    Introduction.objects.filter(pk=old.pk).update(closed_at=now() - timedelta(days=366))
    apply_rules()
    assert list(Introduction.objects.all()) == [waiting]
    about = {"subject_kind": "stakeholders.introduction", "subject_id": old.pk}
    for model in (Message, Notice, WorkItem, Decision):
        assert not model.objects.filter(**about).exists()


def test_an_account_takes_its_requests_along_and_has_them_in_its_copy(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    copied = str(rows_of(made_copy(asker, "messages"), "messages"))
    for text in (*ANSWERS.values(), "Harbour Observatory"):
        assert text in copied
    delete_account(asker, actor=asker)
    assert not Introduction.objects.exists()
    about = {"subject_kind": "stakeholders.introduction", "subject_id": introduction.pk}
    for model in (Message, Notice, WorkItem):
        assert not model.objects.filter(**about).exists()


def test_the_audit_keeps_no_word_of_it(entry, holder, asker):
    introduction = request_introduction(entry, asker)
    actions.decline_introduction(introduction, actor=holder, reason="unclear", note="Who are you?")
    data = str(list(Entry.objects.values_list("data", flat=True)))
    for text in (*ANSWERS.values(), "Who are you?", "Bea"):
        assert text not in data


# --- The desk -----------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-26")
def test_the_desk_takes_and_ends_the_task_and_sees_what_it_adds(client, entry, asker):
    person = person_with(Role.HEAD, name="Hana Head")
    sign_in(client, person)
    desk = "/en/desk/vetting/introductions/"
    assert "No one holds the task yet" in words_of(client.get(desk))
    wrong = client.post(desk, {"hold": "1", "days": "99"})
    assert 'aria-invalid="true"' in wrong.text
    assert not IntroductionTask.objects.held().exists()
    client.post(desk, {"hold": "1", "days": "5"})
    page = words_of(client.get(desk))
    assert "Hana Head has held it since" in page
    assert "within 5 days" in page
    first, second = request_introduction(entry, asker), request_introduction(entry, UserFactory())
    Introduction.objects.filter(pk=first.pk).update(asked_at=now() - timedelta(days=3))
    actions.pass_on(first, actor=person, way="form")
    numbers = figures(person)
    assert (numbers.open, numbers.oldest, numbers.requests, numbers.answered) == (1, second.asked_at, 2, 1)
    assert numbers.median_days == 3.0
    assert ANSWERS["purpose"] in client.get(desk).text
    assert "Passed on to the organization" in client.get(f"{desk}?state=closed").text
    client.post(desk, {"end": "1"})
    client.post(desk, {"end": "1"})
    assert "No one holds the task yet" in words_of(client.get(desk))
    assert Entry.objects.filter(action="stakeholders.introductions_ended").count() == 1


def test_the_list_of_the_desk_asks_as_many_statements_for_more(client, entry, holder):
    sign_in(client, holder)
    assert_no_growth(
        lambda: client.get("/en/desk/vetting/introductions/"),
        lambda: request_introduction(listed_entry(), UserFactory()),
    )


@pytest.mark.parametrize("role", (Role.CURATION, Role.REGIONAL, Role.ADMINISTRATOR))
def test_nobody_else_holds_the_task(reference, role):
    person = person_with(role)
    for act in (partial(actions.hold_task, days=5), actions.end_task):
        with pytest.raises(PermissionDenied):
            act(actor=person)


def test_the_sign_in_says_what_it_is_for_and_nothing_of_a_hidden_entry(client, entry, holder):
    sentence = "Sign in to ask for an introduction to Harbour Observatory."
    assert sentence in words_of(client.get(page_of(entry), follow=True))
    Stakeholder.objects.filter(pk=entry.pk).update(listing=Listing.UNLISTED)
    assert "Harbour" not in client.get(page_of(entry), follow=True).text
