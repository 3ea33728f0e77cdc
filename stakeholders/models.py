"""Stakeholders, the applications by which they came, their members and papers."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import Now, Upper
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.text import fold
from core.uploads import StoredFile
from stakeholders.enums import (
    MOVES,
    ApplicationStatus,
    Kind,
    Listing,
    MemberRole,
    Purpose,
    RefusalReason,
    Status,
)

# Hosts where many have a page each: there the path tells who it is.
SHARED_HOSTS = {
    "facebook.com", "instagram.com", "linkedin.com", "x.com", "twitter.com", "youtube.com",
    "sites.google.com", "linktr.ee", "medium.com", "t.me", "vk.com", "github.com", "tiktok.com",
}  # fmt: skip
KEY_LENGTH = 300


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
    name_latin = models.CharField(_("name in Latin letters"), max_length=250, blank=True)
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
        "taxonomy.Language", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("language of the mission"),
    )  # fmt: skip
    topics = models.ManyToManyField(
        "taxonomy.Topic", blank=True, related_name="%(class)ss", verbose_name=_("topics")
    )
    listing = models.CharField(_("who may find it"), max_length=20, choices=Listing)
    # Kept for comparing: `keep_keys` fills them from the fields above.
    name_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    site_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)

    class Meta:
        abstract = True

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
        """The kept fields that change with those named."""
        return ({"name_key"} if "name" in named else set()) | ({"site_key"} if "website" in named else set())

    @property
    def is_expert(self) -> bool:
        return self.kind == Kind.EXPERT


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def visible_to(self, user: Any) -> "StakeholderQuerySet":
        """What `user` (a person or an anonymous visitor) may find; every list and look-up starts here.

        People of a stakeholder always see their own entry; the desk sees all.
        """
        shown = Q(status__in=Status.SHOWN)
        everybody = shown & Q(listing=Listing.PUBLIC)
        if not (user.is_authenticated and user.is_active):
            return self.filter(everybody)
        if user.is_desk:
            return self.all()
        own = Q(pk__in=Membership.objects.filter(user=user).values("stakeholder_id"))
        as_member = shown & Q(listing__in=(Listing.MEMBERS_STATES, Listing.MEMBERS))
        if not user.has_role(Role.REGIONAL):
            taking_part = Membership.objects.filter(user=user, stakeholder__status__in=Status.TAKING_PART)
            as_member &= Q(Exists(taking_part))
        seen = everybody | own | as_member
        if user.has_role(Role.STATE):
            seen |= shown & Q(listing=Listing.MEMBERS_STATES)
        return self.filter(seen)

    def listed_publicly(self) -> "StakeholderQuerySet":
        return self.filter(status__in=Status.SHOWN, listing=Listing.PUBLIC)


class Stakeholder(Described):
    """An organization or an individual expert in the directory."""

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
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration entry"), default=False, editable=False)

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="stakeholder_kind_known"),
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
            models.UniqueConstraint(
                fields=["ror_id"], condition=~Q(ror_id=""), name="one_stakeholder_per_ror_id"
            ),
        ]
        indexes = [
            # The directory as everybody sees it, by name.
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(status__in=("listed", "active"), listing="public"),
                name="stakeholder_directory",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(status__in=("listed", "active"), listing="public"),
                name="stakeholder_newest",
            ),
            models.Index(fields=["country", "kind"], name="stakeholder_country_kind"),
            models.Index(fields=["sort_key"], name="stakeholder_sort_key"),
            # Likely duplicates: by name, alike or equal, and by site.
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="stakeholder_name_alike"),
            models.Index(fields=["site_key"], condition=~Q(site_key=""), name="stakeholder_site"),
            models.Index(Upper("acronym"), condition=~Q(acronym=""), name="stakeholder_acronym"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:detail", args=[self.pk, self.slug])

    def keep_keys(self) -> None:
        super().keep_keys()
        self.sort_key = fold(self.name_latin or self.name)[:KEY_LENGTH]
        self.slug = slugify(self.name_latin or self.name)[:80].strip("-_") or "stakeholder"

    def keys_of(self, named: set[str]) -> set[str]:
        with_name = {"sort_key", "slug"} if named & {"name", "name_latin"} else set()
        return super().keys_of(named) | with_name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Those of the stakeholders that the person belongs to, all for the desk, none for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        own = Membership.objects.filter(user=user).values("stakeholder_id")
        return self.filter(stakeholder_id__in=own)


class Membership(models.Model):
    """A person who acts for a stakeholder."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="memberships", verbose_name=_("stakeholder")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    joined_at = models.DateTimeField(_("joined at"), db_default=Now(), editable=False)

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


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """A person's own; for those who vet, also everything that was ever sent. Nothing for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = Q(applicant=user)
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.filter(own | ~Q(status=ApplicationStatus.DRAFT))
        return self.filter(own)

    def sent(self) -> "ApplicationQuerySet":
        """Without drafts, which are their applicants' alone."""
        return self.exclude(status=ApplicationStatus.DRAFT)


class Application(Described):
    """A request to be in the directory, with what was said and what was judged.

    The columns are the applicant's answers, blank while a draft; `snapshot` is what the desk was sent last.
    """

    MOVES = MOVES

    purpose = models.CharField(_("asks for"), max_length=15, choices=Purpose, default=Purpose.NEW)
    status = models.CharField(
        _("status"), max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="applications",
        verbose_name=_("applicant"),
    )  # fmt: skip
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, null=True, blank=True, related_name="applications",
        verbose_name=_("stakeholder"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=250, blank=True)
    country = models.ForeignKey(  # type: ignore[assignment]  # blank only while a draft
        "taxonomy.Country", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("country or area"),
    )  # fmt: skip
    listing = models.CharField(_("who may find it"), max_length=20, choices=Listing, blank=True)
    no_paper_reason = models.TextField(_("why there is no paper"), max_length=1000, blank=True)
    snapshot = models.JSONField(_("what was sent"), default=dict, editable=False)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason"), max_length=20, choices=RefusalReason, blank=True)
    # Until when the desk has promised to decide; stands still while the applicant is asked.
    due_at = models.DateTimeField(_("decision promised by"), null=True, blank=True)
    answer_by = models.DateTimeField(_("answer asked by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="application_kind_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="application_purpose_known"),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="application_status_known"
            ),
            models.CheckConstraint(
                condition=Q(listing__in=("", *Listing.values)), name="application_listing_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.DRAFT, submitted_at__isnull=True)
                | (~Q(status=ApplicationStatus.DRAFT) & Q(submitted_at__isnull=False)),
                name="application_sent_at_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.DECIDED, decided_at__isnull=False)
                | (~Q(status__in=ApplicationStatus.DECIDED) & Q(decided_at__isnull=True)),
                name="application_decided_at_once_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.APPROVED) | Q(stakeholder__isnull=False),
                name="application_approved_has_stakeholder",
            ),
            models.CheckConstraint(
                condition=(Q(status=ApplicationStatus.REFUSED) & Q(refusal_reason__in=RefusalReason.values))
                | (~Q(status=ApplicationStatus.REFUSED) & Q(refusal_reason="")),
                name="application_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.DRAFT)
                | (~Q(name="") & ~Q(listing="") & Q(country__isnull=False)),
                name="application_complete_once_sent",
            ),
            # A row whose applicant has left (NULL) holds nobody back, which is meant.
            models.UniqueConstraint(
                fields=["applicant"],
                condition=Q(status=ApplicationStatus.DRAFT),
                name="one_draft_application_each",
            ),
            models.UniqueConstraint(
                fields=["applicant", "name_key"],
                condition=Q(status__in=ApplicationStatus.OPEN),
                name="one_open_application_per_name",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="application_queue"),
            models.Index(fields=["name_key"], name="application_name"),
            models.Index(fields=["site_key"], condition=~Q(site_key=""), name="application_site"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Application without a name yet"))

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:application", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == ApplicationStatus.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status in ApplicationStatus.OPEN

    @property
    def needs_paper(self) -> bool:
        return self.kind != Kind.EXPERT

    def promise_after(self, moment: datetime) -> datetime | None:
        """The promised instant once a pause that ended at `moment` is added."""
        if self.due_at is None or self.returned_at is None:
            return self.due_at
        return self.due_at + (moment - self.returned_at)


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        """The applicant and those who vet, nobody else."""
        return self.filter(application__in=Application.objects.visible_to(user))


class Paper(StoredFile):
    """A registration document that came with an application; the desk's and the applicant's alone."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="papers", verbose_name=_("application")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration paper")
        verbose_name_plural = _("registration papers")
        ordering = ["uploaded_at", "pk"]


class DirectoryVersionQuerySet(models.QuerySet["DirectoryVersion"]):
    def bump(self) -> None:
        """Say, in the transaction that changes what the directory shows, that kept pages are old."""
        if not self.filter(pk=1).update(n=F("n") + 1):
            DirectoryVersion.objects.bulk_create([DirectoryVersion(pk=1)], ignore_conflicts=True)
            self.filter(pk=1).update(n=F("n") + 1)

    def current(self) -> int:
        return self.filter(pk=1).values_list("n", flat=True).first() or 0


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
