"""Applications by which stakeholders come, with their papers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.uploads import StoredFile
from stakeholders.enums import MOVES, ApplicationStatus, Kind, Listing, Purpose, RefusalReason
from stakeholders.enums.described import CopObserver, Descriptor, EcosocStatus
from stakeholders.enums.regional import SHARED_LISTINGS
from stakeholders.models.described import Described
from stakeholders.models.entries import Stakeholder

_NOT_SHARED = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """A person's own; for those who vet, also everything that was ever sent. Nothing for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = Q(applicant=user)
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.filter(own | ~Q(status=ApplicationStatus.DRAFT))
        return self.filter(own)

    def shared_with(self, user: Any) -> "ApplicationQuerySet":
        """Sent from the places of a regional focal point, who reads a part of them: see `SHARED_FIELDS`.

        Not those that hide from members, and not what was withdrawn. Nothing for anybody else.
        """
        if not (user.is_authenticated and user.has_role(Role.REGIONAL)):
            return self.none()
        places = user.places_of(Role.REGIONAL)
        rows = self.filter(listing__in=SHARED_LISTINGS).exclude(status__in=_NOT_SHARED)
        if places is not None:
            rows = rows.filter(country__in=sorted(places))
        # What an entry hides since then is hidden here too.
        found = Stakeholder.objects.visible_to(user).values("pk")
        return rows.filter(Q(stakeholder=None) | Q(stakeholder__in=found))

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
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="applications",
        verbose_name=_("applicant"),
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("stakeholder"),
    )
    name = models.CharField(_("name"), max_length=250, blank=True)
    country = models.ForeignKey(  # type: ignore[assignment]  # blank only while a draft
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )
    listing = models.CharField(_("who may find it"), max_length=20, choices=Listing, blank=True)
    no_paper_reason = models.TextField(_("why there is no paper"), max_length=1000, blank=True)
    # Entries that were shown as likely twins and are another organization, as the applicant says.
    told_apart = models.JSONField(_("entries that are others"), default=list, editable=False)
    told_apart_why = models.CharField(_("why it is another organization"), max_length=300, blank=True)
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
            models.CheckConstraint(
                condition=Q(ecosoc_status__in=("", *EcosocStatus.values)), name="application_ecosoc_known"
            ),
            models.CheckConstraint(
                condition=Q(cop_observer__in=("", *CopObserver.values)), name="application_observer_known"
            ),
            models.CheckConstraint(
                condition=Q(descriptors__contained_by=Descriptor.values), name="application_descriptors_known"
            ),
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
