"""Who comes back from an institution: signed in, linked, asked to sign up, or told what to do instead."""

import time
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.identity_providers import IdentityProvider
from accounts.people.models import User
from accounts.people.queries import is_taken
from accounts.people.requests import remember_address
from accounts.single_sign_on.provider_requests import ProviderSession
from accounts.single_sign_on.queries import provider_with
from accounts.single_sign_on.refusals import refuse, sentence_of

PENDING = "single_sign_up"  # in the session: who has come from an institution and has no account yet
PENDING_SECONDS = 30 * 60


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The institutions of the settings, and no others: nothing in the database makes one."""
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=institution.id,
                name=institution.name,
                client_id=institution.client_id,
                secret=institution.client_secret,
                settings={"server_url": institution.server},
            )
            for institution in settings.SINGLE_SIGN_ON
            if provider in (None, "openid_connect", institution.id)
            and client_id in (None, institution.client_id)
        ]

    def get_requests_session(self) -> ProviderSession:
        return ProviderSession()

    def is_email_verified(self, provider: Any, email: str) -> bool:
        return False  # the institution says so for each, or it is not

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False  # never by equal address alone

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: Any = sociallogin.user
        user.email, user.name = data.get("email") or "", data.get("name") or ""
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("mfa_index")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        institution = provider_with(sociallogin.account.provider)
        claims = sociallogin.account.extra_data
        is_linking = sociallogin.state.get("process") == AuthProcess.CONNECT
        _refuse_address(request, institution, claims)
        user: Any = request.user if is_linking else None
        if is_linking and not user.is_authenticated:
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing:
            return
        if is_taken(claims["email"], by_other_than=user):
            _refuse_taken(request, institution, claims["email"], is_linking=is_linking)
        if not is_linking:
            request.session[PENDING] = {
                "code": institution.id,
                "uid": sociallogin.account.uid,
                "said": claims,
                "name": sociallogin.user.name,
                "next": sociallogin.state.get("next"),
                "at": time.time(),
            }
            raise ImmediateHttpResponse(redirect("accounts:sign_up_by_institution"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str = AuthError.UNKNOWN,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        institution = provider_with(provider.app.provider_id)
        state = (extra_context or {}).get("state")
        refuse(request, sentence_of(institution, error, exception, has_state=state is not None))


def pending_sign_up(request: HttpRequest) -> SocialLogin | None:
    """Return the login that waits in this session for a sign-up; None without one, or where it is too old."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return None
    try:
        provider = get_adapter().get_provider(request, pending["code"])
    except SocialApp.DoesNotExist:
        return None
    account = SocialAccount(provider=pending["code"], uid=pending["uid"], extra_data=pending["said"])
    login = SocialLogin(User(name=pending["name"]), account, provider=provider)
    login.state = {"process": AuthProcess.LOGIN, "next": pending["next"]}
    return login


def _refuse_address(request: HttpRequest, institution: IdentityProvider, claims: dict[str, Any]) -> None:
    """An institution speaks for the addresses of its own mail domains, once it has made sure of them."""
    facts = {
        "name": institution.name,
        "email": claims["email"],
        "domains": ", ".join(f"@{domain}" for domain in institution.domains),
    }
    if not claims["email"]:
        text = _(
            "%(name)s did not tell us your e-mail address, so you are not signed in. Ask your "
            "administrator there to release it, or sign in with your password or a code."
        )
    elif not institution.speaks_for(claims["email"]):
        text = _(
            "%(name)s can sign in people with an address that ends in %(domains)s. Yours is %(email)s. "
            "Sign in with your password or a code instead, or create an account."
        )
    elif not claims["verified"]:
        text = _(
            "%(name)s has not confirmed that %(email)s is your address, so you are not signed in. Ask your "
            "administrator there to confirm it, or sign in with your password or a code."
        )
    else:
        return
    refuse(request, text % facts)


def _refuse_taken(
    request: HttpRequest, institution: IdentityProvider, address: str, *, is_linking: bool
) -> NoReturn:
    facts = {"name": institution.name, "email": address}
    if is_linking:
        text = _("Another account has the address %(email)s. Sign in to that account to add %(name)s.")
        refuse(request, text % facts)
    text = _(
        "There is an account with the address %(email)s already. Sign in to it with your password or a code. "
        "Then add %(name)s on the page that opens."
    )
    messages.info(request, text % facts)
    remember_address(request, address)
    then = urlencode({"next": resolve_url("mfa_index")})
    raise ImmediateHttpResponse(redirect(f"{reverse('account_login')}?{then}"))
