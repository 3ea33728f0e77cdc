"""Terms beside those that the reference data bring. Countries and articles come from the reference data."""

import factory

from taxonomy.terms.enums import TopicKind
from taxonomy.terms.models import EngagementArea, Topic


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    code = factory.Sequence(lambda n: f"made-up-topic-{n}")
    name_en = factory.Sequence(lambda n: f"Made-up topic {n}")
    kind = TopicKind.CRIME


class EngagementAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EngagementArea

    code = factory.Sequence(lambda n: f"made-up-area-{n}")
    name_en = factory.Sequence(lambda n: f"Made-up area {n}")
