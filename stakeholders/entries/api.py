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


def entries_edited_by(user: Any) -> Any:
    """Return the entries that the person may edit as administrator or editor."""
    own = Stakeholder.objects.visible_to(user).filter(pk__in=entries_of(user, *MemberRole.WRITERS))
    return own.order_by("sort_key", "pk")


def editable_entry(user: Any, pk: Any) -> Stakeholder:
    """Return the entry if the person may change it now; raises Http404 for anybody else."""
    row = entries_edited_by(user).filter(pk=pk).first()
    if row is None or not user.has_perm("stakeholders.change_stakeholder", row):
        raise Http404
    return row


class OfProfile(Creates, Deletes):
    """What the profiles of one's own show: it goes with the right to change the profile."""

    def get_object(self) -> Any:
        row = self.get_queryset().select_related("stakeholder").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        editable_entry(self.request.user, row.stakeholder_id)
        return row

    def fixed_of(self, row: Any) -> dict[str, Any]:
        return {"stakeholder": row.stakeholder_id}

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Stakeholder | None:
        try:
            return editable_entry(self.request.user, pk)
        except Http404:
            return None
