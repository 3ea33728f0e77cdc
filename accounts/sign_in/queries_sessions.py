"""Where a person is signed in."""

import re
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User

# The mark of each in what a browser says of itself; the first that fits, since most also name others.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrome|CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def own_sessions(user: User, here: str | None) -> list[UserSession]:
    """The sessions of a person that a browser could still use, that of the key `here` first.

    Each with its `device` in words, and `is_here`.
    """
    rows = {row.session_key: row for row in UserSession.objects.filter(user=user).order_by("-last_seen_at")}
    stored = Session.objects.filter(pk__in=rows, expire_date__gt=now())
    alive = {session.pk for session in stored if is_of(session, user)}
    sessions = [row for key, row in rows.items() if key in alive]
    for row in sessions:
        row.device, row.is_here = describe_device(row.user_agent), row.session_key == here
    return sorted(sessions, key=lambda row: not row.is_here)


def is_of(session: Session, user: User) -> bool:
    """Whether it opens this account; one from before a new password does not."""
    data: dict[str, Any] = session.get_decoded()
    hashes = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    return data.get(SESSION_KEY) == str(user.pk) and data.get(HASH_SESSION_KEY) in hashes


def describe_device(user_agent: str) -> str:
    """The browser and the system, as far as the browser says."""
    browser, system = (
        next((name for mark, name in names.items() if re.search(mark, user_agent)), "")
        for names in (BROWSERS, SYSTEMS)
    )
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
