"""What allauth wants to tell people goes through the outbox like everything else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse, translate_url
from django.utils.timezone import now
from django.utils.translation import get_language

from accounts.people.models import User
from accounts.people.queries import is_waiting
from accounts.sign_in.actions import remember_password, warn_of_tries
from accounts.sign_in.known_browsers import counted_as
from core.errors import TooMany
from core.forms import can_be_written_to
from core.limits import spend, visitor_of
from core.next_pages import is_own_path
from notifications.hooks import kinds
from notifications.outbox.actions import mail_address

# What a mail may say about the act; anything else that allauth hands over stays behind.
FACTS = ("code", "from_email", "to_email", "deleted_email", "ip", "user_agent", "provider")
# For how long the code or link of a kind is good.
GOOD_FOR = {
    "accounts.email_confirmation_signup": lambda: timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS),
    "accounts.email_confirmation": lambda: timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS),
    "accounts.login_code": lambda: timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
    "accounts.password_reset_code": lambda: timedelta(seconds=app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT),
    "accounts.password_reset_key": lambda: timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
}
# So many mails an hour that anybody can make go to an address: those about its own account, and those about
# accounts of others that want it. Apart, so that a stranger does not use up what its owner waits for.
COUNTED = {
    "accounts.email_confirmation_signup": "own",
    "accounts.account_already_exists": "own",
    "accounts.email_confirmation": "wanted",
}
MOST_AN_HOUR = 6
GOING_TO = "going_to"  # in the session: where a person who signs up was going
MOST_CHARACTERS = 500  # of such an address: the link goes by mail
LINKS = ("activate_url", "password_reset_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    """Every mail is one row for the worker, so that a known and an unknown address cost the same time."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def clean_email(self, email: str) -> str:
        can_be_written_to(email)
        return email

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page after a sign-in that was on its way to none."""
        if isinstance(request.user, User) and request.user.belongs_to_desk:
            return reverse(settings.DESK_LOGIN_REDIRECT_URL)
        return str(super().get_login_redirect_url(request))

    def get_login_stages(self) -> list[str]:
        own = {"allauth.mfa.stages.AuthenticateStage": "accounts.single_sign_on.stages.AuthenticateStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def is_safe_url(self, url: str) -> bool:
        return is_own_path(url)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link, with the page where whoever signs up was going: it may be opened in another browser.

        Asking for a new link from the browser of the sign-up leads there as well.
        """
        url = super().get_email_confirmation_url(request, emailconfirmation)
        target = request.POST.get("next") or request.GET.get("next") or request.session.get(GOING_TO, "")
        if not is_own_path(target) or len(target) > MOST_CHARACTERS:
            return url
        request.session[GOING_TO] = target
        return f"{url}?{urlencode({'next': target})}"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count for a person and an asker: a stranger's do not keep the person out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{visitor_of(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Beside that, so many for a person from anywhere; browsers known to be theirs are counted apart."""
        super().pre_authenticate(request, **credentials)
        if not _count_wrong_password(request, credentials, dry_run=True):
            warn_of_tries(str(credentials.get("email", "")))
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _count_wrong_password(request, credentials)

    def respond_email_verification_sent(self, request: HttpRequest, user: User | None) -> HttpResponseBase:
        """Called where a sign-up or a sign-in by password stops before an address that is not confirmed."""
        if user is not None:
            remember_password(request.session, user)
        return super().respond_email_verification_sent(request, user)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """A link asked for anew says the same as the first: a new account's, or that of a change."""
        waits = is_waiting(emailconfirmation.email_address.user)
        super().send_confirmation_mail(request, emailconfirmation, signup=waits)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail of `template_prefix` ("account/email/login_code" is kind "accounts.login_code")."""
        kind = f"accounts.{template_prefix.rpartition('/')[2]}"
        user = context.get("user")
        language = user.language if user else (get_language() or "en")
        link = next((context[name] for name in LINKS if context.get(name)), "")
        if kind in COUNTED and not _may_send(COUNTED[kind], email):
            return
        facts = {name: str(context[name]) for name in FACTS if context.get(name)}
        if user and kind == "accounts.email_confirmation":
            facts["account"] = user.name
        facts["at"] = now().isoformat()
        if kind in GOOD_FOR:
            facts["until"] = (now() + GOOD_FOR[kind]()).isoformat()
        mail_address(
            email,
            kinds[kind].name,
            key=f"accounts:{uuid4()}",
            language=language,
            url=_path(link, language),
            facts=facts,
            user=user if user and user.pk else None,
        )

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)


def _count_wrong_password(
    request: HttpRequest, credentials: Mapping[str, Any], *, dry_run: bool = False
) -> bool:
    key = counted_as(request, str(credentials.get("email", "")))
    return bool(ratelimit.consume(request, action="login_failed_anywhere", key=key, dry_run=dry_run))


def _may_send(purpose: str, email: str) -> bool:
    """Return whether another mail may go to this address; past the limit earlier links still work."""
    try:
        spend(f"confirm_email:{purpose}", email.lower(), most=MOST_AN_HOUR, seconds=60 * 60)
    except TooMany:
        return False
    return True


def _path(url: str, language: str) -> str:
    """The same page in `language`, without the host: what the browser claimed it to be is not trusted."""
    parts = urlsplit(translate_url(url, language))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
