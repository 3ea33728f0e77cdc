"""Networks of stakeholders, and who belongs to them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from coordination.networks.enums import (
    MEMBER_MOVES,
    MEMBER_SENTENCES,
    NETWORK_MOVES,
    MemberStatus,
    NetworkKind,
    NetworkRole,
    Shown,
)
from coordination.networks.rules import takes_part
from core.subqueries import exists_in
from core.text_blocks import first_sentence
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Stakeholder, entries_of
from stakeholders.moderation.enums import Standing


class NetworkQuerySet(models.QuerySet["Network"]):
    def visible_to(self, user: Any) -> "NetworkQuerySet":
        """That a network exists is public; its parts have readers of their own.

        One that the desk has hidden is there for those who are in it, and for the desk.
        """
        shown = Q(status=Standing.SHOWN)
        if not (user.is_authenticated and user.is_active):
            return self.filter(shown)
        if user.is_desk:
            return self.all()
        return self.filter(shown | Q(pk__in=Network.objects.inside(user).values("pk")))

    def inside(self, user: Any) -> "NetworkQuerySet":
        """Those to which a stakeholder of this person belongs. Whoever is here for a State is in none."""
        if not takes_part(user):
            return self.none()
        own = entries_of(user, standing=Status.TAKING_PART)
        rows = NetworkMember.objects.filter(status=MemberStatus.IN, stakeholder__in=own)
        return self.filter(pk__in=rows.values("network"))

    def coordinated_by(self, user: Any) -> "NetworkQuerySet":
        """Those which this person looks after for a stakeholder, whether or not they are going."""
        rows = NetworkMember.objects.filter(
            status=MemberStatus.IN,
            role=NetworkRole.COORDINATOR,
            stakeholder__in=entries_of(user, *MemberRole.WRITERS, standing=Status.TAKING_PART),
        )
        return self.filter(pk__in=rows.values("network")) if takes_part(user) else self.none()


def standing_for(user: Any) -> Q:
    """Plans and announcements that the desk left in their place; the hidden ones for who can mend them."""
    shown = Q(status=Standing.SHOWN)
    if not (user.is_authenticated and user.is_active):
        return shown
    if user.is_desk:
        return Q(pk__isnull=False)
    theirs = Network.objects.coordinated_by(user).values("pk")
    return shown | Q(status=Standing.HIDDEN, network__in=theirs)


def open_to(user: Any, field: str, network: str = "network") -> Q:
    """Return which rows with `field` (a Shown) a person may read; `network` is the way to their network.

    `network` may be "pk" for networks themselves. Of a network that is hidden only its own people read.
    """
    stands = {"status" if network == "pk" else f"{network}__status": Standing.SHOWN}
    readable = Q(**{field: Shown.PUBLIC}, **stands)
    if not (user.is_authenticated and user.is_active):
        return readable
    if user.is_desk:
        return Q(pk__isnull=False)
    if user.has_role(Role.STATE):
        places = user.places_of(Role.STATE)
        where = "country" if network == "pk" else f"{network}__country"
        its = Q() if places is None else Q(**{f"{where}__in": sorted(places)})
        return readable | (Q(**{field: Shown.PARTNERS}, **stands) & its)
    if user.has_perm("stakeholders.take_part"):
        readable |= Q(**{field: Shown.PORTAL}, **stands)
    return readable | Q(**{f"{network}__in": Network.objects.inside(user).values("pk")})


class Network(models.Model):
    """A group of stakeholders that plans its own work. What the parts of its page show has readers each.

    `source` says where what it tells was read; empty where the network wrote it itself.
    """

    MOVES = NETWORK_MOVES

    kind = models.CharField(_("kind"), max_length=10, choices=NetworkKind)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(
        _("what it is and does"), max_length=6000, help_text=_("Plain text or Markdown.")
    )
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    region = models.ForeignKey(
        "taxonomy.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
        help_text=_("For a regional network."),
    )
    country = models.ForeignKey(
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
        help_text=_("For a national alliance or a pilot initiative."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("network that it belongs to"),
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    members_for = models.CharField(
        _("who can see the list of members"),
        max_length=10,
        choices=Shown,
        default=Shown.PUBLIC,
        help_text=_("A stakeholder that is not in the public directory is never shown beyond the network."),
    )
    open_to_requests = models.BooleanField(
        _("stakeholders may ask to join"),
        default=True,
        help_text=_("Otherwise they come in by invitation only."),
    )
    announcements_a_month = models.PositiveSmallIntegerField(
        _("announcements in 30 days"),
        default=8,
        help_text=_("How many the coordinators may send to the members."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    note = models.CharField(_("what the source leaves open"), max_length=500, blank=True)
    # Loaded rows are known by it, so that loading again changes nothing twice.
    code = models.CharField(max_length=60, blank=True, editable=False)
    edited_by_hand = models.BooleanField(default=False, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.SHOWN)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration network"), default=False, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NetworkKind.values), name="network_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=NetworkKind.NATIONAL) | Q(country__isnull=False),
                name="national_network_has_its_country",
                violation_error_message=_("A national alliance or pilot initiative needs its country."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="network_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(members_for__in=Shown.values), name="network_members_for_known"
            ),
            models.CheckConstraint(condition=Q(status__in=Standing.values), name="network_status_known"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="network_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networks:network", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.name)[:80] or "network"

    @property
    def purpose(self) -> str:
        """Return what it is for: the first sentence of its own description."""
        return first_sentence(self.about)

    @property
    def of_network(self) -> "Network":
        return self

    @property
    def is_going(self) -> bool:
        return self.ended_at is None


class NetworkMemberQuerySet(models.QuerySet["NetworkMember"]):
    def visible_to(self, user: Any) -> "NetworkMemberQuerySet":
        """Those who are in, as the network shows them and the directory lets them be found.

        The network itself and the stakeholder's own people also read what was asked, and whom it was not
        taken in.
        """
        if user.is_authenticated and user.is_active and user.is_desk:
            return self.all()
        listed = exists_in(Stakeholder.objects.visible_to(user), "stakeholder")
        shown = Q(status=MemberStatus.IN) & listed & open_to(user, "network__members_for")
        if not takes_part(user):
            return self.filter(shown)
        inside = Network.objects.inside(user).values("pk")
        own = entries_of(user)
        coordinated = Network.objects.coordinated_by(user).values("pk")
        # Whoever is in a network may be known to the others in it: the pages to join say so.
        near = Q(status=MemberStatus.IN, network__in=inside, stakeholder__status__in=Status.TAKING_PART)
        return self.filter(shown | near | Q(stakeholder__in=own) | Q(network__in=coordinated))

    def current(self) -> "NetworkMemberQuerySet":
        return self.filter(status=MemberStatus.IN, stakeholder__status__in=Status.SHOWN)


class NetworkMember(models.Model):
    """One stakeholder's way into a network and its place there; one row each time."""

    MOVES = MEMBER_MOVES
    SENTENCES = MEMBER_SENTENCES

    network = models.ForeignKey(Network, models.PROTECT, related_name="members", verbose_name=_("network"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="network_members", verbose_name=_("stakeholder")
    )
    role = models.CharField(_("role"), max_length=12, choices=NetworkRole, default=NetworkRole.MEMBER)
    status = models.CharField(_("status"), max_length=10, choices=MemberStatus)
    why = models.TextField(_("why"), blank=True, max_length=2000)
    asked_by = by_person(_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    joined_at = models.DateTimeField(_("joined at"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = NetworkMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a network")
        verbose_name_plural = _("memberships of networks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=NetworkRole.values), name="network_role_known"),
            models.CheckConstraint(
                condition=Q(status__in=MemberStatus.values), name="network_member_status_known"
            ),
            models.UniqueConstraint(
                fields=["network", "stakeholder"],
                condition=Q(status__in=MemberStatus.OPEN),
                name="network_member_once",
            ),
        ]
        indexes = [models.Index(fields=["stakeholder", "status"], name="network_member_of")]

    def __str__(self) -> str:
        return f"{self.stakeholder} · {self.network}"

    def get_absolute_url(self) -> str:
        return reverse("networks:membership", args=[self.pk])

    @property
    def of_network(self) -> Network:
        return self.network
