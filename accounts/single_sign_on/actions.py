"""Signing up by an institution; taking the link to one away; signing out because it says so."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_removed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.people.actions import give_consent
from accounts.people.models import User
from accounts.people.queries import current_versions
from accounts.sign_in.actions import make_way
from accounts.single_sign_on.id_tokens import LEEWAY
from accounts.single_sign_on.openid import uid_of
from accounts.single_sign_on.queries import is_last_way_in, name_of
from accounts.single_sign_on.sessions import began_by
from core.errors import DomainError


@transaction.atomic
def sign_up(request: HttpRequest, login: SocialLogin, cleaned: dict[str, Any]) -> User:
    """A new account with the address that was proved there. IntegrityError: somebody was first."""
    address = login.account.extra_data["email"]
    user = User(
        email=address,
        name=cleaned["name"],
        language=cleaned["language"],
        is_unaffiliated=cleaned["is_unaffiliated"],
    )
    if cleaned["time_zone"]:
        user.time_zone = cleaned["time_zone"]
    user.set_unusable_password()
    make_way(address, to=user)
    login.user = user
    login.email_addresses = [EmailAddress(email=address, verified=True, primary=True)]
    login.save(request)
    give_consent(user, current_versions())
    return user


def remove_link(request: HttpRequest, link: SocialAccount, *, actor: User) -> None:
    """From now on the institution does not open the account. Raises DomainError where nothing else does."""
    if link.user_id != actor.pk:
        raise PermissionDenied
    name = name_of(link.provider)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # two windows, two links
        if is_last_way_in(link):
            raise DomainError(
                _("Without %(name)s you could no longer sign in. Set a password or add a passkey first.")
                % {"name": name}
            )
        if not SocialAccount.objects.filter(pk=link.pk).delete()[0]:
            return
        social_account_removed.send(SocialAccount, request=request, socialaccount=link)
        get_adapter(request).send_notification_mail(
            "socialaccount/email/account_disconnected", actor, {"provider": name}
        )


def end_sessions_of(code: str, claims: dict[str, Any]) -> int:
    """End the sessions that the person of a logout token began at this institution; return how many.

    Where the token names a session there (`sid`), only those that began in it. One that began after the
    token was made goes on, so a token sent again signs nobody out a second time.
    """
    open_session = import_module(settings.SESSION_ENGINE).SessionStore
    latest = datetime.fromtimestamp(claims["iat"], UTC) + timedelta(seconds=LEEWAY)
    persons = SocialAccount.objects.filter(provider=code, uid=uid_of(claims)).values("user_id")
    begun = UserSession.objects.filter(user_id__in=persons, created_at__lte=latest)
    ended = [
        session
        for session in begun
        if began_by(open_session(session.session_key), code, str(claims.get("sid") or ""))
    ]
    for session in ended:
        session.end()
    return len(ended)
