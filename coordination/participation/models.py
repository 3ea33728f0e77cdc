"""Whether participation is counted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.participation.rules import COUNTED_BY
from workflow.held_tasks.models import HeldTask, HeldTaskQuerySet


class ParticipationTask(HeldTask):
    """Who holds the task of participation figures, which is when they are counted."""

    HELD_BY = COUNTED_BY

    objects = HeldTaskQuerySet["ParticipationTask"].as_manager()

    class Meta:
        verbose_name = _("task of participation figures")
        verbose_name_plural = _("tasks of participation figures")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_participation_task")]
