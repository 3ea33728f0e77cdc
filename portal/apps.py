"""The pages that know every other app: home, search, my work, the desk's home, trust pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    subjects = (
        "pages",
        "team_messages",
        "roles",
        "facts",
        "help",
        "opportunities",
        "countries",
        "articles",
        "home",
        "search",
        "first_steps",
        "desk",
        "open_data",
        "usage",
        "machines",
        "style_guide",
    )  # lowest first
    verbose_name = _("portal")
