"""Mail that arrived, in the registries of the apps below."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.data_rights.queries import addresses_of
from accounts.hooks import Retained, Section, declare_kept, erasers, retained, sections
from accounts.people.models import User
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.personal_data import DataField, data_fields
from notifications.incoming.models import IncomingMail

sentence("notifications.incoming_done", _("%(actor)s marked an incoming e-mail as done"))

desk_card(
    "desk_mail:incoming",
    group="system",
    position=35,
    title=_("Incoming e-mail"),
    text=_("What people answer to e-mail of the portal, and what could not be assigned."),
    permission="notifications.read_incoming",
    rows=lambda user: IncomingMail.objects.visible_to(user).open(),
)


def _from(user: User) -> QuerySet[IncomingMail]:
    return IncomingMail.objects.alias(low=Lower("sender")).filter(low__in=addresses_of(user))


def _data(user: User) -> Iterator[list[DataField]]:
    for mail in _from(user).order_by("arrived_at", "pk"):
        yield data_fields(mail, "sort", "sender", "subject", "text", "arrived_at")


sections.register(
    "incoming_mail",
    Section(
        _("E-mail from you"),
        _(
            "E-mails that came from your addresses to the portal; their text only where the "
            "WhatsOn team reads them."
        ),
        _data,
    ),
)


def _forget(user: User) -> None:
    _from(user).delete()


def _old_incoming(before: datetime) -> QuerySet[Any]:
    return IncomingMail.objects.filter(arrived_at__lt=before)


erasers.register("notifications.incoming", _forget)
declare_kept(_("Work done at the desk"), "notifications.incomingmail.done_by")
retained.register(
    "notifications.incoming",
    Retained(
        label=_("Incoming e-mail"),
        about=_("Days after an e-mail to the portal arrived, done or not."),
        days=180,
        least=30,
        most=1095,
        reason="As long as the mail that it answers; set by the portal's makers, 2026-11.",
        rows=_old_incoming,
    ),
)
