"""The newsletter in the registries of the apps below; never an address in a sentence."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.data_rights.queries import addresses_of
from accounts.hooks import Retained, Section, declare_kept, erasers, retained, sections
from accounts.people.models import User
from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_fields
from news.newsletter.actions import APPROVE
from news.newsletter.actions_sending import KIND, TEST
from news.newsletter.models import Subscriber
from news.newsletter.queries import prepare, prepare_test, ways_out
from news.newsletter.rules import MAKERS
from notifications.bounces.models import Suppression
from notifications.hooks import kind
from stakeholders.entries.rules import holds
from workflow.hooks import desk_pages

for _name, _text in (
    ("made", _("%(actor)s began an issue of the newsletter")),
    ("changed", _("%(actor)s changed the issue")),
    ("approval_asked", _("%(actor)s asked for approval")),
    ("approved", _("%(actor)s approved the issue")),
    ("approval_ended", _("The approval no longer counts, since the issue was changed")),
    ("scheduled", _("%(actor)s scheduled the issue for %(at)s")),
    ("unscheduled", _("%(actor)s unscheduled the issue")),
    ("started", _("Sending of the issue began")),
    ("left_out", _("%(number)s items were left out, since they are no longer public")),
    ("paused", _("%(actor)s paused the sending")),
    ("resumed", _("%(actor)s resumed the sending")),
    ("sent", _("The issue has left")),
    ("tested", _("%(actor)s sent a test")),
    ("discarded", _("%(actor)s deleted the draft")),
):
    sentence(f"news.issue.{_name}", _text)
for _name, _text in (
    ("confirmed", _("The subscription was confirmed (text of consent: %(version)s)")),
    ("changed", _("Subscriber changed the choice")),
    ("left", _("The subscriber left, and the address was deleted")),
):
    sentence(f"news.subscriber.{_name}", _text, audience=Audience.SUBJECT)

# --- The newsletter in the registries of the apps below ----------------------------------------------

GROUP = _("Newsletter")
ISSUE = "news.issue"


def _makes_it(user: Any) -> bool:
    return holds(user, *MAKERS)


def _nobody(_user: Any) -> bool:
    """Subscribers choose on pages of the newsletter's own, with or without an account."""
    return False


kind(
    KIND,
    label=_("An issue of the newsletter"),
    group=GROUP,
    prepare=prepare,
    ways_out=ways_out,
    concerns=_nobody,
)
kind(
    TEST,
    label=_("A test of the newsletter"),
    group=GROUP,
    essential=True,
    prepare=prepare_test,
    concerns=_makes_it,
)
kind("news.confirm_subscription", label=_("Confirm the newsletter"), group=GROUP, secret=True)
kind("news.newsletter_choices", label=_("Your choices for the newsletter"), group=GROUP, secret=True)
kind(
    "news.items_left_out",
    label=_("Items were left out of the newsletter"),
    group=_("Work of the desk"),
    concerns=_makes_it,
)


# --- My data, and when a person leaves ----------------------------------------------------------------
def _subscribers_of(user: User) -> "QuerySet[Subscriber]":
    return Subscriber.objects.alias(low=Lower("address")).filter(low__in=addresses_of(user))


def _rows(user: User) -> Iterator[list[DataField]]:
    for row in _subscribers_of(user).prefetch_related("topics"):
        yield data_fields(
            row, "address", "languages", "topics", "consent_version", "asked_at", "confirmed_at"
        )


sections.register(
    "newsletter",
    Section(GROUP, _("Your subscription: languages, topics, and to which text you agreed when."), _rows),
)


def _forget(user: User) -> None:
    _subscribers_of(user).delete()


erasers.register("news.subscriber", _forget)
desk_pages.register(ISSUE, "newsletterdesk:issue")
declare_kept(_("Work done at the desk"), "news.issue.made_by", "news.issue.approved_by")


# --- For how long -------------------------------------------------------------------------------------
def _unconfirmed_subscribers(before: datetime) -> "QuerySet[Subscriber]":
    return Subscriber.objects.filter(confirmed_at=None, asked_at__lt=before)


def _unreachable_subscribers(before: datetime) -> "QuerySet[Subscriber]":
    held = Suppression.objects.in_force().filter(since__lt=before).alias(lowered=Lower("address"))
    return Subscriber.objects.filter(Exists(held.filter(lowered=Lower(OuterRef("address")))))


retained.register(
    "news.unconfirmed",
    Retained(
        label=_("Unconfirmed subscriptions"),
        about=_("Days after the subscription."),
        days=7,
        least=1,
        most=30,
        reason="As long as the link is good; set by the portal's makers, 2026-11.",
        rows=_unconfirmed_subscribers,
    ),
)
retained.register(
    "news.unreachable",
    Retained(
        label=_("Subscribers whose address gets no e-mail"),
        about=_("Days since e-mail to it is held back."),
        days=90,
        least=14,
        most=730,
        reason="Nobody reads there; set by the portal's makers, 2026-11.",
        rows=_unreachable_subscribers,
    ),
)

desk_card(
    "newsletterdesk:home",
    group="news",
    position=30,
    title=_("Issues of the newsletter"),
    text=_("Put together, looked at in each language, sent; and how many have subscribed."),
    permission="news.make_newsletter",
    work=(APPROVE,),
    kind=ISSUE,
    do=_("Approve issue"),
)

help_at("visitors#newsletter", "newsletter")
help_at("newsletter#issue", "newsletterdesk")
