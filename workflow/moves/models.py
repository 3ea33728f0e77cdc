"""Decisions, and what a row is about: by kind and id, so that no app above needs a relation downward."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from workflow.moves.enums import Move


class AboutQuerySet[T: models.Model](models.QuerySet[T]):
    def about(self, obj: models.Model) -> Self:
        return self.filter(subject_kind=obj._meta.label_lower, subject_id=obj.pk)


class About(models.Model):
    """A row about some object of any app."""

    subject_kind = models.CharField(_("kind of subject"), max_length=80)
    subject_id = models.BigIntegerField(_("subject"))

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """The object itself, or None where it is gone. One query each time."""
        model = apps.get_model(self.subject_kind)
        return model._default_manager.filter(pk=self.subject_id).first()


class Decision(About):
    """One move that was made: the timeline of its subject."""

    move = models.CharField(_("move"), max_length=40)
    # Translators: The status from which something changes.
    from_status = models.CharField(_("from"), max_length=40)
    # Translators: The status to which something changes.
    to_status = models.CharField(_("to"), max_length=40)
    actor = by_person(
        _("by"), help_text=_("Empty if it was ended automatically, or by a person who has left.")
    )
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    note = models.TextField(_("note to those it is about"), blank=True)
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = AboutQuerySet["Decision"].as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-at"], name="decision_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.move}"

    @property
    def step(self) -> Move | None:
        """The move as its table has it today; None where it is gone from there."""
        return apps.get_model(self.subject_kind).MOVES.get(self.move)

    @property
    def move_label(self) -> str:
        return str(self.step.label) if self.step else self.move

    @property
    def reason_label(self) -> str:
        return self.step.reason_label(self.reason) if self.step else self.reason
