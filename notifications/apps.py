"""The outbox, the inbox and e-mail. Receives ids, labels and templates; knows no domain above it."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("E-mails")
    subjects = (
        "happenings",
        "inbox",
        "outbox",
        "preferences",
        "bounces",
        "incoming",
        "delivery",
        "follows",
        "digests",
        "explanations",
        "jobs",
    )  # lowest first

    def ready(self) -> None:
        from notifications.checks import every_kind_has_its_text  # noqa: PLC0415  needs the registry filled

        checks.register(every_kind_has_its_text, checks.Tags.templates)
