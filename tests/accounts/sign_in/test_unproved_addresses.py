"""An address that nobody has proved gives nobody anything. Each test plays the owner and the stranger."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now

from accounts.data_rights.actions import delete_account
from accounts.hooks import sections
from accounts.people.enums import Legal
from accounts.people.models import Consent, LegalVersion, User
from accounts.sign_in import views as sign_in_views
from news.newsletter.models import Subscriber
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from stakeholders.invitations.actions import invite
from stakeholders.invitations.models import Invitation
from tests.accounts.sign_in.people import CODE, EMAIL, HERS, LOGIN, ME, VICTIM, Person, newest, owner_of
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
RESET = "/en/accounts/password/reset/"


@pytest.fixture
def owner():
    return Person()


@pytest.fixture
def stranger():
    return Person()


@pytest.fixture
def account(stranger):
    """The stranger's own, in which they are signed in."""
    user = UserFactory(email="stranger@example.org", name="Mallory")
    stranger.browser.force_login(user)
    return user


# --- The invited colleague ------------------------
def test_no_code_proves_an_address_for_the_account_of_a_stranger(owner, stranger, account):
    stranger.wants(VICTIM)
    mail = owner.asks_for_a_code()
    assert mail.kind == "accounts.unknown_account"
    assert "code" not in mail.facts
    assert owner_of(VICTIM) is None


def test_a_stranger_does_not_accept_what_was_sent_to_a_colleague(owner, stranger, account, reference):
    entry = StakeholderFactory()
    admin = member_of(entry)
    stranger.wants(VICTIM)
    invite(entry, VICTIM, MemberRole.ADMIN, actor=admin)
    link = newest().url
    owner.asks_for_a_code()
    answer = owner.browser.post("/en/accounts/login/code/confirm/", {"code": "ABC-123"})
    assert not owner.is_in, answer
    invitation = Invitation.objects.get()
    for address in (link, f"/en/stakeholders/invitations/{invitation.pk}/"):
        stranger.browser.post(address)
    assert not Membership.objects.filter(user=account).exists()
    # The colleague signs up, confirms and accepts, whatever the stranger wants.
    owner.signs_up(HERS, next=link)
    assert owner.browser.post(newest().url).url == link
    owner.browser.post(link)
    assert Membership.objects.get(stakeholder=entry, role=MemberRole.ADMIN, user__email=VICTIM)


def test_a_new_password_is_not_set_by_an_address_that_is_only_wanted(owner, stranger, account):
    stranger.wants(VICTIM)
    owner.browser.post(RESET, {"email": VICTIM})
    assert newest().kind == "accounts.unknown_account"


# --- The account that a stranger made with the address of somebody else ------------------------
@pytest.mark.parametrize("again", [False, True], ids=["known to nobody", "signed in once more"])
def test_the_password_of_a_stranger_ends_when_the_owner_confirms(owner, stranger, again):
    stranger.signs_up()
    if again:
        stranger.signs_in(PASSWORD)
    page = owner.browser.get(newest().url)
    assert (page.context["can_confirm"], page.context["knows_password"]) == (True, False)
    assert "Amina" in page.content.decode()
    owner.browser.post(newest().url)
    assert owner_of(VICTIM).has_usable_password() is False
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in
    # The owner comes in by a code and chooses a password.
    code = owner.asks_for_a_code().facts["code"]
    owner.browser.post("/en/accounts/login/code/confirm/", {"code": code})
    assert owner.is_in
    owner.browser.post("/en/accounts/password/set/", {"password1": HERS, "password2": HERS})
    assert owner.signs_in(HERS).url == ME
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in


def test_a_code_for_an_account_that_waits_goes_to_nobody(owner, stranger):
    stranger.signs_up()
    assert owner.asks_for_a_code().kind == "accounts.unknown_account"
    owner.browser.post(RESET, {"email": VICTIM})
    assert newest().kind == "accounts.unknown_account"
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_who_signs_up_and_opens_the_link_there_keeps_the_password(owner):
    owner.signs_up(HERS)
    assert owner.browser.get(newest().url).context["knows_password"] is True
    owner.browser.get("/en/")
    assert owner.browser.post(newest().url).url == ME
    assert owner.is_in
    assert owner.signs_in(HERS).url == ME


def test_the_second_click_says_how_to_sign_in_and_keeps_the_way(owner):
    """A mail program opened the link first, or another browser: the password may have gone with that."""
    owner.signs_up(HERS, next="/en/stakeholders/register/?kind=ngo&a=1")
    link = newest().url
    assert "next=" in link
    Client().post(link)
    way = "?next=%2Fen%2Fstakeholders%2Fregister%2F%3Fkind%3Dngo%26a%3D1"
    bare = link.partition("?")[0]
    for page in (
        owner.browser.get(link),
        owner.browser.post(bare, {"next": "/en/stakeholders/register/?kind=ngo&a=1"}),
    ):
        assert "confirmed already" in page.text
        assert f'href="{LOGIN}{way}"' in page.text
        assert f'href="{CODE}{way}"' in page.text
    assert f'href="{CODE}"' in owner.browser.get(bare).text


def test_who_types_the_password_in_the_browser_of_the_mail_keeps_it(owner):
    owner.signs_up(HERS)
    link = newest().url
    owner.browser = Client()
    owner.signs_in(HERS)
    assert owner.browser.post(link).url == ME
    assert owner_of(VICTIM).check_password(HERS)


def test_who_opens_the_link_on_another_device_keeps_the_password_by_typing_it(owner):
    owner.signs_up(HERS)
    link = newest().url
    owner.browser = Client()
    page = owner.browser.get(link)
    assert page.context["knows_password"] is False
    assert "Confirm and keep the password" in page.text
    assert page.context["confirmation"].email_address.email in page.text
    assert "Show password" in page.text
    assert owner.browser.post(link, {"keep": "1", "password": HERS}).url == ME
    assert owner.is_in
    assert owner.signs_in(HERS).url == ME


@pytest.mark.parametrize("typed", ["", HERS, "something else entirely"])
def test_the_password_of_a_stranger_is_not_kept_by_an_owner_who_cannot_type_it(owner, stranger, typed):
    stranger.signs_up()
    link = newest().url
    page = owner.browser.post(link, {"keep": "1", "password": typed})
    assert page.context["password_form"].errors
    assert not EmailAddress.objects.filter(verified=True).exists()
    assert PASSWORD not in page.text
    owner.browser.post(link)
    assert owner_of(VICTIM).has_usable_password() is False
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in


def test_a_stranger_who_signs_up_after_the_owner_does_not_gain_by_what_the_owner_types(owner, stranger):
    """The last sign-up has set the password: what the owner types no longer fits, and the stranger's goes."""
    owner.signs_up(HERS)
    link = newest().url
    stranger.signs_up()
    owner.browser = Client()
    assert owner.browser.post(link, {"keep": "1", "password": HERS}).context["password_form"].errors
    owner.browser.post(link)
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in


def test_a_sign_up_between_the_typing_and_the_confirmation_confirms_nothing(owner, stranger, monkeypatch):
    owner.signs_up(HERS)
    link = newest().url
    owner.browser = Client()
    held = sign_in_views._hold_confirmation

    def after_another_sign_up(confirmation):
        monkeypatch.setattr(sign_in_views, "_hold_confirmation", held)
        stranger.signs_up()
        return held(confirmation)

    monkeypatch.setattr(sign_in_views, "_hold_confirmation", after_another_sign_up)
    page = owner.browser.post(link, {"keep": "1", "password": HERS})
    assert "The account was changed." in page.text
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_password_is_not_guessed_by_whoever_has_the_link(owner, stranger):
    stranger.signs_up()
    link = newest().url
    answers = [
        owner.browser.post(link, {"keep": "1", "password": f"guess {n}"}).status_code for n in range(11)
    ]
    assert answers == [200] * 10 + [429]


def test_an_account_that_waits_does_not_stop_its_owner(owner, stranger):
    stranger.signs_up(name="Somebody")
    first = newest().url
    owner.signs_up(HERS)
    assert newest().kind == "accounts.email_confirmation_signup"
    assert User.objects.get(email=VICTIM).name == "Amina"
    owner.browser.post(first)  # the link of the first mail is as good
    assert owner.is_in
    assert owner.signs_in(HERS).url == ME
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in


def test_a_stranger_who_signs_up_after_the_owner_gains_nothing(owner, stranger):
    owner.signs_up(HERS)
    link = newest().url
    stranger.signs_up()
    assert owner.browser.get(link).context["knows_password"] is False
    owner.browser.post(link)
    assert owner_of(VICTIM).has_usable_password() is False
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in


def test_what_a_stranger_agreed_to_is_asked_again(owner, stranger):
    LegalVersion.objects.create(kind=Legal.TERMS, version="1")
    stranger.signs_up(agreed="on")
    owner.browser.post(newest().url)
    assert not Consent.objects.exists()


def test_a_confirmed_account_is_not_signed_up_anew(owner, stranger):
    UserFactory(email=VICTIM, name="Amina", password=HERS)
    stranger.signs_up(name="Mallory")
    assert newest().kind == "accounts.account_already_exists"
    assert User.objects.get(email=VICTIM).name == "Amina"
    assert owner.signs_in(HERS).url == ME


def test_the_first_administrator_is_not_made_with_a_password_of_somebody_else(stranger):
    stranger.signs_up()
    call_command("first_administrator", VICTIM)
    stranger.signs_in(PASSWORD)
    assert not stranger.is_in


# --- The address that a stranger only wants ------------------------
def test_the_owner_does_not_give_an_address_away_by_a_button(owner, stranger, account):
    stranger.wants(VICTIM)
    mail = newest()
    assert "The account of Mallory on WhatsOn wants to change to this address." in compose(mail).body
    page = owner.browser.get(mail.url)
    assert page.context["can_confirm"] is False
    assert "Mallory" in page.content.decode()
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "To confirm the change, sign in to that account." in owner.browser.post(mail.url).text
    assert owner_of(VICTIM) is None
    # Nor signed in to another account.
    other = UserFactory()
    owner.browser.force_login(other)
    owner.browser.post(mail.url)
    assert owner_of(VICTIM) is None
    assert owner.is_in


def test_one_changes_to_an_address_of_ones_own(stranger, account):
    """The same person, who has both mailboxes, opens the link where they are signed in."""
    stranger.wants(VICTIM)
    assert stranger.browser.get(newest().url).context["can_confirm"] is True
    stranger.browser.post(newest().url)
    assert owner_of(VICTIM) == account
    assert stranger.is_in
    account.refresh_from_db()
    assert (account.email, account.check_password(PASSWORD)) == (VICTIM, True)


def test_a_wanted_address_does_not_stop_its_owner_from_signing_up(owner, stranger, account):
    stranger.wants(VICTIM)
    wanted = newest().url
    owner.signs_up(HERS)
    assert newest().kind == "accounts.email_confirmation_signup"
    owner.browser.post(newest().url)
    assert owner.is_in
    assert owner_of(VICTIM) == User.objects.get(email=VICTIM)
    assert stranger.browser.post(wanted).context["can_confirm"] is False
    account.refresh_from_db()
    assert account.email == "stranger@example.org"


def test_an_account_that_waits_does_not_stop_who_changes_to_the_address(owner, stranger):
    """The owner of two mailboxes; somebody signed up with the second."""
    user = UserFactory(email="amina@example.com", password=HERS)
    owner.browser.force_login(user)
    stranger.signs_up()
    owner.wants(VICTIM, HERS)
    owner.browser.post(newest().url)
    assert owner_of(VICTIM) == user
    assert list(User.objects.values_list("email", flat=True)) == [VICTIM]


def test_wanting_an_address_often_does_not_use_up_the_mail_of_its_owner(owner, stranger, account):
    stranger.wants(VICTIM)
    for _again in range(10):
        stranger.browser.post(EMAIL, {"email": VICTIM, "action_send": ""})
    assert Message.objects.filter(address=VICTIM).count() == 6
    owner.signs_up(HERS)
    assert newest().kind == "accounts.email_confirmation_signup"


def test_signing_up_answers_the_same_whoever_wants_the_address(owner, stranger, account):
    """Free, wanted, waiting and taken: nobody learns which."""
    stranger.wants("wanted@example.org")
    stranger.browser.logout()
    stranger.signs_up(email="waiting@example.org")
    UserFactory(email="taken@example.org")
    answers = set()
    for name in ("free", "wanted", "waiting", "taken"):
        owner.browser = Client()
        answer = owner.signs_up(email=f"{name}@example.org")
        answers.add((answer.status_code, answer.url))
    assert answers == {(302, "/en/accounts/confirm-email/")}


def test_wanting_an_address_neither_shows_nor_erases_what_its_owner_has(stranger, account, reference):
    """Neither by a copy of one's data nor by deleting the account: a subscription, mail, an invitation."""
    Subscriber.objects.create(
        address=VICTIM, languages=["en"], consent_version="1", consent_language="en", confirmed_at=now()
    )
    entry = StakeholderFactory()
    invite(entry, VICTIM, MemberRole.ADMIN, actor=member_of(entry))
    mail = newest()
    stranger.wants(VICTIM)
    assert list(sections["newsletter"].rows(account)) == []
    delete_account(account, actor=account)
    assert Subscriber.objects.filter(address=VICTIM).exists()
    assert Invitation.objects.get().address == VICTIM
    assert Message.objects.filter(pk=mail.pk).exists()
