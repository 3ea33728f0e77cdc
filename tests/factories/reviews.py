"""Reviews for tests; they lean on `load_mechanism()`, which the fixture `mechanism` calls.

review_of("KEN"): the review of a country. recorded("KEN", "questionnaire"): a step, by the portal's own act.
CorrectionFactory(): what a visitor sent.
"""

from typing import Any

import factory

from reviews.corrections.actions import send_correction
from reviews.corrections.models import Correction
from reviews.mechanism.models import StepKind
from reviews.tracker.actions import record_step
from reviews.tracker.models import CountryReview, StepRecord
from taxonomy.law.models import Cluster, Instrument
from tests.factories.accounts import UserFactory


def review_of(iso3: str) -> CountryReview:
    return CountryReview.objects.select_related("country__region", "group").get(country=iso3)


def recorded(
    iso3: str, step: str, status: str = "done", *, phase: str = "I", instrument: str = "", **changes: Any
) -> StepRecord:
    return record_step(
        review_of(iso3),
        actor=changes.pop("actor", None),
        cluster=Cluster.objects.get(pk=phase),
        step=StepKind.objects.get(pk=step),
        status=status,
        instrument=Instrument.objects.get(pk=instrument) if instrument else None,
        **{"source_kind": "symbol", "source": "CTOC/COP/2026/1", **changes},
    )


class CorrectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Correction

    reporter = factory.SubFactory(UserFactory)
    text = "The questionnaire was handed in."
    source = "https://example.org/questionnaire"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return send_correction(
            review_of(kwargs.pop("iso3", "KEN")),
            actor=kwargs["reporter"],
            text=kwargs["text"],
            source=kwargs["source"],
            language="en",
        )
