"""Changes that are proposed."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from workflow.changes.enums import LOOKS, MOVES, SENTENCES, ChangeStatus
from workflow.moves.models import About, AboutQuerySet


class ChangeRequestQuerySet(AboutQuerySet["ChangeRequest"]):
    def open(self) -> Self:
        return self.filter(status=ChangeStatus.PROPOSED)


class ChangeRequest(About):
    """A proposed edit of something judged or published: what was, what shall be, and what was decided."""

    MOVES = MOVES
    SENTENCES = SENTENCES

    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder)
    status = models.CharField(_("status"), max_length=10, choices=ChangeStatus, default=ChangeStatus.PROPOSED)
    proposed_by = by_person(_("proposed by"))
    created_at = models.DateTimeField(_("proposed at"), db_default=Now())
    updated_at = models.DateTimeField(_("updated at"), db_default=Now())

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ChangeStatus.values), name="change_request_status_known"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(status=ChangeStatus.PROPOSED),
                name="one_open_change_request_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "waiting")
