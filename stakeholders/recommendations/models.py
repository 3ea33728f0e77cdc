"""What regional focal points say about applications of their region."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from stakeholders.applications.models import Application
from stakeholders.entries.models import entries_of
from stakeholders.recommendations.enums import View, ViewReason


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: Any) -> "RecommendationQuerySet":
        """Those who vet, except on what they belong to; and whoever gave it, as long as they may read on."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = entries_of(user)
        party = Q(application__applicant=user) | Q(application__stakeholder__in=own)
        if user.has_perm("stakeholders.vet_application"):
            return self.exclude(party)
        return self.filter(by=user, application__in=Application.objects.shared_with(user).values("pk"))


class Recommendation(models.Model):
    """One person's view of one application; it can be changed until the desk decides, and decides nothing."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="recommendations", verbose_name=_("application")
    )
    by = by_person(_("by"), related_name="recommendations")
    # Translators: The opinion of a regional focal point on an application, not a page.
    view = models.CharField(_("view"), max_length=10, choices=View)
    reason = models.CharField(_("reason"), max_length=12, choices=ViewReason)
    text = models.TextField(_("in words"), max_length=2000)
    at = models.DateTimeField(_("given at"), default=now)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(view__in=View.values), name="recommendation_view_known"),
            models.CheckConstraint(
                condition=Q(reason__in=ViewReason.values) & ~Q(text=""), name="recommendation_says_why"
            ),
            models.UniqueConstraint(fields=["application", "by"], name="one_recommendation_each"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.view}"
