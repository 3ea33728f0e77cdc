"""Deputies and absences in the registries of the apps below. No names in sentences: the rows have them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from coordination.absences.models import Absence
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.hooks import grants_of_the_absent

sentence("coordination.deputy_named", _("%(actor)s named a deputy"))
sentence("coordination.deputy_removed", _("%(actor)s removed a deputy"))
sentence("coordination.absence_said", _("%(actor)s entered an absence, from %(from)s to %(to)s"))
sentence("coordination.absence_began", _("A deputy stood in from this moment (work passed: %(count)s)"))
sentence("coordination.absence_over", _("The absence was over (work given back: %(count)s)"))


def _grants_of_the_absent() -> QuerySet[Any]:
    return Absence.objects.in_force().filter(appointment__grants__isnull=False).values("appointment__grants")


grants_of_the_absent.fill(_grants_of_the_absent)


def _absence_theirs(user: Any, pk: int | None) -> bool:
    return bool(user) and pk is not None and Absence.objects.visible_to(user).filter(pk=pk).exists()


for _name, _label in (
    ("coordination.standing_in", _("You will be deputy for a regional focal point")),
    ("coordination.standing_in_begins", _("You are deputy for a regional focal point from today")),
    ("coordination.standing_in_over", _("You are no longer deputy for a regional focal point")),
    ("coordination.back", _("Your absence is over")),
):
    kind(_name, label=_label, group=_("Your region"), essential=True, still_visible=_absence_theirs)

help_at("focal-points#absence", "regional:term", "regional:back", "regional:standing_in")
help_at("people#focal-points", "appointing")
