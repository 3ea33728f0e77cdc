"""People for tests.

UserFactory(): somebody with an account and a confirmed address.
person_with(Role.VETTING): somebody who also holds a confirmed role.
sign_in(client, person): signed in as that person would be. Whoever holds a role of the desk, or is a regional
focal point, has shown a second factor; `client.force_login` alone leaves such roles asleep.
"""

from typing import cast

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from accounts.second_factor import sessions

PASSWORD = "correct horse battery staple"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    role = Role.VETTING
    confirmed_at = factory.LazyFunction(now)


def person_with(role: str, *, country: str = "", region: str = "", **fields) -> User:
    """Somebody with one confirmed role, everywhere or for a country (ISO3) or region (M49)."""
    kind = Scope.COUNTRY if country else Scope.REGION if region else Scope.GLOBAL
    user = cast("User", UserFactory(**fields))
    GrantFactory(user=user, role=role, scope_kind=kind, scope_code=country or region)
    return user


def enrol(user: User) -> Authenticator:
    """Give the person an authenticator app; its secret is in `.wrap()`."""
    return TOTP.activate(user, generate_totp_secret()).instance


def sign_in(client, user: User) -> None:
    """Sign in, with a second factor where the person has one or their roles ask for one."""
    client.force_login(user)
    guarded = User.objects.get(pk=user.pk).is_guarded
    if guarded and not sessions.is_enrolled(user):
        enrol(user)
    if sessions.is_enrolled(user):
        session = client.session
        sessions.remember(session, user)
        session.save()


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def visiting(person):
    """A browser in which the person is signed in."""
    browser = Client()
    sign_in(browser, person)
    return browser
