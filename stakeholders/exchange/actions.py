"""Offers and needs: added, changed and closed by the people who edit the entry."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.time_display import VIENNA
from notifications.follows.actions import drop_deadline, set_deadline, tell
from stakeholders.entries.enums import Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exchange.enums import Direction, OfferAudience
from stakeholders.exchange.models import Offer, today
from stakeholders.exchange.queries import terms_of_offer
from workflow.moves.actions import lock, refuse_changed

MOST_OPEN = 40
CODES = {"area": "area_id", "topic": "topic_id"}
MANY = ("languages", "countries")


def add_offer(stakeholder: Stakeholder, *, actor: User, direction: str, fields: Mapping[str, Any]) -> Offer:
    """Add an offer or a need. `fields`: area, topic (codes or ""), text, languages, countries (lists of
    codes), audience, until (a date or None). Raises DomainError with the fields that are wrong.
    """
    with transaction.atomic():
        stakeholder = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        if stakeholder.status not in Status.TAKING_PART:
            raise WrongState(
                _("The profile is not active now. Confirm it first; then publish an offer or a need.")
            )
        _refuse_wrong(fields, direction)
        if Offer.objects.filter(stakeholder=stakeholder).standing().count() >= MOST_OPEN:
            raise DomainError(_("There are %(most)s already. Please close one first.") % {"most": MOST_OPEN})
        offer = Offer(stakeholder=stakeholder, direction=direction)
        _write(offer, fields)
        record(stakeholder, "stakeholders.offer_added", actor=actor, direction=direction, offer=offer.pk)
        tell_offer(offer)
        DirectoryVersion.objects.bump()
    return offer


def change_offer(offer: Offer, *, actor: User, version: int, fields: Mapping[str, Any]) -> Offer:
    """Change an open offer. `version` is the one that the page showed; raises WrongState where it differs."""
    with transaction.atomic():
        offer = _lock_open_offer(offer, actor)
        if offer.version != version:
            raise WrongState(
                _("Another person has changed this in the meantime. Check the changes, then save again.")
            )
        _refuse_wrong(fields, offer.direction)
        _write(offer, fields)
        keep_offer_deadline(offer)
        record(
            offer.stakeholder,
            "stakeholders.offer_changed",
            actor=actor,
            direction=offer.direction,
            offer=offer.pk,
        )
        DirectoryVersion.objects.bump()
    return offer


def close_offer(offer: Offer, *, actor: User, version: int | None = None) -> Offer:
    """Close an offer: others no longer find it, its own people still read it."""
    with transaction.atomic():
        offer = _lock_open_offer(offer, actor)
        refuse_changed(offer, version)
        offer.closed_at = now()
        offer.save(update_fields=["closed_at"])
        keep_offer_deadline(offer)
        record(
            offer.stakeholder,
            "stakeholders.offer_closed",
            actor=actor,
            direction=offer.direction,
            offer=offer.pk,
        )
        DirectoryVersion.objects.bump()
    return offer


def _lock_open_offer(offer: Offer, actor: User) -> Offer:
    stakeholder = lock(offer.stakeholder, actor, "stakeholders.change_stakeholder")
    offer = Offer.objects.get(pk=offer.pk)
    offer.stakeholder = stakeholder
    if offer.closed_at is not None:
        raise WrongState(_("This has been closed already."))
    return offer


def _refuse_wrong(fields: Mapping[str, Any], direction: str) -> None:
    wrong = {}
    if direction not in Direction.values:
        wrong["direction"] = _("Choose whether you offer or need it.")
    if not fields.get("area") and not fields.get("topic"):
        wrong["area"] = _("Choose an area or a topic, or both.")
    if not fields.get("text"):
        wrong["text"] = _("Describe it in a sentence or two.")
    if fields.get("audience") not in OfferAudience.values:
        wrong["audience"] = _("Choose who reads it.")
    if fields.get("until") and fields["until"] < today():
        wrong["until"] = _("This day is over.")
    if fields.get("until") and fields["until"] > LAST_DAY:
        wrong["until"] = _("Choose an earlier day.")
    if wrong:
        raise DomainError(" ".join(wrong.values()), fields=wrong)


def _write(offer: Offer, fields: Mapping[str, Any]) -> None:
    for name in ("area", "topic", "text", "audience", "until"):
        value = fields.get(name)
        setattr(offer, CODES.get(name, name), (value or None) if name in {*CODES, "until"} else value)
    offer.version += 1
    offer.save()
    for name in MANY:
        getattr(offer, name).set(fields.get(name) or [])


UNTIL = "until"
LAST_DAY = date(2999, 12, 31)  # the end of the last day of all cannot be told


def tell_offer(offer: Offer) -> None:
    """Announce a new offer or need, and set its last day, if any, as a deadline."""
    entry = offer.stakeholder
    tell(
        "stakeholders.offer_added",
        offer,
        key=f"offer:{offer.pk}:added",
        terms=terms_of_offer(offer),
        url_name="stakeholders:by_number",
        url_args=[entry.pk],
        facts={"name": entry.name, "direction": offer.direction},
    )
    keep_offer_deadline(offer)


def keep_offer_deadline(offer: Offer) -> None:
    """Set the end, in Vienna, of an open offer's last day as its deadline; drop it for others."""
    if offer.until is None or offer.closed_at is not None:
        drop_deadline(offer, UNTIL)
        return
    set_deadline(
        "stakeholders.offer_ends",
        offer,
        UNTIL,
        datetime.combine(offer.until + timedelta(days=1), time(), VIENNA),
        terms=terms_of_offer(offer),
        url_name="stakeholders:by_number",
        url_args=[offer.stakeholder_id],
        facts={"name": offer.stakeholder.name, "direction": offer.direction},
    )
