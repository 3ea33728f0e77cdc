"""Offers and needs of stakeholders."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.subqueries import exists_in
from core.time_display import VIENNA
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder, entries_of, takes_part
from stakeholders.exchange.enums import Direction, OfferAudience


def today() -> date:
    """Return today's date in Vienna, by which offers end."""
    return localdate(timezone=VIENNA)


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: Any) -> "OfferQuerySet":
        """What stands, of entries that `user` may find, for an audience that `user` belongs to.

        People of a stakeholder see all of its own, ended ones too; the desk sees everything. A regional focal
        point sees what is for members where their appointment reaches.
        """
        if not (user.is_authenticated and user.is_active):
            return self._of_others(user, (OfferAudience.PUBLIC,))
        if user.is_desk:
            return self.all()
        own = Q(stakeholder__in=entries_of(user))
        # Whoever is here for a State is never a member: some have to hide from their own State.
        if user.has_role(Role.STATE):
            audiences = (OfferAudience.PUBLIC, OfferAudience.MEMBERS_STATES)
            return self.filter(own | self._standing_condition(user, audiences))
        standing = self._standing_condition(user, OfferAudience.values)
        places = user.places_of(Role.REGIONAL)
        if places is None:
            return self.filter(own | standing)
        reached = takes_part(user) | Q(stakeholder__country__in=sorted(places))
        return self.filter(own | standing & (Q(audience=OfferAudience.PUBLIC) | reached))

    def standing(self) -> "OfferQuerySet":
        """Return the offers that are neither closed nor over and whose stakeholder takes part."""
        return self.filter(self._open_condition())

    def _of_others(self, user: Any, audiences: Any) -> "OfferQuerySet":
        return self.filter(self._standing_condition(user, audiences))

    def _standing_condition(self, user: Any, audiences: Any) -> Q:
        has_visible_entry = exists_in(Stakeholder.objects.visible_to(user), "stakeholder")
        return self._open_condition() & Q(audience__in=tuple(audiences)) & has_visible_entry

    @staticmethod
    def _open_condition() -> Q:
        return Q(closed_at__isnull=True, stakeholder__status__in=Status.TAKING_PART) & (
            Q(until__isnull=True) | Q(until__gte=today())
        )


class Offer(models.Model):
    """What a stakeholder offers to others or needs from them, until a day or until it is closed.

    Two stakeholders that become one keep the offers of both; nothing is unique here.
    """

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="offers", verbose_name=_("stakeholder")
    )
    direction = models.CharField(_("offer or need"), max_length=5, choices=Direction)
    area = models.ForeignKey(
        "taxonomy.EngagementArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("engagement area"),
    )
    topic = models.ForeignKey(
        "taxonomy.Topic",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("topic"),
    )
    text = models.TextField(_("what exactly"), max_length=600)
    languages = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="offers", verbose_name=_("languages")
    )
    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="offers", verbose_name=_("countries or areas")
    )
    audience = models.CharField(
        _("who reads it"), max_length=20, choices=OfferAudience, default=OfferAudience.MEMBERS
    )
    until = models.DateField(_("good until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="offer_direction_known"),
            models.CheckConstraint(
                condition=Q(audience__in=OfferAudience.values), name="offer_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(topic__isnull=False), name="offer_says_about_what"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="offer_says_what"),
        ]
        indexes = [
            models.Index(
                fields=["direction", "-created_at"], condition=Q(closed_at=None), name="offer_newest"
            ),
            models.Index(fields=["area", "direction"], condition=Q(closed_at=None), name="offer_area"),
            models.Index(fields=["topic", "direction"], condition=Q(closed_at=None), name="offer_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} · {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.is_over

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < today()
