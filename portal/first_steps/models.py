"""That a person does not want to see a list of first steps; which steps are done, the other tables tell."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.first_steps.enums import Steps


class HiddenStepsQuerySet(models.QuerySet["HiddenSteps"]):
    def visible_to(self, user: Any) -> "HiddenStepsQuerySet":
        """A person's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class HiddenSteps(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,  # the constraint has one
        related_name="+",
        verbose_name=_("person"),
    )
    steps = models.CharField(_("list"), max_length=15, choices=Steps)

    objects = HiddenStepsQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden list of first steps")
        verbose_name_plural = _("hidden lists of first steps")
        constraints = [models.UniqueConstraint(fields=["user", "steps"], name="steps_hidden_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_steps_display()}"
