"""How kept pages of the library know that they are old."""

from datetime import timedelta

from django.db import connection, models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class LibraryVersion(Func):
    """A text that is another after every change of the library and every end of an embargo.

    An expression, so that other queries can bring it along.
    """

    function = "resources_version"
    output_field = models.CharField()


class LibraryChangeQuerySet(models.QuerySet["LibraryChange"]):
    def version(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT resources_version()")
            return str(cursor.fetchone()[0])

    def forget_old(self) -> None:
        """Take away the lines of past days, but never the last: a version must not come again."""
        last = self.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.filter(at__lt=now() - timedelta(days=1), pk__lt=last).delete()


class LibraryChange(models.Model):
    """A line that the database writes whenever a table of the library changes, in the same transaction.

    `resources_version()` counts them. A single counter would make all who write wait for each other.
    """

    at = models.DateTimeField(_("at"), db_default=Now())

    objects = LibraryChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the library")
        verbose_name_plural = _("changes of the library")

    def __str__(self) -> str:
        return str(self.pk)
