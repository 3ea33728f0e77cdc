"""What a rapporteur tells of a meeting or of an event, with files and links."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.uploads import StoredFile
from events.events.models import Event
from events.meeting_reports.enums import REPORT_MOVES, REPORT_SENTENCES, LinkKind, ReportStatus
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import entries_of

S = ReportStatus


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Published ones with their event; their organizer's always; once sent, the desk's."""
        public = Q(status=S.PUBLISHED, event__status__in=("published", "cancelled")) & (
            Q(proposal=None)
            | Q(proposal__public_at__isnull=False) & ~Q(proposal__status__in=ProposalStatus.OUT_OF_VIEW)
        )
        if not (user.is_authenticated and user.is_active):
            return self.filter(public)
        theirs = entries_of(user, *MemberRole.WRITERS)
        own = (
            Q(written_by=user) | Q(proposal__lead__in=theirs) | Q(proposal=None, event__organizer__in=theirs)
        )
        if user.has_role(Role.EVENTS, Role.HEAD):
            return self.filter(public | own | ~Q(status=S.DRAFT))
        return self.filter(public | own)


class Report(models.Model):
    """The one report of a meeting, or of an event itself (then without a meeting). Public once published.

    `attended_*`: how many took part, as `counted_by` counted them; empty where nobody counted.
    """

    MOVES = REPORT_MOVES
    SENTENCES = REPORT_SENTENCES

    event = models.ForeignKey(Event, models.PROTECT, related_name="reports", verbose_name=_("event"))
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="report", verbose_name=_("meeting")
    )
    status = models.CharField(_("status"), max_length=10, choices=S, default=S.DRAFT)
    rapporteur = models.CharField(_("rapporteur"), max_length=200)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    summary = models.TextField(_("summary"), max_length=6000)
    outcomes = models.TextField(_("outcomes"), blank=True, max_length=6000)
    recommendations = models.TextField(_("recommendations"), blank=True, max_length=6000)
    attended_in_person = models.PositiveIntegerField(_("took part in person"), null=True, blank=True)
    attended_online = models.PositiveIntegerField(_("took part online"), null=True, blank=True)
    counted_by = models.CharField(_("who counted, and how"), max_length=200, blank=True)
    written_by = by_person(_("written by"))
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a meeting")
        verbose_name_plural = _("reports of meetings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=S.values), name="report_status_known"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(proposal=None), name="one_report_of_an_event"
            ),
            models.CheckConstraint(
                condition=Q(attended_in_person=None, attended_online=None) | ~Q(counted_by=""),
                name="report_says_who_counted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal or self.event)

    def get_absolute_url(self) -> str:
        return reverse("events:report", args=[self.pk])

    @property
    def is_written(self) -> bool:
        return self.status in S.WRITTEN

    @property
    def is_published(self) -> bool:
        return self.status == S.PUBLISHED

    @property
    def lead_id(self) -> int | None:
        """The stakeholder whose meeting or event it is; None for an event of the house."""
        return self.proposal.lead_id if self.proposal else self.event.organizer_id


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def visible_to(self, user: Any) -> "ReportFileQuerySet":
        return self.filter(report__in=Report.objects.visible_to(user).values("pk"))


class ReportFile(StoredFile):
    """Slides, a paper, a list: a file that came with a report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files", verbose_name=_("report"))
    kind = models.CharField(_("what it is"), max_length=10, choices=LinkKind)
    title = models.CharField(_("title"), max_length=200)
    uploaded_by = by_person(_("uploaded by"))

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="report_file_kind_known")
        ]


class LibraryEntry(models.Model):
    """What the library holds, or was suggested to hold, of a meeting or of an event itself."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="library_entries", verbose_name=_("event"))
    proposal = models.ForeignKey(
        Proposal,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="library_entries",
        verbose_name=_("meeting"),
    )
    resource = models.ForeignKey(
        "resources.Resource", models.CASCADE, related_name="+", verbose_name=_("resource")
    )

    class Meta:
        verbose_name = _("resource about a meeting")
        verbose_name_plural = _("resources about meetings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "proposal", "resource"], name="one_library_entry_each", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.resource_id}"


class ReportLink(models.Model):
    """A recording, slides or a paper elsewhere."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="links", verbose_name=_("report"))
    kind = models.CharField(_("what it is"), max_length=10, choices=LinkKind)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("link of a report")
        verbose_name_plural = _("links of reports")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="report_link_kind_known")
        ]

    def __str__(self) -> str:
        return self.title
