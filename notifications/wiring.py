"""Mail about accounts; a person's notices and mail as data, when they leave, and for how long."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.signals import user_logged_in
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts import hooks as accounts_hooks
from accounts.data_rights.models import DataExport
from accounts.data_rights.queries import addresses_of
from accounts.hooks import Retained, Section, declare_erased, declare_kept, erasers, retained, sections
from accounts.people.enums import Role
from accounts.people.models import Grant, User
from accounts.people.queries import administrators
from accounts.second_factor.models import FactorReset
from accounts.tokens.models import AccessToken
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from notifications.bounces.models import Suppression
from notifications.bounces.queries import ASKS_THE_ADDRESS, MAIL_CAME_BACK, held_address_of
from notifications.follows.models import Deadline, Follow
from notifications.happenings.models import Happening
from notifications.hooks import asks_for_answer, kind, kinds
from notifications.inbox.models import Digest, Notice
from notifications.outbox.actions import mail_address, notify, notify_all
from notifications.outbox.enums import Status
from notifications.outbox.models import Habits, Message, Preference

ACCOUNT = _("Your account")


def _still_lasts(user: Any, pk: int | None) -> bool:
    return (
        bool(user) and pk is not None and DataExport.objects.visible_to(user).lasting().filter(pk=pk).exists()
    )


kind(
    "accounts.data_ready",
    label=_("The copy of your data is ready"),
    group=ACCOUNT,
    essential=True,
    still_visible=_still_lasts,
)
kind("accounts.token_made", label=_("An access token was made"), group=ACCOUNT, essential=True)
kind(
    "accounts.sign_in_tried",
    label=_("Many attempts to sign in to your account"),
    group=ACCOUNT,
    essential=True,
)
kind("accounts.tokens_revoked", label=_("Your access tokens were revoked"), group=ACCOUNT, essential=True)
kind(
    "accounts.factor_reset_asked",
    label=_("Request to remove your second factor"),
    group=ACCOUNT,
    essential=True,
)
kind(
    "accounts.factor_reset_confirmed",
    label=_("Your second factor was removed"),
    group=ACCOUNT,
    essential=True,
)
kind(
    "accounts.factor_reset_waits",
    label=_("Request about a lost second factor"),
    group=_("The portal itself"),
    essential=True,
    concerns=lambda user: any(grant.role == Role.ADMINISTRATOR for grant in user.granted),
)
kind(
    "accounts.grant_waits",
    label=_("Role that waits for your confirmation"),
    group=_("The portal itself"),
    essential=True,
    concerns=lambda user: any(grant.role == Role.ADMINISTRATOR for grant in user.granted),
)
asks_for_answer("accounts.factor_reset_waits", "accounts.grant_waits")
kind("accounts.account_deleted", label=_("Your account was deleted"), group=ACCOUNT, essential=True)


# --- My data ------------------------------------------------------------------------------------------
def _kind(name: str) -> DataField:
    return data_field("kind", _("kind"), name, kinds[name].label if name in kinds else name)


def _notices(user: User) -> Iterator[list[DataField]]:
    """Without their facts, which may name others."""
    for notice in Notice.objects.visible_to(user).order_by("created_at", "pk"):
        yield [_kind(notice.kind), *data_fields(notice, "created_at", "read_at", "mail", "in_app")]


def _mail(user: User) -> Iterator[list[DataField]]:
    for message in Message.objects.filter(user=user).order_by("created_at", "pk"):
        yield [
            _kind(message.kind),
            *data_fields(message, "address", "language", "status", "created_at", "sent_at"),
        ]


def _hearing(user: User) -> Iterator[list[DataField]]:
    kind_label = _("What it is")
    for follow in Follow.objects.visible_to(user).order_by("created_at", "pk"):
        yield [
            data_field("what", kind_label, "follow", _("What you follow")),
            *data_fields(follow, "terms", "level", "created_at"),
        ]
    for wish in Preference.objects.visible_to(user).order_by("kind"):
        yield [
            data_field("what", kind_label, "preference", _("How you are informed")),
            _kind(wish.kind),
            *data_fields(wish, "mail", "in_app"),
        ]
    for habits in Habits.objects.filter(user=user):
        yield [
            data_field("what", kind_label, "habits", _("When e-mail may come")),
            *data_fields(habits, "digest_hour", "weekly_day", "quiet_from", "quiet_to"),
        ]


sections.register(
    "hearing",
    Section(
        _("What you follow, and how you are informed"), _("Follows, preferences and quiet hours."), _hearing
    ),
)
sections.register(
    "notices",
    Section(
        _("Your inbox"),
        _("What you were informed of and when, without the words, which may name others."),
        _notices,
    ),
)
sections.register(
    "mail",
    Section(_("E-mail to you"), _("Which e-mail the portal sent you, when, and whether it left."), _mail),
)


# --- When a person leaves -----------------------------------------------------------------------------
def _forget_mail(user: User) -> None:
    """Also mail to their addresses without an account. That an address wants no mail stays known."""
    to = Message.objects.alias(low=Lower("address"))
    to.filter(user=None, low__in=addresses_of(user)).delete()


erasers.register("notifications.mail", _forget_mail)

declare_erased(_("Notices in your inbox"), "notifications.notice.user")
declare_erased(_("The record of e-mails to you"), "notifications.message.user", "notifications.digest.user")
declare_erased(_("What you follow"), "notifications.follow.user")
declare_erased(
    _("How and when you want to hear"), "notifications.preference.user", "notifications.habits.user"
)


# --- For how long -------------------------------------------------------------------------------------
def _old_mail(before: datetime) -> QuerySet[Any]:
    return Message.objects.filter(status__in=Status.OVER, created_at__lt=before)


def _old_notices(before: datetime) -> QuerySet[Any]:
    """Not what a digest has still to gather."""
    waiting = Q(digest=None, mail__in=("daily", "weekly"))
    return Notice.objects.filter(created_at__lt=before).exclude(waiting)


def _old_digests(before: datetime) -> QuerySet[Any]:
    """Those without notices; the last of each person stays, for the next begins where it ended."""
    last = Digest.objects.filter(user=OuterRef("user"), rhythm=OuterRef("rhythm")).order_by("-until", "-pk")
    empty = ~Exists(Notice.objects.filter(digest=OuterRef("pk")))
    return Digest.objects.filter(empty, until__lt=before).exclude(pk=Subquery(last.values("pk")[:1]))


def _old_happenings(before: datetime) -> QuerySet[Any]:
    return Happening.objects.filter(expanded_at__lt=before)


def _old_deadlines(before: datetime) -> QuerySet[Any]:
    return Deadline.objects.filter(at__lt=before)


def _old_suppressions(before: datetime) -> QuerySet[Any]:
    return Suppression.objects.filter(since__lt=before)


for _name, _label, _about, _days, _least, _most, _reason, _rows in (
    (
        "notifications.mail",
        _("E-mail that has left"),
        _("Days after an e-mail was written, sent or given up."),
        180,
        30,
        1095,
        "To answer what was sent to whom; set by the portal's makers, 2026-11.",
        _old_mail,
    ),
    (
        "notifications.notice",
        _("Notices in inboxes"),
        _("Days after the notice, read or not."),
        365,
        30,
        1825,
        "A year to look back; set by the portal's makers, 2026-11.",
        _old_notices,
    ),
    (
        "notifications.digest",
        _("Digests"),
        _("Days after the digest; the last of each person stays."),
        365,
        30,
        1825,
        "As long as what they held; set by the portal's makers, 2026-11.",
        _old_digests,
    ),
    (
        "notifications.happening",
        _("News sent to followers"),
        _("Days after all were informed."),
        730,
        90,
        3650,
        "So that nothing is told twice; set by the portal's makers, 2026-11.",
        _old_happenings,
    ),
    (
        "notifications.deadline",
        _("Deadlines that have passed"),
        _("Days after the deadline."),
        365,
        30,
        3650,
        "Nobody is reminded any more; set by the portal's makers, 2026-11.",
        _old_deadlines,
    ),
    (
        "notifications.suppression",
        _("Addresses that get no e-mail"),
        _("Days since it was put there."),
        730,
        90,
        3650,
        "Addresses come back to life; set by the portal's makers, 2026-11.",
        _old_suppressions,
    ),
):
    retained.register(
        _name,
        Retained(
            label=_label, about=_about, days=_days, least=_least, most=_most, reason=_reason, rows=_rows
        ),
    )
declare_kept(
    _("Work done at the desk"),
    "notifications.suppression.by",
    "notifications.pause.by",
    "notifications.pause.ended_by",
)

# --- The kinds of mail about a person's account (allauth says when), and the digest ------------------

for name, label in (
    ("accounts.email_confirmation_signup", _("Confirm your address after signing up")),
    ("accounts.email_confirmation", _("Confirm an address")),
    ("accounts.account_already_exists", _("A sign-up with your address")),
    ("accounts.unknown_account", _("An attempt to sign in with an unknown address")),
    ("accounts.login_code", _("Code for signing in")),
    ("accounts.password_reset_key", _("Link for a new password")),
    ("accounts.password_reset_code", _("Code for a new password")),
    ("accounts.password_reset", _("Your password was changed")),
    ("accounts.password_changed", _("Your password was changed")),
    ("accounts.password_set", _("A password was set")),
    ("accounts.email_confirm", _("Your address was confirmed")),
    ("accounts.email_changed", _("Your address was changed")),
    ("accounts.email_deleted", _("An address was removed")),
    ("accounts.totp_activated", _("An authenticator app was added")),
    ("accounts.totp_deactivated", _("The authenticator app was removed")),
    ("accounts.recovery_codes_generated", _("New recovery codes were made")),
    ("accounts.webauthn_added", _("A passkey was added")),
    ("accounts.webauthn_removed", _("A passkey was removed")),
    ("accounts.account_connected", _("A new way to sign in was added")),
    ("accounts.account_disconnected", _("A way to sign in was removed")),
    ("accounts.sessions_ended", _("You were signed out in other browsers")),
):
    kind(name, label=label, group=ACCOUNT, essential=True, secret=True)
kind(
    "notifications.preferences_changed",
    label=_("Your notification settings were changed through a link in an e-mail"),
    group=ACCOUNT,
    essential=True,
)
for name, label in (
    ("notifications.jobs_stale", _("A job in the background does not run")),
    ("notifications.jobs_recovered", _("Jobs in the background run again")),
):
    kind(name, label=label, group=_("The portal itself"), essential=True)
kind(ASKS_THE_ADDRESS, label=_("Does your address work again?"), group=ACCOUNT, essential=True, secret=True)

# --- What accounts signals about a person's data and tokens, said to that person by mail -------------


@receiver(accounts_hooks.data_ready, dispatch_uid="notifications.data_ready")
def _data_ready(sender: Any, export: DataExport, **_kwargs: Any) -> None:
    notify(
        export.user,
        "accounts.data_ready",
        key=f"data_export:{export.pk}:ready",
        url_name="rights:export",
        url_args=[export.pk],
        facts={"until": export.expires_at.isoformat()},
        subject=export,
    )


@receiver(accounts_hooks.token_made, dispatch_uid="notifications.token_made")
def _token_made(sender: Any, token: AccessToken, **_kwargs: Any) -> None:
    notify(
        token.user,
        "accounts.token_made",
        key=f"access_token:{token.pk}:made",
        url_name="rights:tokens",
        facts={"name": token.name, "at": now().isoformat(), "until": token.expires_at.isoformat()},
        subject=token,
    )


@receiver(accounts_hooks.sign_in_tried, dispatch_uid="notifications.sign_in_tried")
def _sign_in_tried(sender: Any, user: User, **_kwargs: Any) -> None:
    moment = now()
    notify(
        user,
        "accounts.sign_in_tried",
        key=f"sign_in_tried:{moment:%Y-%m-%d}",
        url_name="mfa_index",
        facts={"at": moment.isoformat()},
        subject=user,
    )


@receiver(accounts_hooks.tokens_revoked, dispatch_uid="notifications.tokens_revoked")
def _tokens_revoked(sender: Any, user: User, tokens: list[AccessToken], why: str, **_kwargs: Any) -> None:
    notify(
        user,
        "accounts.tokens_revoked",
        key=f"access_tokens:{tokens[0].pk}:revoked",
        url_name="rights:tokens",
        facts={"names": [token.name for token in tokens], "why": why, "at": now().isoformat()},
        subject=user,
    )


@receiver(accounts_hooks.grant_given, dispatch_uid="notifications.grant_given")
def _grant_given(sender: Any, grant: Grant, actor: User | None, **_kwargs: Any) -> None:
    """Tell those administrators who may confirm a role of the desk that it waits for one of them."""
    if grant.confirmed_at is None:
        notify_all(
            administrators().exclude(pk__in=[grant.user_id, actor.pk if actor else 0]),
            "accounts.grant_waits",
            key=f"grant:{grant.pk}:waits",
            url_name="portal:roles",
            facts={"name": str(grant.user), "role": grant.role},
            subject=grant,
        )


@receiver(accounts_hooks.factor_reset, dispatch_uid="notifications.factor_reset")
def _factor_reset(sender: Any, reset: FactorReset, step: str, **_kwargs: Any) -> None:
    """The person hears what is asked and done in their name; the administrators, that somebody waits."""
    facts = {"at": now().isoformat(), "name": str(reset.user)}
    if step in ("asked", "confirmed"):
        notify(
            reset.user,
            f"accounts.factor_reset_{step}",
            key=f"factor_reset:{reset.pk}:{step}",
            url_name="accounts:lost" if step == "asked" else "account_reset_password",
            facts=facts,
            subject=reset,
        )
    if step in ("asked", "checked"):
        notify_all(
            administrators().exclude(pk__in=[reset.user_id, reset.checked_by_id or 0]),
            "accounts.factor_reset_waits",
            key=f"factor_reset:{reset.pk}:waits:{step}",
            url_name="admin:accounts_factorreset_changelist",
            facts=facts,
            subject=reset,
        )


@receiver(accounts_hooks.person_erased, dispatch_uid="notifications.person_erased")
def _person_erased(sender: Any, user: User, address: str, language: str, **_kwargs: Any) -> None:
    """To the address as it was, without a relation to the account: this message outlives it."""
    mail_address(
        address,
        "accounts.account_deleted",
        key=f"accounts:deleted:{uuid4()}",
        language=language,
        facts={"at": now().isoformat()},
    )


# --- What the sign-in of somebody means for what they are told ---------------------------------------


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """Asked once here, so that no page has to ask for everybody."""
    if request is not None and held_address_of(user) is not None:
        request.session[MAIL_CAME_BACK] = True


help_at("account#notifications", "notifications")
help_at("people#mail", "desk_mail", "sending")
