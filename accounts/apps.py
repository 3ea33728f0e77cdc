"""People: the user, sign-in, security, language, time zone, consent, role grants."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and roles")
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
