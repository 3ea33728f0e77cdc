"""The entries that a person may change by a program, which is asked for all that belongs to them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from rest_framework import serializers

from api.own import Creates, Deletes
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of


class EntryNameField(serializers.CharField):
    """The name of the entry that `source` leads to, as whoever asks may read it."""

    def to_representation(self, value: Stakeholder) -> str:
        return value.name_for(self.context["request"].user)


def changed_by(user: Any) -> Any:
    """The entries that the person edits as one of their people."""
    own = Stakeholder.objects.visible_to(user).filter(pk__in=entries_of(user, *MemberRole.WRITERS))
    return own.order_by("sort_key", "pk")


def edited(user: Any, pk: Any) -> Stakeholder:
    """One of them that may be changed now; for anybody else there is no such profile."""
    row = changed_by(user).filter(pk=pk).first()
    if row is None or not user.has_perm("stakeholders.change_stakeholder", row):
        raise Http404
    return row


class OfProfile(Creates, Deletes):
    """What the profiles of one's own show: it goes with the right to change the profile."""

    def get_object(self) -> Any:
        row = self.get_queryset().select_related("stakeholder").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        edited(self.request.user, row.stakeholder_id)
        return row

    def fixed_of(self, row: Any) -> dict[str, Any]:
        return {"stakeholder": row.stakeholder_id}

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Stakeholder | None:
        try:
            return edited(self.request.user, pk)
        except Http404:
            return None
