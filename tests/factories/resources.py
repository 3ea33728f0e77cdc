"""Resources for tests.

ResourceFactory(title=…): a published guide in English that everybody may read, with its edition.
EditionFactory(resource=…, language_id="fr"): a further edition. resource_in(state): one in that state.
CollectionFactory(): a published collection of the desk.
"""

from typing import Any

import factory
from django.utils.timezone import now

from resources.collections.models import Collection
from resources.records.models import Edition, Resource


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource
        skip_postgeneration_save = True

    kind = "guide"
    status = "published"
    audience = "public"
    title = factory.Sequence(lambda n: f"Resource number {n}")
    language_id = "en"
    publisher = "Press of the tests"
    published_at = factory.LazyFunction(now)
    announced_at = factory.LazyFunction(now)

    @factory.post_generation
    def original(self: Any, create: bool, extracted: Any, **fields: Any) -> None:
        if create and extracted is not False:
            Edition.objects.create(
                resource=self,
                **{
                    "language_id": self.language_id,
                    "is_original": True,
                    "title": self.title,
                    "abstract": "What it is about.",
                    "link": f"https://example.org/resources/{self.pk}",
                    **fields,
                },
            )


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition

    resource = factory.SubFactory(ResourceFactory)
    language_id = "fr"
    title = factory.Sequence(lambda n: f"Édition numéro {n}")
    abstract = "De quoi il s'agit."
    link = "https://example.org/fr"


class CollectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Collection

    title = factory.Sequence(lambda n: f"Collection number {n}")
    language_id = "en"
    audience = "public"
    status = "published"
    published_at = factory.LazyFunction(now)


def resource_in(state: str, **fields: Any) -> Resource:
    """A resource in that state, with what the state asks for."""
    if state not in {"published", "archived", "withdrawn"}:
        fields.setdefault("published_at", None)
        fields.setdefault("announced_at", None)
    if state == "withdrawn":
        fields = {"withdrawn_at": now(), "withdrawn_reason": "rights", **fields}
    if state == "merged":
        fields.setdefault("merged_into", ResourceFactory())
    resource: Resource = ResourceFactory(status=state, **fields)
    return resource
