"""Sign-in by allauth; Django's own model permissions, which the admin asks, derived from roles."""

import re
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.apps import apps

from accounts.hooks import kept_lists, list_keepers
from accounts.people.enums import Role

# Reference data and pages that the curators keep in the admin.
KEPT_BY_CURATION = ("taxonomy", "portal")
_MODEL_PERMISSION = re.compile(r"^(?:view|add|change|delete)_(\w+)$")
OF_ADMINISTRATORS = frozenset(
    {
        "accounts.view_user",
        "accounts.change_user",
        "accounts.view_legalversion",
        "accounts.add_legalversion",
        "accounts.view_consent",
        "accounts.view_retentionrule",
        "accounts.change_retentionrule",
        "accounts.view_retentionrun",
        "accounts.view_factorreset",
        "accounts.change_factorreset",
        "account.view_emailaddress",
        "audit.view_entry",  # names who signed in, who was flagged, what was screened
    }
)


class GrantBackend(AuthenticationBackend):
    """Nobody is a superuser. Roles say what the admin shows; the acts behind it ask again."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_authenticated or not user_obj.is_active:
            return False
        app_label, _, codename = perm.partition(".")
        if user_obj.has_role(Role.ADMINISTRATOR) and perm in OF_ADMINISTRATORS:
            return True
        match = _MODEL_PERMISSION.match(codename)
        if match and f"{app_label}.{match[1]}" in kept_lists:
            return bool(user_obj.has_role(*kept_lists[f"{app_label}.{match[1]}"]))
        if not user_obj.has_role(Role.CURATION, Role.ADMINISTRATOR):
            return False
        # A rule of the portal may be called view_… too, without being about a model.
        return app_label in KEPT_BY_CURATION and match is not None and match[1] in apps.all_models[app_label]

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not user_obj.is_authenticated or not user_obj.is_active:
            return False
        if app_label in ("accounts", "account", "audit"):
            return bool(user_obj.has_role(Role.ADMINISTRATOR))
        if any(name.startswith(f"{app_label}.") for name in kept_lists):
            return bool(user_obj.has_role(*list_keepers()))
        return app_label in KEPT_BY_CURATION and bool(user_obj.has_role(Role.CURATION, Role.ADMINISTRATOR))

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return {perm for perm in OF_ADMINISTRATORS if self.has_perm(user_obj, perm)}
