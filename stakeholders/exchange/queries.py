"""Offers and needs as a reader may see them, with counts, and what answers what.

A match is an offer and a need of two stakeholders that share an area or a topic. Each thing they share is a
reason, the reader sees all of them, and most reasons come first.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.enums import Role
from accounts.people.models import User
from core.facets import FacetQuery, Names
from stakeholders.contact.enums import ContactObstacle
from stakeholders.contact.queries import contact_obstacles
from stakeholders.entries.models import Membership, Stakeholder, entries_of
from stakeholders.exchange.enums import Direction, OfferAudience
from stakeholders.exchange.models import Offer, OfferQuerySet
from stakeholders.followers.queries import (
    EVERYBODY,
    Pairs,
    Reader,
    focal_points_of,
    may_see_entry,
    people_acting_for,
    people_taking_part,
    people_with_roles,
    terms_of,
    terms_of_places,
    visible_pairs,
)
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from taxonomy.terms.models import EngagementArea, Language, Topic

FACETS = ("direction", "area", "topic", "country", "language")
MOST_MATCHES = 20
MOST_IN_PANEL = 20
_Countries: Any = Offer.countries.through.objects
_Languages: Any = Offer.languages.through.objects


def names() -> dict[str, dict[str, Any]]:
    """Return the current label of each code, in the order of the labels."""
    areas, topics, countries, languages = choices_of(EngagementArea, Topic, Country, Language)
    return {
        "direction": dict(Direction.choices),
        "area": dict(areas),
        "topic": dict(topics),
        "country": dict(countries),
        "language": dict(languages),
    }


@dataclass(frozen=True, slots=True)
class OfferQuery(FacetQuery):
    facets = FACETS

    direction: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()

    def condition(self, *, but: str = "") -> Q:
        """Return the condition of all filters except `but`; a country is a named one or the seat's."""
        q = Q()
        if self.direction and but != "direction":
            q &= Q(direction__in=self.direction)
        if self.area and but != "area":
            q &= Q(area__in=self.area)
        if self.topic and but != "topic":
            q &= Q(topic__in=self.topic)
        if self.country and but != "country":
            named = _Countries.filter(offer_id=OuterRef("pk"), country_id__in=self.country)
            q &= Q(Exists(named)) | Q(stakeholder__country__in=self.country)
        if self.language and but != "language":
            q &= Q(Exists(_Languages.filter(offer_id=OuterRef("pk"), language_id__in=self.language)))
        return q


def standing_for(user: Any) -> OfferQuerySet:
    """Return the open offers that `user` may read, from which the page, its counts and matches start."""
    return Offer.objects.visible_to(user).standing()


def with_codes(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """Return the rows with stakeholder, and with the codes of their countries and languages."""
    return rows.select_related("stakeholder").annotate(
        country_codes=ArraySubquery(_Countries.filter(offer_id=OuterRef("pk")).values("country_id")),
        language_codes=ArraySubquery(_Languages.filter(offer_id=OuterRef("pk")).values("language_id")),
    )


def listed_offers(user: Any, question: OfferQuery) -> QuerySet[Offer]:
    """Return the offers that match the question, the newest first."""
    return with_codes(standing_for(user).filter(question.condition())).order_by("-created_at", "-pk")


def counts(user: Any, question: OfferQuery) -> dict[str, Counter[str]]:
    """Return for each facet how many offers each choice would show, ignoring its own choice."""
    numbers: dict[str, Counter[str]] = {}
    for name in ("direction", "area", "topic"):
        rows = standing_for(user).filter(question.condition(but=name), **{f"{name}__isnull": False})
        numbers[name] = _count_by(rows, f"{name}_id" if name != "direction" else name)
    narrowed = standing_for(user).filter(question.condition(but="country"))
    seat_named = _Countries.filter(offer_id=OuterRef("pk"), country_id=OuterRef("stakeholder__country_id"))
    numbers["country"] = _count_by(_Countries.filter(offer__in=narrowed.values("pk")), "country_id")
    numbers["country"].update(_count_by(narrowed.exclude(Exists(seat_named)), "stakeholder__country_id"))
    spoken = standing_for(user).filter(question.condition(but="language")).values("pk")
    numbers["language"] = _count_by(_Languages.filter(offer__in=spoken), "language_id")
    return numbers


def _count_by(rows: Any, name: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(name).annotate(number=Count("pk"))))


@dataclass(frozen=True, slots=True)
class Card:
    """One offer or need with its codes as words; `reasons` only where it is a match, `obstacle` if asked."""

    offer: Offer
    area: str
    topic: str
    countries: list[str]
    languages: list[str]
    reasons: list[str] = field(default_factory=list)
    mine: Offer | None = None
    obstacle: ContactObstacle | None = None


def cards(rows: Iterable[Offer], called: Names) -> list[Card]:
    return [_card(offer, called) for offer in rows]


def _card(offer: Any, called: Names) -> Card:
    return Card(
        offer,
        called["area"].get(offer.area_id, ""),
        called["topic"].get(offer.topic_id, ""),
        _words(offer.country_codes, called["country"]),
        _words(offer.language_codes, called["language"]),
    )


def _words(codes: Iterable[str], called: Mapping[str, Any]) -> list[str]:
    chosen = set(codes)
    return [str(label) for code, label in called.items() if code in chosen]


def with_obstacles(user: Any, offer_cards: list[Card]) -> list[Card]:
    """Return the cards with what keeps the reader from answering each."""
    obstacles = (
        contact_obstacles(user, [card.offer.stakeholder for card in offer_cards]) if offer_cards else {}
    )
    return [replace(card, obstacle=obstacles[card.offer.stakeholder_id]) for card in offer_cards]


def panel(stakeholder: Stakeholder, user: Any) -> list[Card]:
    """Return the open offers of one entry for its page, then its needs, the newest first."""
    rows = standing_for(user).filter(stakeholder=stakeholder)
    offers = list(with_codes(rows).order_by("-direction", "-created_at", "-pk")[:MOST_IN_PANEL])
    return cards(offers, names()) if offers else []


def own_offers(stakeholder: Stakeholder, user: Any) -> list[Card]:
    """Return all offers and needs of one entry for its people: open ones first, then ended ones."""
    rows = Offer.objects.visible_to(user).filter(stakeholder=stakeholder)
    ordered = with_codes(rows).order_by(F("closed_at").desc(nulls_first=True), "-created_at", "-pk")
    offers = sorted(ordered[:100], key=lambda offer: not offer.is_open)
    return cards(offers, names()) if offers else []


def own_entries(user: Any) -> list[Stakeholder]:
    """Return the entries that the person acts for and that take part."""
    own = Membership.objects.filter(user=user).values("stakeholder_id")
    return list(Stakeholder.objects.filter(pk__in=own, status="active").order_by("sort_key", "pk"))


MOST_NEW = 3


def own_standing(user: Any) -> OfferQuerySet:
    """Return the open offers of the person's own entries."""
    return Offer.objects.filter(stakeholder__in=entries_of(user)).standing()


def answering_own(user: Any, ours: Collection[Offer]) -> list[Offer]:
    """Return the newest offers and needs of others that answer `ours`, the person's own (`own_standing`)."""
    if not ours:
        return []
    answers = Q()
    for direction in Direction.values:
        own = [offer for offer in ours if offer.direction != direction]
        areas, topics = {offer.area_id for offer in own} - {None}, {offer.topic_id for offer in own} - {None}
        answers |= Q(direction=direction) & (Q(area__in=areas) | Q(topic__in=topics))
    rows = standing_for(user).exclude(stakeholder__in=entries_of(user)).filter(answers)
    shown = ("direction", "until", "text", "stakeholder__name", "stakeholder__slug")
    rows = rows.select_related("stakeholder").only(*shown)
    return list(rows.order_by("-created_at", "-pk")[:MOST_NEW])


# --- Matches ------------------------------------------------------------------------------------------
def _names_the_same(through: Any, code: str) -> Exists:
    """Return the condition, inside a query of own offers, that this offer and the outer one share a code."""
    outside = through.filter(offer_id=OuterRef(OuterRef(OuterRef("pk"))))
    return Exists(through.filter(offer_id=OuterRef("pk"), **{f"{code}__in": outside.values(code)}))


def _as_number(condition: Any) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def matches(stakeholder: Stakeholder, user: Any, direction: str) -> list[Card]:
    """Return offers or needs (`direction`) of others that answer what this entry needs or offers.

    Each has its reasons; most reasons first, then the newest.
    """
    own = Offer.objects.filter(stakeholder=stakeholder).standing().exclude(direction=direction)
    mine = {offer.pk: offer for offer in with_codes(own)}
    subjects = set(stakeholder.topics.values_list("pk", flat=True)) if direction == Direction.NEED else set()
    touching = Q(area__in={offer.area_id for offer in mine.values()} - {None}) | Q(
        topic__in=({offer.topic_id for offer in mine.values()} | subjects) - {None}
    )
    nearest = (
        own.filter(Q(area=OuterRef("area")) | Q(topic=OuterRef("topic")))
        .annotate(
            shared=_as_number(Q(area=OuterRef("area")))
            + _as_number(Q(topic=OuterRef("topic")))
            + _as_number(_names_the_same(_Countries, "country_id"))
            + _as_number(_names_the_same(_Languages, "language_id"))
        )
        .order_by("-shared", "-created_at", "-pk")
    )
    seat = Exists(_Countries.filter(offer_id=OuterRef("pk"), country_id=stakeholder.country_id)) | Q(
        stakeholder__country=stakeholder.country_id
    )
    ranked = (
        with_codes(standing_for(user).filter(touching, direction=direction))
        .exclude(stakeholder=stakeholder)
        .annotate(nearest=Subquery(nearest.values("pk")[:1]), seat=_as_number(seat))
        .annotate(
            reasons=Coalesce(Subquery(nearest.values("shared")[:1]), Value(0))
            + _as_number(Q(nearest__isnull=True, topic__in=subjects))
            + F("seat")
        )
        .order_by("-reasons", "-created_at", "-pk")[:MOST_MATCHES]
    )
    rows = list(ranked)
    called = names() if rows else {}
    return [_match(offer, mine, subjects, stakeholder, called) for offer in rows]


def _match(
    offer: Any, mine: Mapping[int, Any], subjects: set[str], stakeholder: Stakeholder, called: Names
) -> Card:
    card = _card(offer, called)
    nearest = mine.get(offer.nearest)
    reasons = []
    if nearest is not None:
        if nearest.area_id and nearest.area_id == offer.area_id:
            reasons.append(_("The same area: %(area)s") % {"area": card.area})
        if nearest.topic_id and nearest.topic_id == offer.topic_id:
            reasons.append(_("The same topic: %(topic)s") % {"topic": card.topic})
        countries = _words(set(nearest.country_codes) & set(offer.country_codes), called["country"])
        languages = _words(set(nearest.language_codes) & set(offer.language_codes), called["language"])
        comma = pgettext("between the items of a list", ", ")
        if countries:
            reasons.append(_("Both name: %(countries)s") % {"countries": comma.join(countries)})
        if languages:
            reasons.append(_("A language in common: %(languages)s") % {"languages": comma.join(languages)})
    elif offer.topic_id in subjects:
        reasons.append(_("You work on this topic: %(topic)s") % {"topic": card.topic})
    if offer.seat:
        place = called["country"].get(stakeholder.country_id, stakeholder.country_id)
        reasons.append(_("Where you are: %(country)s") % {"country": place})
    return replace(card, reasons=reasons, mine=nearest)


def terms_of_offer(offer: Offer) -> list[str]:
    """Return the terms of its entry, and of the topic and the places that the offer names."""
    countries = offer.countries.values_list("pk", flat=True)
    topic = [f"topic:{offer.topic_id}"] if offer.topic_id else []
    return [*terms_of(offer.stakeholder), *terms_of_places(countries), *topic]


def offer_readers(people: QuerySet[User], pk: int | None) -> QuerySet[User]:
    """Return the members of `people` who may see this offer or need."""
    offer = Offer.objects.filter(pk=pk).select_related("stakeholder").first() if pk else None
    if offer is None:
        return people.none()
    always = Q(pk__in=people_with_roles(*Role.DESK)) | Q(pk__in=people_acting_for(offer.stakeholder_id))
    if not Offer.objects.standing().filter(pk=offer.pk).exists():
        return people.filter(always, is_active=True)
    audience = EVERYBODY
    if offer.audience != OfferAudience.PUBLIC:
        states = Q(pk__in=people_with_roles(Role.STATE))
        near = focal_points_of(offer.stakeholder.country_id)
        audience = (Q(pk__in=people_taking_part()) | Q(pk__in=near)) & ~states
        if offer.audience == OfferAudience.MEMBERS_STATES:
            audience |= states
    return people.filter(always | (audience & may_see_entry(offer.stakeholder)), is_active=True)


def offers_seen_by(pairs: Pairs) -> set[tuple[int, int]]:
    """Return what `entries_seen` does, for pairs of person and offer or need."""
    rows = Offer.objects.filter(pk__in={pk for _user, pk in pairs})
    standing = set(rows.standing().values_list("pk", flat=True))
    offers = rows.select_related("stakeholder").in_bulk()

    def sees(reader: Reader, offer: Offer) -> bool:
        if reader.always_sees(offer.stakeholder_id):
            return True
        if offer.pk not in standing or not reader.sees(offer.stakeholder):
            return False
        if offer.audience == OfferAudience.PUBLIC:
            return True
        if Role.STATE in reader.roles:
            return offer.audience == OfferAudience.MEMBERS_STATES
        return reader.takes_part or reader.places is None or offer.stakeholder.country_id in reader.places

    return visible_pairs(pairs, offers, sees)
