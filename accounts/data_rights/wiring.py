"""People in the registries: their data, what becomes of it when they leave, and how long it is kept."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.data_rights.enums import ExportStatus
from accounts.data_rights.models import DataExport, RetentionRun
from accounts.hooks import Retained, Section, declare_erased, declare_kept, retained, sections
from accounts.people.models import Consent, Grant, User
from accounts.second_factor.models import FactorReset
from accounts.sign_in.queries_sessions import describe_device
from accounts.single_sign_on.queries import name_of
from accounts.tokens.models import AccessToken
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from core.uploads import files

FACTORS = {
    Authenticator.Type.TOTP: _("Authenticator app"),
    Authenticator.Type.WEBAUTHN: _("Passkey or security key"),
    Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
}


# --- My data ------------------------------------------------------------------------------------------
def _row_kind(code: str, label: Any) -> DataField:
    return data_field("what", _("What it is"), code, label)


def _account(user: User) -> Iterator[list[DataField]]:
    yield [
        _row_kind("account", _("Your account")),
        *data_fields(
            user,
            "name",
            "email",
            "language",
            "time_zone",
            "is_unaffiliated",
            "is_active",
            "date_joined",
            "last_login",
        ),
    ]
    for address in EmailAddress.objects.filter(user=user).order_by("pk"):
        yield [
            _row_kind("address", _("E-mail address")),
            *data_fields(address, "email", "verified", "primary"),
        ]
    for consent in Consent.objects.filter(user=user).order_by("at"):
        yield [_row_kind("consent", _("Consent")), *data_fields(consent, "kind", "version", "at")]
    for grant in Grant.objects.filter(user=user).order_by("starts_at"):
        yield [
            _row_kind("role", _("Role")),
            *data_fields(grant, "role", "scope_kind", "scope_code", "starts_at", "confirmed_at", "ends_at"),
        ]


def _security(user: User) -> Iterator[list[DataField]]:
    for factor in Authenticator.objects.filter(user=user).order_by("created_at"):
        yield [
            _row_kind("second_factor", _("Second factor")),
            data_field("type", _("type"), factor.type, FACTORS.get(factor.type, factor.type)),
            data_field("created_at", _("made at"), factor.created_at),
            data_field("last_used_at", _("last used at"), factor.last_used_at),
        ]
    for link in SocialAccount.objects.filter(user=user).order_by("pk"):
        yield [
            _row_kind("institution", _("Institution with which you sign in")),
            data_field("institution", _("institution"), link.provider, name_of(link.provider)),
            data_field("uid", _("your number there"), link.uid),
            data_field("email", _("your address there"), link.extra_data.get("email", "")),
            data_field("date_joined", _("added at"), link.date_joined),
            data_field("last_login", _("last used at"), link.last_login),
        ]
    for session in UserSession.objects.filter(user=user).order_by("created_at"):
        yield [
            _row_kind("session", _("Session")),
            data_field("device", _("browser"), session.user_agent, describe_device(session.user_agent)),
            data_field("ip", _("network address"), session.ip),
            data_field("created_at", _("began at"), session.created_at),
            data_field("last_seen_at", _("last used at"), session.last_seen_at),
        ]
    for reset in FactorReset.objects.filter(user=user).order_by("asked_at"):
        yield [
            _row_kind("factor_reset", FactorReset._meta.verbose_name),
            *data_fields(reset, "contact", "asked_at", "checked_at", "confirmed_at", "refused_at"),
        ]
    for token in AccessToken.objects.visible_to(user):
        yield [
            _row_kind("access_token", _("Access token")),
            *data_fields(token, "name", "ending", "created_at", "expires_at", "last_used_on", "revoked_at"),
            data_field("scopes", pgettext_lazy("a token", "may"), token.scopes, token.scope_labels),
        ]
    for export in DataExport.objects.visible_to(user):
        yield [
            _row_kind("data_export", _("Copy of your data")),
            *data_fields(export, "sections", "status", "asked_at", "ready_at", "expires_at"),
        ]


sections.register(
    "account",
    Section(
        _("Your account"),
        _("Name, addresses, language, time zone, what you agreed to, and your present and past roles."),
        _account,
    ),
)
sections.register(
    "security",
    Section(
        _("Security"),
        _("How you prove that it is you, never the secrets; and copies of your data."),
        _security,
    ),
)


def _copy(user: Any, pk: int) -> DataExport | None:
    """One's own copy while it lasts."""
    return DataExport.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("my-data", _copy)


# --- When a person leaves -----------------------------------------------------------------------------
declare_erased(_("E-mail addresses"), "account.emailaddress.user")
declare_erased(
    _("Second factors: authenticator apps, passkeys, recovery codes"),
    "mfa.authenticator.user",
    "accounts.factorreset.user",
)
declare_erased(_("Institutions with which you sign in"), "socialaccount.socialaccount.user")
declare_erased(_("Sessions: where you are signed in"), "usersessions.usersession.user")
declare_erased(_("Access tokens"), "accounts.accesstoken.user")
declare_erased(_("Copies of your data"), "accounts.dataexport.user")
declare_erased(_("What you agreed to"), "accounts.consent.user")
declare_erased(_("Your present and past roles"), "accounts.grant.user")
declare_erased(_("Entries in the back office's own log"), "admin.logentry.user")
declare_kept(_("Roles that you gave to others"), "accounts.grant.granted_by", "accounts.grant.confirmed_by")


declare_kept(
    _("Second factors of others that you helped to remove"),
    "accounts.factorreset.checked_by",
    "accounts.factorreset.confirmed_by",
    "accounts.factorreset.refused_by",
)


# --- For how long -------------------------------------------------------------------------------------
def _over_tokens(before: datetime) -> QuerySet[Any]:
    return AccessToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))


def _over_copies(before: datetime) -> QuerySet[Any]:
    return DataExport.objects.filter(Q(expires_at__lte=now()) | Q(asked_at__lt=before))


def _over_sessions(before: datetime) -> QuerySet[Any]:
    return Session.objects.filter(expire_date__lt=before)


def _old_uses(before: datetime) -> QuerySet[Any]:
    lasting = Session.objects.filter(pk=OuterRef("session_key"))
    return UserSession.objects.filter(~Exists(lasting), last_seen_at__lt=before)


def _never_confirmed(before: datetime) -> QuerySet[Any]:
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        last_login=None,
        grants=None,
        date_joined__lt=before,
    )


def _old_resets(before: datetime) -> QuerySet[Any]:
    return FactorReset.objects.filter(asked_at__lt=before)


def _old_lines(before: datetime) -> QuerySet[Any]:
    return LogEntry.objects.filter(action_time__lt=before)


def _old_runs(before: datetime) -> QuerySet[Any]:
    return RetentionRun.objects.filter(at__lt=before)


retained.register(
    "accounts.token",
    Retained(
        label=_("Access tokens that have expired or were revoked"),
        about=_("Days after a token has run out or was revoked."),
        days=90,
        least=0,
        most=730,
        reason="Time to look into misuse; set by the portal's makers, 2026-11.",
        rows=_over_tokens,
    ),
)
retained.register(
    "accounts.data_export",
    Retained(
        label=_("Copies of people's data"),
        about=_("Days after a copy is ready; its file goes with it."),
        days=7,
        least=1,
        most=30,
        reason="A week to fetch it, behaviour A-09; set by the portal's makers, 2026-11.",
        rows=_over_copies,
    ),
)
retained.register(
    "accounts.session",
    Retained(
        label=_("Sessions that are over"),
        about=_("Days after a session can no longer be used."),
        days=1,
        least=0,
        most=30,
        reason="Nobody needs them any more; set by the portal's makers, 2026-11.",
        rows=_over_sessions,
    ),
)
retained.register(
    "accounts.session_use",
    Retained(
        label=_("Where people were signed in"),
        about=_("Days after a session that is over was last used; its network address goes with it."),
        days=15,
        least=1,
        most=90,
        reason="As long as a session may last; set by the portal's makers, 2026-12.",
        rows=_old_uses,
    ),
)
retained.register(
    "accounts.unconfirmed",
    Retained(
        label=_("Accounts whose address was never confirmed"),
        about=_("Days after a person signed up and never opened the link."),
        days=30,
        least=7,
        most=180,
        reason="The address may be somebody else's; set by the portal's makers, 2026-11.",
        rows=_never_confirmed,
    ),
)
retained.register(
    "accounts.admin_log",
    Retained(
        label=_("Entries in the back office's own log"),
        about=_("Days after the line was written."),
        days=730,
        least=30,
        most=3650,
        reason="It names what was changed; the portal's own log stays. Set by the portal's makers, 2026-11.",
        rows=_old_lines,
    ),
)
retained.register(
    "accounts.factor_reset",
    Retained(
        label=_("Requests for a new second factor"),
        about=_("Days after it was asked."),
        days=365,
        least=30,
        most=1095,
        reason="Time to look into misuse; set by the portal's makers, 2026-11.",
        rows=_old_resets,
    ),
)
retained.register(
    "accounts.retention_run",
    Retained(
        label=_("What each night removed"),
        about=_("Days after the night."),
        days=730,
        least=90,
        most=3650,
        reason="So that two years can be shown; set by the portal's makers, 2026-11.",
        rows=_old_runs,
    ),
)

help_at("your-data", "rights")
help_at("your-data#copy", "rights:exports", "rights:export")
help_at("your-data#delete", "rights:delete")
