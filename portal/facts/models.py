"""What public pages say of the programme: one fact a row, as its source says it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.partial_dates import PartialDateField, date_text
from portal.facts.enums import FactGroup
from taxonomy.names.models import ContentRow


class ProgrammeFactQuerySet(models.QuerySet["ProgrammeFact"]):
    def visible_to(self, user: Any) -> "ProgrammeFactQuerySet":
        """Everybody reads what the desk shows."""
        return self.filter(is_shown=True)


class ProgrammeFact(ContentRow):
    """`source` names the source in words, `source_url` is its address where there is an official one."""

    code = models.CharField(_("code"), max_length=80, primary_key=True)
    group = models.CharField(_("group"), max_length=12, choices=FactGroup)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    fact = models.CharField(_("fact"), max_length=120, help_text=_("In English, as “Members in Africa”."))
    value = models.TextField(_("what the source says"), help_text=_("In English."))
    date = PartialDateField(_("date of the source"), blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    is_shown = models.BooleanField(_("shown"), default=True)

    objects = ProgrammeFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact about the programme")
        verbose_name_plural = _("facts about the programme")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(group__in=FactGroup.values), name="fact_group_known"),
            models.CheckConstraint(
                condition=~Q(source="") & Q(source_date__isnull=False),
                name="fact_has_source_and_day",
                violation_error_message=_("Enter where it was read, and on which day."),
            ),
        ]

    def __str__(self) -> str:
        return self.fact

    @property
    def as_of(self) -> str:
        return date_text(self.date)
