"""What may be asked of the invitations of the desk, and of those of one wave."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.facets import PairsFilter
from stakeholders.invitations.enums import InvitedState
from stakeholders.invitations.models import DeskInvitation


class StateFilter(PairsFilter):
    """Which invitations to show: ?state=bounced."""

    state = django_filters.ChoiceFilter(label=_("Status"), choices=InvitedState.choices, empty_label=_("All"))

    class Meta:
        model = DeskInvitation
        fields: tuple[str, ...] = ()
