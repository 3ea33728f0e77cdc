"""Projects of a stakeholder, each in one language or more."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.partial_dates import PartialDateField
from stakeholders.entries.models import Stakeholder
from stakeholders.moderation.enums import Standing
from stakeholders.moderation.models import OnProfileQuerySet
from stakeholders.projects.enums import PROJECT_MOVES


class ProjectQuerySet(OnProfileQuerySet["Project"]):
    def in_order(self) -> "ProjectQuerySet":
        """As its people have put them."""
        return self.order_by("position", "pk")


class Project(models.Model):
    """What a stakeholder did or does: when, where, with whom. What it says in words is in `texts`.

    Two stakeholders that become one keep the projects of both; nothing is unique here.
    """

    MOVES = PROJECT_MOVES

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="projects", verbose_name=_("stakeholder")
    )
    # Translators: The day on which a project begins.
    starts = PartialDateField(_("from"), blank=True)
    # Translators: The day on which a project ends.
    ends = PartialDateField(_("to"), blank=True)
    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="projects", verbose_name=_("countries or areas")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.SHOWN)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Standing.values), name="project_status_known")
        ]
        indexes = [models.Index(fields=["stakeholder", "position", "id"], name="project_in_order")]

    def __str__(self) -> str:
        first = self.texts.first()
        return first.title if first else f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:projects", args=[self.stakeholder_id]) + f"#project-{self.pk}"


class ProjectText(models.Model):
    """What is said of a project in one language; the first one is its own."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="texts", verbose_name=_("project"))
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language")
    )
    title = models.CharField(_("title"), max_length=200)
    aim = models.TextField(_("aim"), max_length=1500, blank=True)
    results = models.TextField(_("results"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("text of a project")
        verbose_name_plural = _("texts of projects")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "language"], name="one_project_text_per_language"),
            models.CheckConstraint(condition=~Q(title=""), name="project_text_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectPartner(models.Model):
    """Another body that took part, by name; `stakeholder` where everybody finds it in the directory so."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners", verbose_name=_("project"))
    name = models.CharField(_("name"), max_length=250)
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partner_in",
        verbose_name=_("stakeholder"),
    )

    class Meta:
        verbose_name = _("partner in a project")
        verbose_name_plural = _("partners in projects")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="project_partner_named")]

    def __str__(self) -> str:
        return self.name


class ProjectLink(models.Model):
    """Where more can be read."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="links", verbose_name=_("project"))
    label = models.CharField(_("what it is"), max_length=200)
    url = models.CharField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("link of a project")
        verbose_name_plural = _("links of projects")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(label="") & ~Q(url=""), name="project_link_leads_somewhere")
        ]

    def __str__(self) -> str:
        return self.label
