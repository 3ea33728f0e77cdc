"""Files that somebody asks for and a worker makes: the row is the truth, the task only a nudge.

`core.attempts` says how one attempt at a time counts; here are the columns that it needs, how a file is made,
and what a sweep does.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.attempts import Attempt, Overtaken, keep_file
from core.later import later
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

    def nudge_left_behind(self, task: str) -> int:
        """Nudge again what lost nudges and vanished workers left behind; how many."""
        waiting = self.free().exclude(status=self.model.WAITS, asked_at__gt=now() - LOST_AFTER)
        ids = list(waiting.order_by("pk").values_list("pk", flat=True))
        for pk in ids:
            later(task, pk=pk)
        return len(ids)

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

    WAITS, MAKING, READY, FAILED = "waiting", "making", "ready", "failed"
    BROKEN, GIVEN_UP = "broken", "given_up"  # faults of every kind of file

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
    objects: Any

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.WAITS, self.MAKING)

    @property
    def is_ready(self) -> bool:
        return bool(self.status == self.READY)


def file_constraints(
    name: str, statuses: Sequence[str], faults: Sequence[str]
) -> list[models.BaseConstraint]:
    """A status that is known, a fault where making failed and nowhere else, a file where it is ready."""
    failed, ready = Q(status=MadeFile.FAILED), Q(status=MadeFile.READY)
    says_why = (failed & Q(fault__in=faults)) | (~failed & Q(fault=""))
    has_file = ~ready | (~Q(file="") & Q(ready_at__isnull=False))
    return [
        models.CheckConstraint(condition=Q(status__in=statuses), name=f"{name}_status_known"),
        models.CheckConstraint(condition=says_why, name=f"{name}_failed_says_why"),
        models.CheckConstraint(condition=has_file, name=f"{name}_ready_has_its_file"),
    ]


class CannotMake(Exception):
    """There will be no file; `fault` says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def make_file[M: MadeFile](
    rows: MadeFileQuerySet[M],
    pk: int,
    *,
    write: Callable[[M, Attempt, IO[bytes]], Mapping[str, Any]],
    finish: Callable[[M], object],
    **begins: int,
) -> bool:
    """Make the file of a row that nobody makes; whether it was made now.

    `write` returns the columns of a row that is ready, its `name` among them, or raises CannotMake; `finish`
    says what follows, in the transaction that makes the row ready. `begins` is set as the attempt begins.
    """
    attempt = Attempt(rows.model, pk, making=rows.model.MAKING)
    if not attempt.begin(rows.model.objects.free(), **begins):
        return False
    row = rows.get(pk=pk)
    if row.attempts > MOST_ATTEMPTS:
        return attempt.fail(row.FAILED, row.GIVEN_UP)
    try:
        with TemporaryFile() as into:
            columns = write(row, attempt, into)

            def done(file: Mapping[str, Any]) -> None:
                values = {**columns, **file, "status": row.READY, "ready_at": now()}
                attempt.go_on(**values)
                for column, value in values.items():
                    setattr(row, column, value)
                finish(row)

            keep_file(row, into, name=columns["name"], finish=done)
    except Overtaken:
        return False
    except CannotMake as why:
        return attempt.fail(row.FAILED, why.fault)
    except Exception:
        attempt.fail(row.FAILED, row.BROKEN)
        raise
    return True
