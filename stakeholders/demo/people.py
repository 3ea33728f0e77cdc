"""The people of the demonstration, one for each thing that a person can be. Their names say what they are."""

import secrets
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import get_hasher
from django.utils.timezone import now

from accounts.people.actions import begin_administration, confirm_grant, give_consent, grant_role
from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from accounts.people.queries import administrators, missing_consents
from accounts.second_factor import sessions


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    role: str
    name: str
    note: str
    grant: str = ""
    region: str = ""
    country: str = ""
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"


PEOPLE = (
    Person("administrator", "Administrator", "Demo Administrator", "gives roles", Role.ADMINISTRATOR),
    Person("second", "Administrator", "Demo Second Administrator", "confirms roles", Role.ADMINISTRATOR),
    Person("head", "Head of desk", "Demo Head of Desk", "all of the desk", Role.HEAD),
    Person("vetting", "Desk: vetting", "Demo Vetting", "has applications to decide on", Role.VETTING),
    Person("curation", "Desk: curation", "Demo Curation", "lists and texts", Role.CURATION),
    Person("events", "Desk: events", "Demo Events", "calls and events", Role.EVENTS),
    Person("reviews", "Desk: reviews", "Demo Reviews", "country reviews", Role.REVIEWS),
    Person("regional", "Regional focal point", "Demo Regional", "Africa", Role.REGIONAL, region="002"),
    Person("oceania", "Regional focal point", "Demo Olivia", "Oceania", Role.REGIONAL, region="009"),
    Person("deputy", "Deputy", "Demo Deputy", "stands in for Demo Regional in two weeks"),
    Person("successor", "New account", "Demo Successor", "follows Demo Regional in two months"),
    Person("state", "State user", "Demo State User", "Demo Republic", Role.STATE, country="XDR"),
    Person("admin", "Member: administrator", "Demo Amina", "administers an approved organization"),
    Person("editor", "Member: editor", "Demo Edward", "edits the same organization"),
    Person("reader", "Member: reader", "Demo Rita", "reads for the same organization"),
    Person("expert", "Member: individual expert", "Demo Esperanza", "is in the directory", language="es"),
    Person("draft", "Applicant", "Demo Draft", "has begun and not sent an application"),
    Person("waiting", "Applicant", "Demo Waiting", "has sent an application", language="fr"),
    Person("reviewed", "Applicant", "Demo Reviewed", "has an application in review", language="ru"),
    Person("returned", "Applicant", "Demo Returned", "is asked for more information", language="ar"),
    Person("refused", "Applicant", "Demo Refused", "was refused, with a reason"),
    Person("withdrew", "Applicant", "Demo Withdrew", "has withdrawn an application"),
    Person("seen", "Applicant", "Demo Seen", "has the view of the regional focal point"),
    Person("asked", "Applicant", "Demo Asked", "waits for the view of the regional focal point"),
    Person("hit", "Applicant", "Demo Hit", "bears a name like one on the demonstration's list"),
    Person("claimant", "Applicant", "Demo Claimant", "has begun to claim a listed entry"),
    Person("joiner", "Applicant", "Demo Joiner", "asks the organization's administrator to join"),
    Person("asker", "Applicant", "Demo Asker", "asks the desk to join: nobody administers the entry"),
    Person("keeper", "Member: administrator", "Demo Keeper", "has entries to confirm, lapsed and suspended"),
    Person("envoy", "State user", "Demo Envoy", "Demo Republic, by invitation", language="es"),
    Person("newcomer", "New account", "Demo Newcomer", "has an account, and an invitation of the desk"),
)


def load_people() -> tuple[dict[str, User], set[str]]:
    """Return (key → user, keys of new ones), with proved addresses and roles confirmed by two people."""
    users_by_email = {
        user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])
    }
    people, new = {}, set()
    for person in PEOPLE:
        user = users_by_email.get(person.email)
        if user is None:
            user = _create_user(person)
            new.add(person.key)
        people[person.key] = user
    _give_roles(people)
    for person in PEOPLE:
        if person.grant in Role.GUARDED and not sessions.is_enrolled(people[person.key]):
            TOTP.activate(people[person.key], generate_totp_secret())
    return {key: User.objects.get(pk=user.pk) for key, user in people.items()}, new


def new_passwords(people: dict[str, User], keys: Iterable[str]) -> dict[str, str]:
    """Give these people a random password each; returns it by key, for it cannot be read again.

    Many rounds protect what people think up; nobody tries out 96 random bits. The first sign-in adds them.
    """
    hasher: Any = copy(get_hasher())
    hasher.iterations = 1_000
    passwords = {}
    for key in keys:
        passwords[key] = secrets.token_urlsafe(12)
        people[key].password = hasher.encode(passwords[key], hasher.salt())
        people[key].save(update_fields=["password"])
    return passwords


def _create_user(person: Person) -> User:
    user = User.objects.create_user(person.email, name=person.name, language=person.language, is_demo=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    # Agreed to what is in force today, so that the first page after signing in is the one looked for.
    give_consent(user, missing_consents(user))
    return user


def _give_roles(people: dict[str, User]) -> None:
    first, second = people["administrator"], people["second"]
    if not administrators().exists():
        begin_administration(first, second)
    for user in (first, second):
        if not _has(user, Role.ADMINISTRATOR):
            # A portal with real administrators: theirs is not ours to use.
            Grant.objects.create(user=user, role=Role.ADMINISTRATOR, confirmed_at=now())
    first, second = User.objects.get(pk=first.pk), User.objects.get(pk=second.pk)
    for person in PEOPLE:
        if not person.grant or _has(people[person.key], person.grant):
            continue
        scope = Scope.REGION if person.region else Scope.COUNTRY if person.country else Scope.GLOBAL
        grant = grant_role(
            people[person.key],
            person.grant,
            actor=first,
            scope_kind=scope,
            scope_code=person.region or person.country,
        )
        if grant.confirmed_at is None:
            confirm_grant(grant, actor=second)


def _has(user: User, role: str) -> bool:
    return Grant.objects.live().filter(user=user, role=role).exists()
