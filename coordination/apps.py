"""Regional focal points' workspace, activities, messages to a region, reports, networks and their plans."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    name = "coordination"
    subjects = (
        "absences",
        "activities",
        "period_reports",
        "mailings",
        "networks",
        "plans",
        "announcements",
        "hand_overs",
        "focal_points",
        "offerings",
        "workspace",
    )  # lowest first
    verbose_name = _("Coordination")
