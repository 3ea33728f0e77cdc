"""Countries and areas for programs, as the list of countries has them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from api.fields import NameField, ResourceSerializer, TermSerializer
from api.resources import Resource
from portal.countries.queries import countries_in_regions
from taxonomy.places.enums import UNGroup, UNStatus
from taxonomy.places.models import Country, CountryPageChange


class CountrySerializer(ResourceSerializer):
    """A country or area of the M49 standard; being listed says nothing about the status of any territory."""

    code = serializers.CharField(source="pk", help_text="ISO 3166-1 alpha-3.")
    name = NameField()
    url = serializers.SerializerMethodField(help_text="Its page.")
    iso2 = serializers.CharField()
    m49 = serializers.CharField()
    region = TermSerializer()
    subregion = TermSerializer(allow_null=True)
    intermediate_region = TermSerializer(allow_null=True)
    un_group = serializers.ChoiceField(choices=UNGroup, allow_blank=True)
    un_status = serializers.ChoiceField(choices=UNStatus, source="status", allow_blank=True)

    def get_url(self, row: Country) -> str:
        return f"{settings.SITE_URL}{reverse('portal:country', args=[row.pk])}"


class CountryResource(Resource):
    """Countries and areas by name, with the regions in which they lie."""

    queryset = Country.objects.all()
    serializer_class = CountrySerializer
    scopes = ()

    def version(self) -> str:
        return CountryPageChange.objects.version()

    def get_queryset(self) -> Any:
        return countries_in_regions().select_related("subregion", "intermediate_region")
