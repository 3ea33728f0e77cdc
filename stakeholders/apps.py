"""Who is in the directory: stakeholders, their applications and vetting, their members."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
