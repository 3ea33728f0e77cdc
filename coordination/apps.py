"""Regional focal points' workspace, activities, messages, reports, networks, surveys, participation."""

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
        "surveys",
        "participation",
        "workspace",
    )  # lowest first
    verbose_name = _("Coordination")
