"""Whom a kind of message can reach at all: the preferences offer it to nobody else.

Roles are asked as they are held, asleep or not: mail does not ask for a second factor. An answer is kept
with the person for the rest of the request, since several kinds ask the same.
"""

from typing import Any

from accounts.people.enums import Role
from stakeholders.models import Application, Conversation


def holds(user: Any, *roles: str) -> bool:
    return any(grant.role in roles for grant in user.granted)


def vets(user: Any) -> bool:
    """Whom the desk's queue of applications and changes is told."""
    return holds(user, Role.VETTING)


def covers_places(user: Any) -> bool:
    return holds(user, Role.REGIONAL)


def acts_for_somebody(user: Any) -> bool:
    return _kept(user, "acts", user.memberships.exists)


def has_applied(user: Any) -> bool:
    return _kept(user, "applied", lambda: Application.objects.filter(applicant=user).exists())


def has_written(user: Any) -> bool:
    return _kept(user, "written", lambda: Conversation.objects.filter(sender=user).exists())


def _kept(user: Any, name: str, ask: Any) -> bool:
    answers: dict[str, bool] = user.__dict__.setdefault("_concerns", {})
    if name not in answers:
        answers[name] = ask()
    return answers[name]
