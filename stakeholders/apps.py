"""Who is in the directory: stakeholders, their applications and vetting, their members."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    subjects = (
        "entries",
        "applications",
        "followers",
        "registers",
        "imports",
        "contact",
        "exchange",
        "family",
        "trust",
        "screening",
        "recommendations",
        "appointments",
        "invitations",
        "introductions",
        "state_accounts",
        "claims",
        "changes",
        "members",
        "vetting",
        "submission",
        "standing",
        "moderation",
        "logos",
        "projects",
        "directory",
        "exports",
        "merging",
        "leaving",
    )  # lowest first
