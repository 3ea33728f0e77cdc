"""Offers and needs of one's own profiles for programs, by the same form and act as the pages."""

from typing import Any

from django import forms
from django.http import Http404, QueryDict
from rest_framework import serializers

from api.fields import ResourceSerializer
from api.own import OwnResource, answers_serializer
from stakeholders.entries.api import changed_by, edited
from stakeholders.exchange import actions
from stakeholders.exchange.enums import Direction
from stakeholders.exchange.forms import OfferForm
from stakeholders.exchange.models import Offer


class OwnOfferLineSerializer(ResourceSerializer):
    """An open offer or need of a profile that one may change."""

    id = serializers.IntegerField(source="pk")
    stakeholder = serializers.IntegerField(source="stakeholder_id")
    direction = serializers.ChoiceField(choices=Direction)
    text = serializers.CharField()


class OwnOfferResource(OwnResource):
    """Open offers and needs of one's own profiles."""

    queryset = Offer.objects.all()
    serializer_class = OwnOfferLineSerializer
    form_class = OfferForm
    answers_schema = answers_serializer("OwnOffer", OfferForm, "stakeholder", without=("direction",))
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> Any:
        user = self.request.user
        own = changed_by(user).order_by().values("pk")
        return Offer.objects.visible_to(user).filter(stakeholder__in=own, closed_at=None).order_by("pk")

    def get_object(self) -> Offer:
        row = self.get_queryset().select_related("stakeholder").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        edited(self.request.user, row.stakeholder_id)
        found: Offer = row
        return found

    def stakeholder_of(self, row: Offer) -> int:
        return row.stakeholder_id

    def form_of(self, row: Offer, data: QueryDict | None = None) -> forms.Form:
        return OfferForm(data, offer=row)

    def save(self, row: Offer, form: Any) -> None:
        actions.change_offer(row, actor=self.request.user, version=row.version, said=form.said())
