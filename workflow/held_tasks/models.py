"""A service that the portal offers only while a person of the team holds the task of it."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from accounts.people.queries import holders_of


class HeldTaskQuerySet[T: "HeldTask"](models.QuerySet[T]):
    def held(self) -> Self:
        """Return the task while it is held, which is when its service is offered."""
        if self.model.HELD_BY:
            return self.filter(holder__in=holders_of(*self.model.HELD_BY))
        return self.exclude(holder=None)


class HeldTask(models.Model):
    """Who holds the task. One row; without a holder the service is off.

    With roles in `HELD_BY` it is off, too, while its holder has none of them.
    """

    HELD_BY: ClassVar[Sequence[str]] = ()

    holder = by_person(_("held by"), blank=True)
    since = models.DateTimeField(_("since"), default=now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
