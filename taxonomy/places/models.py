"""Regions, countries and areas as the United Nations list them, and what to do with those it does not."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from core.database import reading_connection
from core.time_display import VIENNA
from taxonomy.names.models import Named, NamedQuerySet
from taxonomy.places.enums import RegionLevel, UNGroup, UNStatus

three_digits = RegexValidator(r"\A\d{3}\Z", _("An M49 code has three digits."))
two_letters = RegexValidator(r"\A[A-Z]{2}\Z", _("An ISO alpha-2 code has two capital letters."))
three_letters = RegexValidator(r"\A[A-Z]{3}\Z", _("An ISO alpha-3 code has three capital letters."))
two_or_three_letters = RegexValidator(r"\A[A-Z]{2,3}\Z", _("Give a code of two or three capital letters."))


class Region(Named):
    """One region, sub-region or intermediate region of the M49 standard."""

    m49 = models.CharField(_("M49 code"), max_length=3, primary_key=True, validators=[three_digits])
    level = models.CharField(_("level"), max_length=12, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within")
    )

    objects = NamedQuerySet["Region"].as_manager()

    class Meta(Named.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=RegionLevel.REGION, parent=None)
                | (Q(level__in=(RegionLevel.SUBREGION, RegionLevel.INTERMEDIATE)) & Q(parent__isnull=False)),
                name="region_has_its_parent",
            )
        ]


class CountryQuerySet(NamedQuerySet["Country"]):
    def states(self) -> "CountryQuerySet":
        """Return the members of the United Nations, and other parties to an instrument that is reviewed."""
        parties = Q(participations__instrument__reviewed=True, participations__is_party=True)
        return self.filter(~Q(status="") | parties).distinct()

    def states_for_choices(self, also: Iterable[str] = ()) -> list[tuple[str, str]]:
        """As `for_choices`, of States alone: for a question that a territory is no answer to.

        `also`: what was chosen before, and stays on offer.
        """
        states = {*self.states().values_list("pk", flat=True), *also}
        return [(code, name) for code, name in self.for_choices() if code in states]


class Country(Named):
    """A country or area of the M49 standard. Being listed says nothing about the status of any territory."""

    iso3 = models.CharField(_("ISO alpha-3 code"), max_length=3, primary_key=True, validators=[three_letters])
    iso2 = models.CharField(_("ISO alpha-2 code"), max_length=2, unique=True, validators=[two_letters])
    m49 = models.CharField(_("M49 code"), max_length=3, unique=True, validators=[three_digits])
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
        verbose_name=_("region"),
        help_text=_("Empty for Antarctica alone, which M49 places in none."),
    )
    subregion = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subregion_countries",
        verbose_name=_("sub-region"),
    )
    intermediate_region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="intermediate_countries",
        verbose_name=_("intermediate region"),
    )
    un_group = models.CharField(
        _("UN regional group"), max_length=16, choices=UNGroup, blank=True, db_index=True
    )
    status = models.CharField(_("status in the United Nations"), max_length=10, choices=UNStatus, blank=True)
    lat = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("country or area")
        verbose_name_plural = _("countries and areas")
        constraints = [
            models.CheckConstraint(
                condition=Q(un_group__in=["", *UNGroup.values]), name="country_group_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["", *UNStatus.values]), name="country_status_known"
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None)
                | Q(lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180)),
                name="country_point_on_earth",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]


class AreaMapping(models.Model):
    """Where the desk places a code that the United Nations' lists do not have.

    Until it is here, imports stop and ask.
    """

    code = models.CharField(_("code"), max_length=3, primary_key=True, validators=[two_or_three_letters])
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mapped_codes",
        verbose_name=_("listed under"),
        help_text=_("Leave empty to decide that this code is not placed: its rows are then left out."),
    )
    note = models.TextField(_("note"), help_text=_("Who decided this, and on what ground."))

    class Meta:
        verbose_name = _("area mapping")
        verbose_name_plural = _("area mappings")

    def __str__(self) -> str:
        return self.code

    def save(self, **kwargs: Any) -> None:
        super().save(**kwargs)
        Country.touch()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        Country.touch()
        return gone


# --- How kept pages about countries know that they are old -------------------------------------------


class CountryPageChangeQuerySet(models.QuerySet["CountryPageChange"]):
    def version(self) -> str:
        """Return a text that changes with what the pages about countries show, by an act or by the clock."""
        with reading_connection().cursor() as cursor:
            cursor.execute("SELECT country_pages_version(%s)", [now()])
            return f"{cursor.fetchone()[0]}:{localdate(timezone=VIENNA):%Y%m%d}"

    def forget_old(self) -> None:
        """Take away the lines of past hours, but never the last: a version must not come again."""
        last = self.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.filter(at__lt=now() - timedelta(hours=1), pk__lt=last).delete()


class CountryPageChange(models.Model):
    """A line that the database writes whenever a row changes that the pages about countries show, in the same
    transaction: the page of each, and that of its review. The front page and the list of opportunities show
    the same and little else, and are kept under the same version.

    `country_pages_version()` counts them, and knows the directory's and the library's own. Which tables have
    a trigger stands in portal/countries/wiring.py, since portal sees all tables. A single counter would make
    all who write wait for each other.
    """

    at = models.DateTimeField(_("at"), db_default=Now())

    objects = CountryPageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the pages about countries")
        verbose_name_plural = _("changes of the pages about countries")

    def __str__(self) -> str:
        return str(self.pk)
