"""Stakeholders, their members, and the version of the directory that they make."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import Coalesce, Now, Upper
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import of_person
from core.database import reading_connection
from core.text import fold
from stakeholders.entries.enums import (
    LOOKS,
    SHARED_LISTINGS,
    STAKEHOLDER_MOVES,
    STAKEHOLDER_SENTENCES,
    ContactFrom,
    CopObserver,
    Descriptor,
    EcosocStatus,
    Kind,
    Listing,
    MemberRole,
    Status,
)
from stakeholders.entries.own_domain import SHARED_HOSTS
from stakeholders.entries.rules import memberships_of

KEY_LENGTH = 300
# Stands where the reader may not read the name of who took part: neither its kind nor its number is told.
NOT_NAMED = _("A stakeholder that is not listed")


def site_of(website: str) -> str:
    """What two addresses of the same site share: the host without www., on a shared host with its path."""
    try:
        parts = urlsplit(website.strip())
    except ValueError:  # half an IPv6 address, say
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in SHARED_HOSTS:
        host += parts.path.rstrip("/").casefold()
    return host[:KEY_LENGTH]


class Described(models.Model):
    """What an application says about a stakeholder, and the stakeholder's entry then shows."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=250, help_text=_("In its own language and script."))
    name_latin = models.CharField(_("name in Latin script"), max_length=250, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    country = models.ForeignKey(
        "taxonomy.Country", models.PROTECT, related_name="+", verbose_name=_("country or area")
    )
    city = models.CharField(_("city"), max_length=120, blank=True)
    website = models.CharField(
        _("website"), max_length=300, blank=True, validators=[URLValidator(schemes=("http", "https"))]
    )
    mission = models.TextField(_("mission"), max_length=2000, blank=True)
    mission_language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language of the mission"),
    )
    topics = models.ManyToManyField(
        "taxonomy.Topic", blank=True, related_name="%(class)ss", verbose_name=_("topics")
    )
    articles = models.ManyToManyField(
        "taxonomy.Article",
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("articles of the Convention"),
    )
    engagement_areas = models.ManyToManyField(
        "taxonomy.EngagementArea", blank=True, related_name="%(class)ss", verbose_name=_("engagement areas")
    )
    works_in = models.ManyToManyField(
        "taxonomy.Country",
        blank=True,
        related_name="%(class)ss_at_work",
        verbose_name=_("countries of activity"),
    )
    languages = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="%(class)ss", verbose_name=_("working languages")
    )
    descriptors = ArrayField(
        models.CharField(max_length=20, choices=Descriptor),
        default=list,
        blank=True,
        verbose_name=_("descriptors"),
    )
    ecosoc_status = models.CharField(
        _("consultative status with ECOSOC"), max_length=10, choices=EcosocStatus, blank=True
    )
    cop_observer = models.CharField(
        _("observer at the Conference of the Parties"), max_length=3, choices=CopObserver, blank=True
    )
    wikidata = models.CharField(_("Wikidata item"), max_length=20, blank=True)
    lei = models.CharField(_("Legal Entity Identifier (LEI)"), max_length=20, blank=True)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    references = models.TextField(_("references"), max_length=2000, blank=True)
    listing = models.CharField(_("who may find it"), max_length=20, choices=Listing)
    # Kept for comparing: `keep_keys` fills them from the fields above.
    name_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    site_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="%(class)s_kind_known"),
            models.CheckConstraint(
                condition=Q(ecosoc_status__in=("", *EcosocStatus.values)), name="%(class)s_ecosoc_known"
            ),
            models.CheckConstraint(
                condition=Q(cop_observer__in=("", *CopObserver.values)), name="%(class)s_observer_known"
            ),
            models.CheckConstraint(
                condition=Q(descriptors__contained_by=Descriptor.values), name="%(class)s_descriptors_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.keep_keys()
        if (named := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*named, *self.keys_of(set(named))}
        super().save(**kwargs)

    def keep_keys(self) -> None:
        """Bring the keys in line with name and website. `save()` does it; whoever bulk-creates calls it."""
        self.name_key = fold(self.name)[:KEY_LENGTH]
        self.site_key = site_of(self.website)

    def keys_of(self, named: set[str]) -> set[str]:
        """Return the stored fields that are derived from the named fields."""
        return ({"name_key"} if "name" in named else set()) | ({"site_key"} if "website" in named else set())

    @property
    def is_expert(self) -> bool:
        return self.kind == Kind.EXPERT


# Hosts where many have a page each: there the path tells who it is.
def entries_of(
    user: Any, *roles: str, standing: Collection[str] = ()
) -> "list[int] | models.QuerySet[Any, Any]":
    """For `…__in`: the entries of a person, in one of the `roles` and of a `standing`, where such are named.

    Where a page has asked for them already they are numbers, which are sooner written and planned; else a
    part of the statement.
    """
    if "memberships" in (user.known or ()):
        return [
            pk
            for pk, role, status in memberships_of(user)
            if (not roles or role in roles) and (not standing or status in standing)
        ]
    rows = Membership.objects.filter(user=user)
    if roles:
        rows = rows.filter(role__in=roles)
    if standing:
        rows = rows.filter(stakeholder__status__in=standing)
    return rows.values("stakeholder_id")


def takes_part(user: Any) -> Q:
    """True of every row where the person takes part through an entry, of none where they do not."""
    own = entries_of(user, standing=Status.TAKING_PART)
    if isinstance(own, models.QuerySet):
        return Q(Exists(own))
    return Q(pk__isnull=False) if own else Q(pk__in=[])


def readable_by(user: Any, statuses: Collection[str], at: str = "") -> Q:
    """Return the condition for entries of these statuses that `user`, a person or a visitor, may read of.

    `at` is the way from the rows to the entry, as "stakeholder__". People of a stakeholder always read of
    their own entry; the desk of all. A regional focal point reads of what is shared with members, of their
    own regions and countries alone. `Stakeholder.is_readable_by` says the same of one entry. An empty Q is
    all of them.
    """
    shown = Q(**{f"{at}status__in": statuses})
    everybody = shown & Q(**{f"{at}listing": Listing.PUBLIC})
    if not (user.is_authenticated and user.is_active):
        return everybody
    if user.is_desk:
        return Q()
    readable = everybody | Q(**{f"{at}pk__in": entries_of(user)})
    # Whoever is here for a State is never a member: some have to hide from their own State.
    if user.has_role(Role.STATE):
        return readable | (shown & Q(**{f"{at}listing": Listing.MEMBERS_STATES}))
    shared = shown & Q(**{f"{at}listing__in": (Listing.MEMBERS_STATES, Listing.MEMBERS)})
    places = user.places_of(Role.REGIONAL)
    if places is None:
        return readable | shared
    readable |= shared & takes_part(user)
    if places:
        readable |= shared & Q(**{f"{at}country__in": sorted(places)})
    return readable


def name_column(user: Any, field: str) -> Any:
    """An expression of rows whose `field` leads to an entry: its name, for who may read it, else NOT_NAMED.

    Null where there is no entry.
    """
    name = models.F(f"{field}__name")
    readable = readable_by(user, Status.NAMED, f"{field}__")
    if not readable:
        return name
    hidden = models.When(Q(**{f"{field}__isnull": False}), then=models.Value(str(NOT_NAMED)))
    return models.Case(models.When(readable, then=name), hidden, output_field=models.CharField(null=True))


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def visible_to(self, user: Any) -> "StakeholderQuerySet":
        """What `user` may find in the directory; every list and look-up starts here."""
        return self.filter(readable_by(user, Status.SHOWN))

    def named_to(self, user: Any) -> "StakeholderQuerySet":
        """Those whose name `user` may read beside what they took part in: one that lapsed is still named."""
        return self.filter(readable_by(user, Status.NAMED))

    def of_person(self, user: Any) -> "StakeholderQuerySet":
        """Return the stakeholders that the person belongs to."""
        return self.filter(pk__in=entries_of(user))

    def unconfirmed_since(self, moment: datetime) -> "StakeholderQuerySet":
        """Active entries whose people last said before, or at, `moment` that everything is right."""
        last = Coalesce("confirmed_at", "approved_at")
        return self.filter(status=Status.ACTIVE).alias(last_said=last).filter(last_said__lte=moment)

    def listed_publicly(self) -> "StakeholderQuerySet":
        return self.filter(status__in=Status.SHOWN, listing=Listing.PUBLIC)


class Stakeholder(Described):
    """An organization or an individual expert in the directory."""

    MOVES = STAKEHOLDER_MOVES
    SENTENCES = STAKEHOLDER_SENTENCES

    status = models.CharField(_("status"), max_length=10, choices=Status)
    slug = models.SlugField(_("part of the address"), max_length=80, db_index=False, editable=False)
    sort_key = models.CharField(max_length=KEY_LENGTH, editable=False)
    # Where a listed entry comes from; empty for those who registered themselves.
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    ror_id = models.CharField(_("ROR identifier"), max_length=40, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    # Written once its people have been told that the confirmation is due: nobody lapses unannounced.
    lapses_at = models.DateTimeField(_("lapses unless confirmed by"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration profile"), default=False, editable=False)
    # Where its links lead once it is one with another; chains are kept flat by the act that merges.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        editable=False,
        verbose_name=_("merged into"),
    )
    contact_from = models.CharField(
        _("who may write to it"), max_length=15, choices=ContactFrom, default=ContactFrom.MEMBERS_STATES
    )

    objects = StakeholderQuerySet.as_manager()

    class Meta(Described.Meta):
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        constraints = [
            *Described.Meta.constraints,
            models.CheckConstraint(condition=Q(status__in=Status.values), name="stakeholder_status_known"),
            models.CheckConstraint(condition=Q(listing__in=Listing.values), name="stakeholder_listing_known"),
            models.CheckConstraint(condition=~Q(name=""), name="stakeholder_named"),
            models.CheckConstraint(
                condition=~Q(status=Status.LISTED) | (~Q(source_name="") & Q(source_date__isnull=False)),
                name="listed_entry_says_its_source",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ACTIVE) | Q(approved_at__isnull=False),
                name="active_entry_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(contact_from__in=ContactFrom.values), name="stakeholder_contact_from_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(status=Status.MERGED, lapses_at__isnull=True) & ~Q(merged_into=F("pk"))),
                name="stakeholder_merged_elsewhere",
            ),
            models.UniqueConstraint(
                fields=["ror_id"], condition=~Q(ror_id=""), name="one_stakeholder_per_ror_id"
            ),
        ]
        indexes = [
            # The directory, by name and by the last confirmation: a page far down is found in these alone.
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(
                    status__in=("listed", "active"), listing__in=("public", "members_states", "members")
                ),
                name="stakeholder_directory",
            ),
            models.Index(
                F("confirmed_at").desc(nulls_last=True),
                "sort_key",
                "id",
                condition=Q(
                    status__in=("listed", "active"), listing__in=("public", "members_states", "members")
                ),
                name="stakeholder_last_confirmed",
            ),
            # Of all: who is signed in finds some that not everybody does.
            models.Index(fields=["-created_at", "-id"], name="stakeholder_newest"),
            models.Index(fields=["country", "kind"], name="stakeholder_country_kind"),
            # Whose yearly confirmation is due: the clock asks daily, and few of all entries are active.
            models.Index(
                Coalesce("confirmed_at", "approved_at"),
                condition=Q(status="active"),
                name="stakeholder_unconfirmed",
            ),
            models.Index(fields=["sort_key"], name="stakeholder_sort_key"),
            # Likely duplicates: by name, alike or equal, and by site.
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="stakeholder_name_alike"),
            models.Index(fields=["site_key"], condition=~Q(site_key=""), name="stakeholder_site"),
            models.Index(Upper("acronym"), condition=~Q(acronym=""), name="stakeholder_acronym"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:detail", args=[self.pk, self.slug])

    def is_readable_by(self, user: Any, statuses: Collection[str]) -> bool:
        """As `readable_by`, of this entry and without a statement where the page knows the person."""
        if self.status in statuses and self.listing == Listing.PUBLIC:
            return True
        if not (user.is_authenticated and user.is_active):
            return False
        memberships = memberships_of(user)
        if user.is_desk or any(pk == self.pk for pk, _role, _status in memberships):
            return True
        shared: Collection[str] = ()
        places = user.places_of(Role.REGIONAL)
        takes_part = any(status in Status.TAKING_PART for _pk, _role, status in memberships)
        if user.has_role(Role.STATE):
            shared = (Listing.MEMBERS_STATES,)
        elif places is None or self.country_id in places or takes_part:
            shared = SHARED_LISTINGS
        return self.status in statuses and self.listing in shared

    def is_found_by(self, user: Any) -> bool:
        """Return whether the person may see the entry."""
        return self.is_readable_by(user, Status.SHOWN)

    def is_named_to(self, user: Any) -> bool:
        """Return whether the person may read the name of the entry."""
        return self.is_readable_by(user, Status.NAMED)

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "quiet")

    @property
    def is_named_publicly(self) -> bool:
        """Whether everybody may read its name."""
        return self.status in Status.NAMED and self.listing == Listing.PUBLIC

    def name_for(self, user: Any) -> str:
        """Return the name of the entry for a reader who may read it, else the words in its place."""
        return self.name if self.is_named_to(user) else str(NOT_NAMED)

    @property
    def confirm_by(self) -> datetime | None:
        """When its people are to say the next time that everything is right; None where nobody is asked."""
        last = self.confirmed_at or self.approved_at
        if self.status not in Status.LOOKED_AFTER or last is None:
            return None
        return last + timedelta(days=settings.STAKEHOLDERS_CONFIRM_DAYS)

    @property
    def leaves_at(self) -> datetime | None:
        """When an active entry leaves the directory unless confirmed; the earliest, before it is told."""
        if self.status != Status.ACTIVE or self.confirm_by is None:
            return None
        return self.lapses_at or self.confirm_by + timedelta(days=settings.STAKEHOLDERS_GRACE_DAYS)

    @property
    def asks_confirmation(self) -> bool:
        """Whether it is time to confirm: the first reminder is due, or the entry has lapsed."""
        first = timedelta(days=max(settings.STAKEHOLDERS_REMINDER_DAYS))
        return self.confirm_by is not None and (
            self.status == Status.LAPSED or self.confirm_by - first <= now()
        )

    @property
    def is_lapsed(self) -> bool:
        return self.status == Status.LAPSED

    def keep_keys(self) -> None:
        for name, key in self.keys_for(self.name, self.name_latin, self.website).items():
            setattr(self, name, key)

    @staticmethod
    def keys_for(name: str, name_latin: str, website: str) -> dict[str, str]:
        """What is kept beside these: also for the rows of an import, which are no entries yet."""
        latin = name_latin or name
        return {
            "name_key": fold(name)[:KEY_LENGTH],
            "sort_key": fold(latin)[:KEY_LENGTH],
            "site_key": site_of(website),
            "slug": slugify(latin)[:80].strip("-_") or "stakeholder",
        }

    def keys_of(self, named: set[str]) -> set[str]:
        with_name = {"sort_key", "slug"} if named & {"name", "name_latin"} else set()
        return super().keys_of(named) | with_name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Return the rows of the person's stakeholders, all for the desk, none for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        own = entries_of(user)
        return self.filter(stakeholder_id__in=own)


class Membership(models.Model):
    """A person who acts for a stakeholder."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="memberships", verbose_name=_("stakeholder")
    )
    user = of_person(_("person"), related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    joined_at = models.DateTimeField(_("joined at"), db_default=Now(), editable=False)
    # Chosen by the person alone: whoever sees the profile then reads the name and the position.
    is_shown = models.BooleanField(_("shown on the profile"), default=False)
    position = models.CharField(_("position"), max_length=120, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="membership_role_known"),
            models.UniqueConstraint(fields=["stakeholder", "user"], name="one_membership_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.stakeholder_id} · {self.role}"

    @property
    def writes(self) -> bool:
        return self.role in MemberRole.WRITERS

    @property
    def is_asked_to_confirm(self) -> bool:
        """Whether this person may confirm the entry, and it is time to."""
        return self.writes and self.stakeholder.asks_confirmation


class DirectoryVersionQuerySet(models.QuerySet["DirectoryVersion"]):
    def bump(self) -> None:
        """Say, in the transaction that changes what the directory shows, that kept pages are old."""
        if not self.filter(pk=1).update(n=F("n") + 1):
            DirectoryVersion.objects.bulk_create([DirectoryVersion(pk=1)], ignore_conflicts=True)
            self.filter(pk=1).update(n=F("n") + 1)

    def current(self) -> int:
        """Return the version. It is asked for before each kept page, which costs less than a queryset."""
        with reading_connection().cursor() as cursor:
            cursor.execute(f"SELECT n FROM {self.model._meta.db_table} WHERE id = 1")  # noqa: S608  our own
            row = cursor.fetchone()
        return row[0] if row else 0


class DirectoryVersion(models.Model):
    """One row that counts the changes of the directory, so that kept pages know when they are old."""

    n = models.BigIntegerField(default=0)

    objects = DirectoryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the directory")
        verbose_name_plural = _("versions of the directory")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_directory_version")]

    def __str__(self) -> str:
        return str(self.n)
