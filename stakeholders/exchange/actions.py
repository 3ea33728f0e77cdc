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


def add_offer(stakeholder: Stakeholder, *, actor: User, direction: str, said: Mapping[str, Any]) -> Offer:
    """Add an offer or a need. `said`: area, topic (codes or ""), text, languages, countries (lists of codes),
    audience, until (a date or None). Raises DomainError with the fields that are wrong.
    """
    with transaction.atomic():
        kept = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        if kept.status not in Status.TAKING_PART:
            raise WrongState(
                _("The profile is not active now. Confirm it first; then publish an offer or a need.")
            )
        _refuse_wrong(said, direction)
        if Offer.objects.filter(stakeholder=kept).standing().count() >= MOST_OPEN:
            raise DomainError(_("There are %(most)s already. Please close one first.") % {"most": MOST_OPEN})
        offer = Offer(stakeholder=kept, direction=direction)
        _write(offer, said)
        record(kept, "stakeholders.offer_added", actor=actor, direction=direction, offer=offer.pk)
        tell_offer(offer)
        DirectoryVersion.objects.bump()
    return offer


def change_offer(offer: Offer, *, actor: User, version: int, said: Mapping[str, Any]) -> Offer:
    """Change what is open. `version` is the one that the page showed; WrongState where it has moved on."""
    with transaction.atomic():
        kept = _open(offer, actor)
        if kept.version != version:
            raise WrongState(
                _("Another person has changed this in the meantime. Check the changes, then save again.")
            )
        _refuse_wrong(said, kept.direction)
        _write(kept, said)
        keep_offer_deadline(kept)
        record(
            kept.stakeholder,
            "stakeholders.offer_changed",
            actor=actor,
            direction=kept.direction,
            offer=kept.pk,
        )
        DirectoryVersion.objects.bump()
    return kept


def close_offer(offer: Offer, *, actor: User, version: int | None = None) -> Offer:
    """Nobody else finds it any more; its people keep it for their records."""
    with transaction.atomic():
        kept = _open(offer, actor)
        refuse_changed(kept, version)
        kept.closed_at = now()
        kept.save(update_fields=["closed_at"])
        keep_offer_deadline(kept)
        record(
            kept.stakeholder,
            "stakeholders.offer_closed",
            actor=actor,
            direction=kept.direction,
            offer=kept.pk,
        )
        DirectoryVersion.objects.bump()
    return kept


def _open(offer: Offer, actor: User) -> Offer:
    stakeholder = lock(offer.stakeholder, actor, "stakeholders.change_stakeholder")
    kept = Offer.objects.get(pk=offer.pk)
    kept.stakeholder = stakeholder
    if kept.closed_at is not None:
        raise WrongState(_("This has been closed already."))
    return kept


def _refuse_wrong(said: Mapping[str, Any], direction: str) -> None:
    wrong = {}
    if direction not in Direction.values:
        wrong["direction"] = _("Choose whether you offer or need it.")
    if not said.get("area") and not said.get("topic"):
        wrong["area"] = _("Choose an area or a topic, or both.")
    if not said.get("text"):
        wrong["text"] = _("Describe it in a sentence or two.")
    if said.get("audience") not in OfferAudience.values:
        wrong["audience"] = _("Choose who reads it.")
    if said.get("until") and said["until"] < today():
        wrong["until"] = _("This day is over.")
    if said.get("until") and said["until"] > LAST_DAY:
        wrong["until"] = _("Choose an earlier day.")
    if wrong:
        raise DomainError(" ".join(wrong.values()), fields=wrong)


def _write(offer: Offer, said: Mapping[str, Any]) -> None:
    for name in ("area", "topic", "text", "audience", "until"):
        value = said.get(name)
        setattr(offer, CODES.get(name, name), (value or None) if name in {*CODES, "until"} else value)
    offer.version += 1
    offer.save()
    for name in MANY:
        getattr(offer, name).set(said.get(name) or [])


UNTIL = "until"
LAST_DAY = date(2999, 12, 31)  # the end of the last day of all cannot be told


def tell_offer(offer: Offer) -> None:
    """An offer or a need is new; its last day, where it has one, is a deadline."""
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
    """The end of the last day of an open offer, by Vienna's clock; none where it has none, or is closed."""
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
