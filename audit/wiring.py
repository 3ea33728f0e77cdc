"""What accounts signals is written down, in the same transaction, and said in sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from accounts import hooks as accounts_hooks
from accounts.data_rights.models import DataExport, RetentionRule, RetentionRun
from accounts.hooks import Section, sections
from accounts.people.enums import Role
from accounts.people.models import Grant, User
from accounts.second_factor.models import FactorReset
from accounts.tokens.models import AccessToken
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from audit.queries import lines_about
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_field


def _history(user: User) -> Iterator[list[DataField]]:
    for line in lines_about(user):
        yield [
            data_field("at", _("at"), line.at),
            data_field("action", _("What happened"), line.action, line.text),
        ]


sections.register(
    "history",
    Section(
        _("What you did, and what was done to your account"),
        _(
            "The log entries that you may read, with your sign-ins; not those that only the "
            "WhatsOn team reads."
        ),
        _history,
    ),
)

# --- What happened to people's accounts; accounts lies below and only signals it ---------------------

ROLES = {"role": dict(Role.choices)}
SECURITY = {
    "what": {
        "password_changed": _("the password was changed"),
        "address_changed": _("the e-mail address was changed"),
        "totp_added": _("an authenticator app was added"),
        "totp_removed": _("the authenticator app was removed"),
        "webauthn_added": _("a passkey or security key was added"),
        "webauthn_removed": _("a passkey or security key was removed"),
        "recovery_codes_added": _("recovery codes were made"),
        "recovery_codes_removed": _("the recovery codes were removed"),
        "recovery_codes_renewed": _("new recovery codes were made"),
        "institution_added": _("signing in with an institution was added"),
        "institution_removed": _("signing in with an institution was removed"),
        "sessions_ended": _("browsers were signed out"),
    }
}

sentence("accounts.signed_in", _("%(actor)s signed in"))
sentence(
    "accounts.signed_in_by_institution",
    _("%(actor)s signed in with %(institution)s"),
    labels={"institution": {institution.id: institution.name for institution in settings.SINGLE_SIGN_ON}},
)
sentence(
    "accounts.security_changed",
    _("Account of %(actor)s: %(what)s"),
    audience=Audience.SUBJECT,
    labels=SECURITY,
)
sentence(
    "accounts.consent_given",
    _("%(actor)s accepted the terms (%(terms)s) and the privacy notice (%(privacy)s)"),
    audience=Audience.SUBJECT,
)
sentence("accounts.account_closed", _("%(actor)s closed the account"))
sentence("accounts.account_reopened", _("%(actor)s reopened the account"))
sentence("accounts.grant_given", _("%(actor)s gave the role “%(role)s” (%(scope)s)"), labels=ROLES)
sentence("accounts.grant_confirmed", _("%(actor)s confirmed the role “%(role)s” (%(scope)s)"), labels=ROLES)
sentence("accounts.grant_ended", _("%(actor)s ended the role “%(role)s” (%(scope)s)"), labels=ROLES)
sentence("accounts.account_erased", _("%(actor)s deleted the account"), audience=Audience.SUBJECT)
for _action, _text in (
    ("accounts.factor_reset_asked", _("%(actor)s asked the WhatsOn team to remove a lost second factor")),
    ("accounts.factor_reset_checked", _("%(actor)s verified who asks for a new second factor")),
    ("accounts.factor_reset_confirmed", _("%(actor)s removed the second factor as the second person")),
    ("accounts.factor_reset_refused", _("%(actor)s refused to remove the second factor")),
):
    sentence(_action, _text, audience=Audience.SUBJECT)
sentence("accounts.data_asked", _("%(actor)s asked for a copy of the data"), audience=Audience.SUBJECT)
sentence(
    "accounts.token_made",
    _("%(actor)s created an access token, valid until %(until)s"),
    audience=Audience.SUBJECT,
)
sentence("accounts.token_revoked", _("%(actor)s revoked an access token"), audience=Audience.SUBJECT)
sentence("accounts.retention_applied", _("%(actor)s removed %(removed)s rows after %(days)s days: %(rule)s"))
sentence(
    "accounts.retention_changed",
    _("%(actor)s changed the retention of %(rule)s from %(days_before)s to %(days_after)s days"),
)

# --- Writes down what accounts signals, in the same transaction --------------------------------------


@receiver(accounts_hooks.person_signed_in)
def _signed_in(sender: Any, user: User, institution: str = "", **_kwargs: Any) -> None:
    if institution:
        record(user, "accounts.signed_in_by_institution", actor=user, institution=institution)
    else:
        record(user, "accounts.signed_in", actor=user)


@receiver(accounts_hooks.security_changed)
def _security_changed(sender: Any, user: User, change: str, **_kwargs: Any) -> None:
    record(user, "accounts.security_changed", actor=user, what=change)


@receiver(accounts_hooks.consent_given)
def _consent_given(sender: Any, user: User, versions: Mapping[str, Any], **_kwargs: Any) -> None:
    record(user, "accounts.consent_given", actor=user, **versions)


@receiver(accounts_hooks.account_closed)
def _account_closed(sender: Any, user: User, actor: User, **_kwargs: Any) -> None:
    record(user, "accounts.account_closed", actor=actor)


@receiver(accounts_hooks.account_reopened)
def _account_reopened(sender: Any, user: User, actor: User, **_kwargs: Any) -> None:
    record(user, "accounts.account_reopened", actor=actor)


@receiver(accounts_hooks.grant_given)
def _grant_given(sender: Any, grant: Grant, actor: User | None, **_kwargs: Any) -> None:
    _record_grant("accounts.grant_given", grant, actor, before=None, after=_facts(grant))


@receiver(accounts_hooks.grant_confirmed)
def _grant_confirmed(sender: Any, grant: Grant, actor: User | None, **_kwargs: Any) -> None:
    before = {**_facts(grant), "confirmed": False}
    _record_grant("accounts.grant_confirmed", grant, actor, before=before, after=_facts(grant))


@receiver(accounts_hooks.grant_ended)
def _grant_ended(sender: Any, grant: Grant, actor: User | None, **_kwargs: Any) -> None:
    before = {**_facts(grant), "ends": None}
    _record_grant("accounts.grant_ended", grant, actor, before=before, after=_facts(grant))


@receiver(accounts_hooks.person_erased)
def _person_erased(sender: Any, user: User, actor: User | None, **_kwargs: Any) -> None:
    record(user, "accounts.account_erased", actor=actor)


@receiver(accounts_hooks.factor_reset)
def _factor_reset(sender: Any, reset: FactorReset, actor: User | None, step: str, **_kwargs: Any) -> None:
    record(reset.user, f"accounts.factor_reset_{step}", actor=actor, reset=reset.pk)


@receiver(accounts_hooks.data_asked)
def _data_asked(sender: Any, export: DataExport, **_kwargs: Any) -> None:
    record(export.user, "accounts.data_asked", actor=export.user, sections=list(export.sections))


@receiver(accounts_hooks.token_made)
def _token_made(sender: Any, token: AccessToken, **_kwargs: Any) -> None:
    until = token.expires_at.date().isoformat()
    record(token.user, "accounts.token_made", actor=token.user, token=token.pk, until=until)


@receiver(accounts_hooks.token_revoked)
def _token_revoked(sender: Any, token: AccessToken, actor: User, **_kwargs: Any) -> None:
    record(token.user, "accounts.token_revoked", actor=actor, token=token.pk)


@receiver(accounts_hooks.tokens_revoked)
def _tokens_revoked(
    sender: Any, user: User, tokens: list[AccessToken], actor: User | None, **_kwargs: Any
) -> None:
    for token in tokens:
        record(user, "accounts.token_revoked", actor=actor, token=token.pk)


@receiver(accounts_hooks.retention_applied)
def _retention_applied(sender: Any, rule: RetentionRule, run: RetentionRun, **_kwargs: Any) -> None:
    record(
        rule, "accounts.retention_applied", actor=None, rule=rule.subject, removed=run.removed, days=run.days
    )


@receiver(accounts_hooks.retention_changed)
def _retention_changed(
    sender: Any, rule: RetentionRule, actor: User, before: int, after: int, **_kwargs: Any
) -> None:
    record(
        rule,
        "accounts.retention_changed",
        actor=actor,
        rule=rule.subject,
        days_before=before,
        days_after=after,
    )


def _facts(grant: Grant) -> dict[str, Any]:
    return {
        "role": grant.role,
        "scope": grant.scope_code or grant.scope_kind,
        "confirmed": grant.confirmed_at is not None,
        "ends": grant.ends_at.isoformat() if grant.ends_at else None,
    }


def _record_grant(action: str, grant: Grant, actor: User | None, **changes: Any) -> None:
    record(
        grant.user,
        action,
        actor=actor,
        grant=grant.pk,
        role=grant.role,
        scope=grant.scope_code or grant.scope_kind,
        **changes,
    )


desk_card(
    "audit:log",
    group="system",
    position=10,
    title=_("Audit log"),
    text=_("Who did what, and when."),
    permission="audit.read_log",
)

desk_card(
    "audit:log",
    group="system",
    position=20,
    part="?action=stakeholders.file_opened",
    title=_("Restricted files"),
    text=_("Which staff members opened documents and evidence, and when."),
    permission="audit.read_log",
)

help_at("moderation#records", "audit")
