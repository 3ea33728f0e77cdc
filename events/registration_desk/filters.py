"""What may be asked of the desk's list of registrations."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.registrations.enums import SEATS, RegistrationStatus
from events.registrations.models import Registration, RegistrationAnswer
from stakeholders.entries.enums import Kind


class RegistrationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or stakeholder"), method="named")
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=RegistrationStatus.choices, empty_label=pgettext_lazy("every state", "All")
    )
    mode = django_filters.ChoiceFilter(
        label=_("Format"), choices=SEATS, empty_label=pgettext_lazy("every mode", "All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of stakeholder"), choices=Kind.choices, empty_label=pgettext_lazy("every kind", "All")
    )
    counted = django_filters.ChoiceFilter(
        label=_("Checked in"),
        method="counted_in",
        choices=(("yes", _("Yes")), ("no", _("No"))),
        empty_label=pgettext_lazy("counted or not", "All"),
    )

    waits = django_filters.ChoiceFilter(
        label=_("With the desk"),
        method="waiting",
        choices=(("yes", _("Yes")),),
        empty_label=pgettext_lazy("waiting or not", "All"),
    )

    class Meta:
        model = Registration
        fields = ("q", "status", "mode", "kind", "counted", "waits")

    def waiting(self, rows: Any, _name: str, _value: str) -> Any:
        """Return new registrations, and those whose answers were changed after the approval."""
        changed = RegistrationAnswer.objects.filter(proposed__isnull=False).values("registration_id")
        pending = Q(status=RegistrationStatus.PENDING)
        return rows.filter(pending | Q(pk__in=changed, status__in=RegistrationStatus.LIVE))

    def named(self, rows: Any, _name: str, text: str) -> Any:
        return rows.filter(Q(user__name__icontains=text) | Q(stakeholder__name__icontains=text))

    def counted_in(self, rows: Any, _name: str, answer: str) -> Any:
        return rows.filter(attended_at__isnull=answer == "no")
