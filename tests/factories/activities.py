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
