"""Sessions of a person: their use is noted, and the person ends them."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.timezone import now

from accounts import hooks
from accounts.people.models import User
from accounts.sign_in.queries_sessions import is_of
from core.digests import digest_of

NOTED_SECONDS = 600  # a session in use is written down once in this time


def note_use(request: HttpRequest) -> None:
    """Write down where and when the session of this request was used last, once in ten minutes.

    One that began before sessions were listed is listed from now on.
    """
    key = request.session.session_key
    if not key or not cache.add(_noted_key(key), 1, NOTED_SECONDS):
        return
    adapter = get_adapter(request)
    place = adapter.get_client_ip(request)
    if not UserSession.objects.filter(session_key=key).update(last_seen_at=now(), ip=place):
        UserSession.objects.create_from_request(request)


def note_beginning(request: HttpRequest) -> None:
    """A session has just begun, which says when it was used last."""
    if request.session.session_key:
        cache.set(_noted_key(request.session.session_key), 1, NOTED_SECONDS)


def end_session(session: UserSession, *, actor: User) -> None:
    """From this moment on the browser that held it is signed out. Twice is once."""
    session.end()
    _tell(actor)


def end_other_sessions(user: User, *, here: str | None) -> None:
    """End every session of a person but that of the key `here`, also those that are not listed yet."""
    stored = Session.objects.filter(expire_date__gt=now()).exclude(pk=here)
    ended = [session.pk for session in stored.iterator() if is_of(session, user)]
    Session.objects.filter(pk__in=ended).delete()
    UserSession.objects.filter(user=user).exclude(session_key=here or "").delete()
    _tell(user)


def _tell(user: User) -> None:
    hooks.security_changed.send(User, user=user, change="sessions_ended")
    get_adapter().send_notification_mail("account/email/sessions_ended", user)


def _noted_key(key: str) -> str:
    return f"session_noted:{digest_of(key)}"
