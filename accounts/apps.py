"""People: the user, sign-in, security, language, time zone, consent, role grants."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    subjects = (
        "people",
        "sign_in",
        "second_factor",
        "single_sign_on",
        "tokens",
        "data_rights",
    )  # lowest first


class PortalAdminConfig(AdminConfig):
    """Django's admin, behind our own sign-in and second factor."""

    default_site = "accounts.admin_site.PortalAdminSite"
