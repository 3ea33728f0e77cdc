"""What may be asked of all projects."""

import django_filters
from django.utils.translation import gettext_lazy as _

from stakeholders.projects.models import Project
from taxonomy.places.models import Country


class ProjectFilter(django_filters.FilterSet):
    """`?stakeholder=12`: those of one stakeholder; `?country=KEN&country=UGA`: those in any of these."""

    stakeholder = django_filters.NumberFilter(label=_("Stakeholder"), min_value=1)
    country = django_filters.ModelMultipleChoiceFilter(
        label=_("Country or area"), field_name="countries", queryset=Country.objects.all()
    )

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()
