"""Offers and needs of one's own profiles for programs, by the same form and acts as the pages."""

from typing import Any

from django import forms
from django.http import QueryDict
from rest_framework import serializers

from api.fields import ResourceSerializer
from api.writing import answers_serializer, new_serializer
from stakeholders.entries.api import OfProfile, entries_edited_by
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


class OwnOfferResource(OfProfile):
    """Open offers and needs of one's own profiles; one that is deleted is closed."""

    queryset = Offer.objects.all()
    serializer_class = OwnOfferLineSerializer
    answers_schema = answers_serializer(
        "OwnOffer",
        OfferForm,
        "stakeholder",
        without=("direction",),
        direction=serializers.ChoiceField(choices=Direction, required=False),
    )
    new_schema = new_serializer("OwnOffer", OfferForm, "stakeholder")

    def get_queryset(self) -> Any:
        user = self.request.user
        own = entries_edited_by(user).order_by().values("pk")
        return Offer.objects.visible_to(user).filter(stakeholder__in=own, closed_at=None).order_by("pk")

    def fixed_of(self, row: Offer) -> dict[str, Any]:
        return {**super().fixed_of(row), "direction": row.direction}

    def form_of(self, row: Offer | None, data: QueryDict | None = None) -> forms.Form:
        return OfferForm(data, offer=row)

    def add(self, form: Any, **parents: Any) -> Offer:
        return actions.add_offer(
            parents["stakeholder"],
            actor=self.request.user,
            direction=form.cleaned_data["direction"],
            fields=form.offer_fields(),
        )

    def save(self, row: Offer, form: Any) -> None:
        actions.change_offer(row, actor=self.request.user, version=row.version, fields=form.offer_fields())

    def remove(self, row: Offer) -> None:
        actions.close_offer(row, actor=self.request.user, version=row.version)
