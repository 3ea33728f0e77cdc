"""People: the user, sign-in, security, language, time zone, consent, role grants."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        import_module("accounts.receivers")


class PortalAdminConfig(AdminConfig):
    """Django's admin, behind our own sign-in and second factor."""

    default_site = "accounts.admin_site.PortalAdminSite"
