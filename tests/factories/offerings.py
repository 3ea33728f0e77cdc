from datetime import timedelta

import factory
from django.utils.timezone import now

from accounts.people.enums import Role
from coordination.offerings import actions
from coordination.offerings.models import Offering
from tests.factories.accounts import person_with


def turned_on():
    """The person of the team who turned grants and courses on."""
    curator = person_with(Role.CURATION, name="Cora Curator")
    actions.turn_on(actor=curator)
    return curator


class OfferingFactory(factory.django.DjangoModelFactory):
    """A published grant that is open for ten days; `topics`, `countries` and `regions` are codes."""

    class Meta:
        model = Offering
        skip_postgeneration_save = True

    kind = "grant"
    status = "published"
    title = "Demo Grant"
    provider = "Demo Fund"
    summary = "For work against trafficking."
    link = "https://fund.example/grant"
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=10))
    submitted_at = factory.LazyFunction(lambda: now() - timedelta(days=2))
    published_at = factory.LazyFunction(lambda: now() - timedelta(days=1))

    @factory.post_generation
    def topics(self, _create, codes):
        self.topics.set(codes or ["firearms"])

    @factory.post_generation
    def countries(self, _create, codes):
        self.countries.set(codes or [])

    @factory.post_generation
    def regions(self, _create, codes):
        self.regions.set(codes or [])
