"""The filters of the decision desk."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from events.events.enums import Mode
from reviews.dialogues.enums import YES_NO, LineStatus
from reviews.dialogues.models import DialogueLine
from stakeholders.entries.enums import Kind
from taxonomy.places.models import Region

S = LineStatus


def _regions() -> list[tuple[str, Any]]:
    return [(region.pk, region.name) for region in Region.objects.filter(parent=None).in_order()]


class LineFilter(filters.FilterSet):
    status = filters.ChoiceFilter(
        label=_("Status"),
        choices=[pair for pair in LineStatus.choices if pair[0] in S.SENT],
        empty_label=_("All"),
    )
    region = filters.ChoiceFilter(
        label=_("Region"),
        choices=_regions,
        field_name="application__stakeholder__country__region",
        empty_label=_("All"),
    )
    kind = filters.ChoiceFilter(
        label=_("Kind of stakeholder"),
        choices=Kind.choices,
        field_name="application__stakeholder__kind",
        empty_label=_("All"),
    )
    mode = filters.ChoiceFilter(
        label=_("Format"),
        field_name="application__mode",
        empty_label=_("All"),
        choices=[(Mode.IN_PERSON, Mode.IN_PERSON.label), (Mode.ONLINE, Mode.ONLINE.label)],
    )
    speaks = filters.ChoiceFilter(
        label=_("Would like to speak"), choices=YES_NO, empty_label=_("All"), method="filter_yes"
    )
    travel = filters.ChoiceFilter(
        label=_("Asks for travel support"), choices=YES_NO, empty_label=_("All"), method="filter_yes"
    )
    first = filters.ChoiceFilter(
        label=_("First time"), choices=YES_NO, empty_label=_("All"), method="filter_yes"
    )

    class Meta:
        model = DialogueLine
        fields: list[str] = []

    def filter_yes(self, rows: Any, name: str, value: str) -> Any:
        field = {
            "speaks": "application__wants_to_speak",
            "travel": "application__travel_support",
            "first": "first_time",
        }[name]
        return rows.filter(**{field: value == "yes"})
