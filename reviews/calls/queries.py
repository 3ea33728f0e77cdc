"""How a call stands by the clock, who may answer it and who draft one; documents for the index."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from accounts.people.enums import Role
from news.hooks import ItemText
from reviews.calls.enums import Answerers, CallStatus
from reviews.calls.models import Call, CallQuerySet
from search.enums import Audience
from search.hooks import Entry, facets_of_days
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder


class Period(StrEnum):
    """How a call stands at an instant: by its state, and by the clock. No job has to have run."""

    DRAFT = "draft"
    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    CANCELLED = "cancelled"


def period_of(call: Call, at: datetime | None = None) -> Period:
    at = at or now()
    if call.status == CallStatus.DRAFT:
        return Period.DRAFT
    if call.status == CallStatus.CANCELLED:
        return Period.CANCELLED
    if call.opens_at is not None and at < call.opens_at:
        return Period.UPCOMING
    return Period.OPEN if call.is_open_for(at=at) else Period.CLOSED


def public_calls() -> CallQuerySet:
    """Return the calls that every visitor may see, never drafts."""
    return Call.objects.visible_to(AnonymousUser())


def may_answer(call: Call) -> QuerySet[Stakeholder]:
    """Return the stakeholders that the call addresses."""
    taking_part = Stakeholder.objects.filter(status__in=Status.TAKING_PART)
    if call.answerers == Answerers.COUNTRIES and (
        places := list(call.countries.values_list("pk", flat=True))
    ):
        taking_part = taking_part.filter(Q(country__in=places) | Q(works_in__in=places)).distinct()
    return taking_part


def stakeholders_of(user: Any, call: Call) -> QuerySet[Stakeholder]:
    """Return the stakeholders for which the person may contribute to the call, by name."""
    if not (user.is_authenticated and user.is_active):
        return Stakeholder.objects.none()
    acting = Membership.objects.filter(user=user, role__in=MemberRole.WRITERS)
    return may_answer(call).filter(pk__in=acting.values("stakeholder_id")).order_by("sort_key", "pk")


PUBLISH = "publish_call"


def places_to_draft(user: Any) -> frozenset[str] | None:
    """Return the countries (ISO3) that a call drafted by the person may be about; None: all."""
    return None if user.has_role(Role.REVIEWS, Role.HEAD) else user.places_of(Role.REGIONAL)


def item_texts(ids: Collection[int]) -> dict[int, dict[str, ItemText]]:
    """Return title and guidance of calls in each of their languages, for the newsletter."""
    return {
        call.pk: {
            call.language_id: ItemText(call.title, call.guidance),
            **{
                code: ItemText(texts["title"], texts.get("guidance", ""))
                for code, texts in call.translations.items()
                if texts.get("title")
            },
        }
        for call in public_calls().filter(pk__in=ids)
    }


def call_documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield published and cancelled calls with their texts in every language."""
    rows = public_calls().filter(pk__in=ids).prefetch_related("questions", "countries", "topics", "articles")
    for call in rows:
        countries = list(call.countries.all())
        translated = [texts for texts in call.translations.values() if isinstance(texts, dict)]
        questions = [
            question_text
            for question in call.questions.all()
            for question_text in (question.text, *_translations_of(question.translations, "text"))
        ]
        text = [
            call.guidance,
            *(texts.get("guidance", "") for texts in translated),
            *questions,
            call.summary,
            " · ".join(term.name_en for term in (*countries, *call.topics.all(), *call.articles.all())),
        ]
        yield Entry(
            object_id=call.pk,
            name=call.title,
            url_name="calls:call",
            url_args=[call.pk],
            audience=Audience.PUBLIC,
            aliases=[texts["title"] for texts in translated if texts.get("title")],
            text="\n".join(filter(None, text)),
            language=call.language_id,
            country=countries[0].pk if len(countries) == 1 else "",
            facets=[
                *(f"topic:{topic.pk}" for topic in call.topics.all()),
                *facets_of_days(call.opens_at, call.closes_at),
            ],
        )


def _translations_of(translations: dict[str, dict[str, str]], field: str) -> list[str]:
    return [texts[field] for texts in translations.values() if texts.get(field)]
