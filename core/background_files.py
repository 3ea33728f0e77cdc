"""Files that somebody asks for and a worker makes: the row is the truth, the task only a nudge.

`core.attempts` says how one attempt at a time counts; here are the columns that it needs, and how rows are
asked for.
"""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.uploads import StoredFile

# After so long without a word from it the worker that makes a file counts as gone.
STALE = timedelta(minutes=5)
# Whoever was asked for so long ago and waits still has lost its nudge.
LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 3


class MadeFileQuerySet[M: "MadeFile"](models.QuerySet[M]):
    def lasting(self) -> Self:
        return self.filter(expires_at__gt=now())

    def under_way(self) -> Self:
        return self.filter(status__in=(self.model.WAITS, self.model.MAKING))

    def free(self) -> Self:
        """What a worker may take: nobody makes it, or the one who did has fallen silent."""
        silent = Q(status=self.model.MAKING, beat_at__lt=now() - STALE)
        return self.filter(Q(status=self.model.WAITS) | silent)

    def left_behind(self) -> list[int]:
        """The ids of what is free and has no nudge on its way any more."""
        waiting = self.free().exclude(status=self.model.WAITS, asked_at__gt=now() - LOST_AFTER)
        return list(waiting.order_by("pk").values_list("pk", flat=True))

    def clear_over(self) -> int:
        """Take away what has had its time; how many.

        The file first: a row without its file is cleared at the next time, a file without its row never.
        """
        over = list(self.filter(expires_at__lte=now()))
        for row in over:
            if row.file:
                row.file.delete(save=False)
            self.filter(pk=row.pk).delete()
        return len(over)


class MadeFile(StoredFile):
    """A subclass adds whose it is, its `status`, `fault` and `file`.

    `claim` names the one attempt that may write.
    """

    WAITS, MAKING, READY = "waiting", "making", "ready"

    uploaded_at = None  # type: ignore[assignment]  # nobody sends it: it is made here

    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), db_default=Now(), editable=False)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"))

    name = models.CharField(_("name"), max_length=200, blank=True)
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)

    status: Any
    file: Any

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.WAITS, self.MAKING)

    @property
    def is_ready(self) -> bool:
        return bool(self.status == self.READY)
