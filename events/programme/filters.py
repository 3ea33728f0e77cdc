"""What may be asked of the meetings of released programmes."""

import django_filters
from django.utils.translation import gettext_lazy as _

from events.programme.models import Shown


class MeetingFilter(django_filters.FilterSet):
    """`?event=12`: those of one event."""

    event = django_filters.NumberFilter(label=_("Event"), field_name="proposal__event", min_value=1)

    class Meta:
        model = Shown
        fields: tuple[str, ...] = ()
