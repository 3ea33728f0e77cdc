"""What an application or an entry has several of: names, offices, contacts, officers.

Each row belongs to one application or one stakeholder. Where two stakeholders are merged, all rows move to
the one that stays: nothing is unique among them, so nothing can collide.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role, Scope
from stakeholders.enums import MemberRole, Status
from stakeholders.enums.described import ContactAudience, ContactKind, NameKind
from stakeholders.models.applications import Application
from stakeholders.models.entries import Membership, Stakeholder

A = ContactAudience


class PartQuerySet[T: "Part"](models.QuerySet[T]):
    def of(self, owner: Application | Stakeholder) -> Self:
        return self.filter(**{owner._meta.model_name or "": owner})

    def visible_to(self, user: Any) -> Self:
        """With the application or entry that it belongs to."""
        return self.filter(
            Q(application__in=Application.objects.visible_to(user))
            | Q(stakeholder__in=Stakeholder.objects.visible_to(user))
        )


class Part(models.Model):
    """One of several: of an application or of an entry, never of both."""

    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("application"),
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("stakeholder"),
    )

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, stakeholder__isnull=True)
                | Q(application__isnull=True, stakeholder__isnull=False),
                name="%(class)s_belongs_to_one",
            )
        ]


class OtherName(Part):
    """The same name in another language or script, or one that it had before."""

    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="other_names",
        verbose_name=_("application"),
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="other_names",
        verbose_name=_("stakeholder"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind)
    text = models.CharField(_("name"), max_length=250)
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language"),
    )

    objects = PartQuerySet["OtherName"].as_manager()

    class Meta(Part.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=NameKind.values), name="other_name_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="other_name_says_something"),
        ]
        # Likely duplicates.
        indexes = [models.Index(Upper("text"), name="other_name_text")]

    def __str__(self) -> str:
        return self.text


class Office(Part):
    """A place of another office than its seat. A street address is a contact, which has its own audience."""

    country = models.ForeignKey(
        "taxonomy.Country", models.PROTECT, related_name="+", verbose_name=_("country or area")
    )
    city = models.CharField(_("city"), max_length=120, blank=True)

    objects = PartQuerySet["Office"].as_manager()

    class Meta(Part.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return f"{self.city} {self.country_id}".strip()


class ContactQuerySet(PartQuerySet["Contact"]):
    def visible_to(self, user: Any) -> Self:
        """What a reader may see of the contacts of entries and applications that they may see.

        An entry's own people and the desk see all of them. A regional focal point sees what is marked for
        more than the desk only where the appointment reaches.
        """
        entries = Q(stakeholder__in=Stakeholder.objects.visible_to(user))
        if not (user.is_authenticated and user.is_active):
            return self.filter(entries, audience=A.PUBLIC)
        applications = Q(application__in=Application.objects.visible_to(user))
        if user.is_desk:
            return self.filter(entries | applications)
        seen = Q(audience=A.PUBLIC) | _within_reach(user)
        own = Membership.objects.filter(user=user)
        # Whoever is here for a State is never a member.
        if user.has_role(Role.STATE):
            seen |= Q(audience=A.MEMBERS_STATES)
        elif own.filter(stakeholder__status__in=Status.TAKING_PART).exists():
            seen |= Q(audience__in=(A.MEMBERS_STATES, A.MEMBERS))
        seen |= Q(stakeholder__in=own.values("stakeholder_id"))
        return self.filter((entries & seen) | applications)


def _within_reach(user: Any) -> Q:
    """The contacts that a regional focal point sees as such; none for others."""
    shared = Q(audience__in=(A.MEMBERS_STATES, A.MEMBERS, A.REGIONAL))
    places = Q(pk__in=[])
    for grant in user.live_grants:
        if grant.role != Role.REGIONAL:
            continue
        if grant.scope_kind == Scope.GLOBAL:
            return shared
        if grant.scope_kind == Scope.COUNTRY:
            places |= Q(stakeholder__country=grant.scope_code)
        else:
            for level in ("region", "subregion", "intermediate_region"):
                places |= Q(**{f"stakeholder__country__{level}": grant.scope_code})
    return shared & places


class Contact(Part):
    """One way to reach it, for the readers that it chose; for the desk alone unless it chose more."""

    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind)
    value = models.CharField(_("contact"), max_length=300)
    audience = models.CharField(
        _("who may read it"), max_length=20, choices=ContactAudience, default=ContactAudience.NARROWEST
    )

    objects = ContactQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_known"),
            models.CheckConstraint(
                condition=Q(audience__in=ContactAudience.values), name="contact_audience_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="contact_says_something"),
        ]

    def __str__(self) -> str:
        return self.value


class OfficerQuerySet(PartQuerySet["Officer"]):
    def visible_to(self, user: Any) -> Self:
        """Those who vet, the applicant, and those who look after the entry. Nobody else, members or not."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        applications = Q(application__in=Application.objects.visible_to(user))
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.filter(applications | Q(stakeholder__isnull=False))
        looked_after = Membership.objects.filter(user=user, role__in=MemberRole.WRITERS)
        return self.filter(applications | Q(stakeholder__in=looked_after.values("stakeholder_id")))


class Officer(Part):
    """Somebody who leads it, told for screening alone."""

    name = models.CharField(_("name"), max_length=250)
    position = models.CharField(_("position"), max_length=120, blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="officer_is_named"),
        ]

    def __str__(self) -> str:
        return self.name
