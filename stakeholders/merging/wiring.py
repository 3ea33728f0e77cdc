"""Merging in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from notifications.hooks import kind
from stakeholders.entries.models import Stakeholder

sentence(
    "stakeholders.merged_in",
    _("%(actor)s merged profile no. %(merged)s into this one, with all that belonged to it"),
    audience=Audience.SUBJECT,
)

kind(
    "stakeholders.entry_merged",
    label=_("Your profile was merged with another"),
    group=_("Your profiles"),
    essential=True,
    among=Stakeholder.objects.of_person,
)
