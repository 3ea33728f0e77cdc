"""What allauth says, said again in our own words, and what it means for the session."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from accounts import hooks
from accounts.data_rights.actions_retention import keep_rules
from accounts.data_rights.models import DataExport
from accounts.people.models import LegalVersion, User
from accounts.people.queries import LEGAL_CACHE_KEY
from accounts.second_factor import sessions
from accounts.second_factor.actions import end_resets
from accounts.sign_in.actions import drop_password, gave_password
from accounts.sign_in.actions_sessions import note_beginning
from accounts.sign_in.known_browsers import remember_browser
from accounts.single_sign_on.sessions import (
    institution_just_used,
    remember_institution,
    where_roles_work,
    withheld_roles,
)
from core.help_places import help_at
from core.uploads import forget_bytes


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    note_beginning(request)
    hooks.person_signed_in.send(User, user=user, institution=institution_just_used(request, user))


@receiver(account.user_logged_in)
def _signed_in_here(
    sender: Any,
    request: HttpRequest,
    response: HttpResponseBase,
    user: User,
    sociallogin: SocialLogin | None = None,
    **_kwargs: Any,
) -> None:
    remember_browser(request, response, user)
    if sociallogin is not None:
        remember_institution(request.session, user, sociallogin)
        user.withheld_roles = withheld_roles(request.session)
        if user.lacks_roles:
            messages.warning(request, where_roles_work(request.session))


@receiver(mfa.authenticator_used)
def _factor_shown(sender: Any, request: Any, user: User, **_kwargs: Any) -> None:
    sessions.remember(request.session, user)
    end_resets(user)


@receiver(mfa.authenticator_added)
def _factor_added(
    sender: Any, request: Any, user: User, authenticator: Authenticator, **_kwargs: Any
) -> None:
    # Setting up the first factor shows it. A further one proves only the password, which opened the page.
    if sessions.is_first(authenticator):
        sessions.remember(request.session, user)
    hooks.security_changed.send(User, user=user, change=f"{authenticator.type}_added")


@receiver(mfa.authenticator_removed)
def _factor_removed(sender: Any, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    hooks.security_changed.send(User, user=user, change=f"{authenticator.type}_removed")


@receiver(mfa.authenticator_reset)
def _factor_reset(sender: Any, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    hooks.security_changed.send(User, user=user, change=f"{authenticator.type}_renewed")


@receiver([account.password_changed, account.password_set, account.password_reset])
def _password_changed(sender: Any, user: User, **_kwargs: Any) -> None:
    hooks.security_changed.send(User, user=user, change="password_changed")


@receiver(account.email_confirmed)
def _address_proved(sender: Any, request: Any, email_address: EmailAddress, **_kwargs: Any) -> None:
    """Whoever signed up may have been somebody else: their password stays only where it was given here."""
    user = email_address.user
    proved = EmailAddress.objects.filter(user_id=user.pk, verified=True).exclude(pk=email_address.pk)
    if not proved.exists() and not gave_password(request.session, user):
        drop_password(user)


@receiver(social_account_added)
def _institution_added(sender: Any, sociallogin: SocialLogin, **_kwargs: Any) -> None:
    hooks.security_changed.send(User, user=sociallogin.user, change="institution_added")


@receiver(social_account_removed)
def _institution_removed(sender: Any, socialaccount: SocialAccount, **_kwargs: Any) -> None:
    hooks.security_changed.send(User, user=socialaccount.user, change="institution_removed")


@receiver(account.email_changed)
def _address_changed(sender: Any, user: User, **_kwargs: Any) -> None:
    hooks.security_changed.send(User, user=user, change="address_changed")


@receiver([post_save, post_delete], sender=LegalVersion)
def _legal_version_saved(sender: Any, **_kwargs: Any) -> None:
    cache.delete(LEGAL_CACHE_KEY)


@receiver(post_delete, sender=DataExport, dispatch_uid="accounts.file_of_copy")
def _remove_file_of_copy(sender: Any, instance: DataExport, **_kwargs: Any) -> None:
    """A file goes with its row, also where the row goes with its person."""
    forget_bytes(instance.file)


@receiver(post_migrate, dispatch_uid="accounts.retention_rules")
def _write_rules(sender: Any, **_kwargs: Any) -> None:
    """Every subject has its rule, for an administrator to see and change, before the first night."""
    if sender.name == "accounts":
        keep_rules()


help_at("account", "accounts", "allauth")
help_at("account#settings", "accounts:settings")
help_at("account#sign-in", "accounts.sign_in", "allauth.account")
help_at("account#institution", "accounts.single_sign_on")
help_at("account#create", "account_signup", "accounts:resend", "accounts:confirm")
help_at("account#password", "account_reset_password", "account_reset_password_from_key")
help_at(
    "account#security",
    "accounts.second_factor",
    "mfa_index",
    "allauth.mfa.base",
    "allauth.mfa.recovery_codes",
    "allauth.mfa.totp",
    "allauth.mfa.webauthn",
)
