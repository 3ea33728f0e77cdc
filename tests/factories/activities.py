"""Activities for tests.

ActivityFactory(author=…, countries=["KEN"]): one that is planned and shared with its region, from yesterday
nine to noon in Nairobi unless said otherwise.
"""

from datetime import timedelta
from typing import Any

import factory
from django.utils.timezone import now

from coordination.activities.models import Activity
from tests.factories.accounts import UserFactory

# What the form of a plan is sent.
PLAN_ANSWERS = {
    "kind": "training",
    "title": "Training on the Review Mechanism",
    "purpose": "So that they can take part.",
    "first_day": "2026-10-01",
    "start_time": "09:00",
    "last_day": "",
    "end_time": "12:30",
    "zone": "Africa/Nairobi",
    "mode": "in_person",
    "city": "Nairobi",
    "venue": "",
    "countries": ["KEN", "UGA"],
    "topics": [],
    "others": "Ministry of Justice",
    "sharing": "region",
}


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Activity
        skip_postgeneration_save = True

    kind = "meeting"
    title = factory.Sequence(lambda n: f"Meeting number {n}")
    purpose = "To hear what they need."
    starts_at = factory.LazyFunction(lambda: now().replace(hour=6, minute=0, second=0) - timedelta(days=1))
    ends_at = factory.LazyAttribute(lambda activity: activity.starts_at + timedelta(hours=3))
    zone = "Africa/Nairobi"
    author = factory.SubFactory(UserFactory)

    @factory.post_generation
    def countries(self: Any, create: bool, codes: Any, **_how: Any) -> None:
        if create:
            self.countries.set(codes or ["KEN"])
