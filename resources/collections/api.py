"""Collections of the library for programs."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource as ApiResource
from resources.collections.models import Collection, CollectionItem
from resources.collections.queries import published_collections
from resources.records.enums import Audience
from resources.records.models import LibraryChange, Resource
from stakeholders.entries.models import DirectoryVersion


class CollectionItemSerializer(serializers.Serializer[Any]):
    """A resource of it, in its order."""

    id = serializers.IntegerField(help_text="Of the resource.")
    title = serializers.CharField(help_text="Of its original.")
    note = serializers.CharField(allow_blank=True, help_text="Why it is here.")


class CollectionSerializer(ResourceSerializer):
    """Resources that somebody puts together for a purpose."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    title = serializers.SerializerMethodField()
    about = serializers.SerializerMethodField(help_text="Markdown.")
    stakeholder = serializers.CharField(
        source="owner_name", allow_null=True, help_text="Whose it is; null where it is the portal's own."
    )
    audience = serializers.ChoiceField(
        choices=Audience, help_text="Who may read it; what is not `public` is not to be passed on."
    )
    resources_count = serializers.IntegerField(
        source="many", help_text="How many of its resources the reader may read."
    )
    published_at = serializers.DateTimeField(allow_null=True)

    def get_title(self, row: Collection) -> str:
        return str(row.text_for_reader("title", row.language_id or "")[0])

    def get_about(self, row: Collection) -> str:
        return str(row.text_for_reader("about", row.language_id or "")[0])


class CollectionDetailSerializer(CollectionSerializer):
    """A collection with its resources, as far as the reader may read them."""

    resources = CollectionItemSerializer(many=True, source="its_items")


class CollectionResource(ApiResource):
    """Published collections, the newest first."""

    queryset = Collection.objects.all()
    serializer_class = CollectionSerializer
    detail_serializer_class = CollectionDetailSerializer
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.RESOURCES,)

    def version(self) -> str:
        return f"{LibraryChange.objects.version()}.{DirectoryVersion.objects.current()}"

    def get_queryset(self) -> Any:
        rows = published_collections(self.request.user)
        if not self.detail:
            return rows
        items = CollectionItem.objects.filter(
            collection=OuterRef("pk"), resource__in=Resource.objects.shown_to(self.request.user)
        ).order_by("position", "pk")
        item_facts = JSONObject(id="resource_id", title="resource__title", note="note")
        return rows.annotate(its_items=ArraySubquery(items.values(json=item_facts)))
