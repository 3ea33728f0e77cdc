"""People, consent and retention for administrators. Roles have pages of their own: portal/roles."""

from collections.abc import Callable
from typing import Any, cast

import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401  as well
from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import WithSecrets
from accounts.data_rights.actions_retention import change_rule
from accounts.data_rights.models import RetentionRule, RetentionRun
from accounts.data_rights.queries import would_go
from accounts.hooks import retained
from accounts.people.actions import close_account, publish_legal_version, reopen_account
from accounts.people.models import Consent, LegalVersion, User
from accounts.people.queries import administrators
from accounts.second_factor.actions import check_reset, confirm_reset, refuse_reset
from accounts.second_factor.models import FactorReset
from core.errors import DomainError
from core.text import clean_block


class UserForm(forms.ModelForm):
    """Asks before saving what the action would refuse."""

    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        others = administrators().exclude(pk=self.instance.pk)
        if not active and administrators().filter(pk=self.instance.pk).exists() and not others.exists():
            raise forms.ValidationError(
                _("This is the last administrator. Give the role to another person first.")
            )
        return active


@admin.register(User)
class UserAdmin(WithSecrets):
    secrets = ("password",)
    list_display = ["name", "email", "language", "is_active", "date_joined", "last_login"]
    list_filter = ["is_active", "language"]
    ordering = ["-pk"]
    search_fields = ["name", "email"]
    fields = [
        "name",
        "email",
        "language",
        "time_zone",
        "is_unaffiliated",
        "is_active",
        "date_joined",
        "last_login",
    ]
    # People change their address themselves, since only they can confirm it.
    readonly_fields = ["email", "date_joined", "last_login"]
    form = UserForm

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if "is_active" in form.changed_data:
            act = reopen_account if obj.is_active else close_account
            act(obj, actor=cast("User", request.user))
        super().save_model(request, obj, form, change)


admin.site.unregister(EmailAddress)
admin.site.unregister(UserSession)  # a person's own page
admin.site.unregister([SocialAccount, SocialApp, SocialToken])  # a person's own page, and the settings


@admin.register(EmailAddress)
class AddressAdmin(EmailAddressAdmin):
    """To look at only: whoever reads its mail confirms an address, nobody for them."""

    actions = ()


class Stepwise:
    """Applies an action to each chosen row, and shows a message for each."""

    message_user: Callable[..., None]

    def each(self, request: HttpRequest, queryset: QuerySet[Any], act: Callable[..., None]) -> None:
        for row in queryset.select_related("user"):
            label = _t("%(person)s, %(role)s") % {"person": row.user, "role": row}
            try:
                act(row, actor=request.user)
            except (DomainError, PermissionDenied) as refusal:
                self.message_user(request, f"{label}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, _t("Done: %(what)s") % {"what": label}, messages.SUCCESS)


class ResetForm(forms.ModelForm):
    """The first administrator writes down how they made sure; the second one confirms from the list."""

    def clean_reason(self) -> str:
        reason = clean_block(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError(_("Describe how you verified the person's identity."))
        return reason


@admin.register(FactorReset)
class FactorResetAdmin(Stepwise, admin.ModelAdmin):
    list_display = ["user", "asked_at", "contact", "checked_by", "checked_at", "confirmed_at", "refused_at"]
    list_select_related = ["user", "checked_by"]
    fields = ["user", "contact", "asked_at", "reason", "checked_by", "confirmed_by", "refused_by"]
    readonly_fields = ["user", "contact", "asked_at", "checked_by", "confirmed_by", "refused_by"]
    form = ResetForm
    actions = ["confirm", "refuse"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody answers a request of their own, or one that is answered."""
        allowed = super().has_change_permission(request, obj)
        open_still = obj is None or (obj.confirmed_at is None and obj.refused_at is None)
        return allowed and open_still and (obj is None or request.user.has_perm("accounts.check_reset", obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: FactorReset, form: Any, change: bool) -> None:
        check_reset(obj, actor=cast("User", request.user), reason=obj.reason)

    @admin.action(description=_("Confirm as the second person"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[FactorReset]) -> None:
        self.each(request, queryset, confirm_reset)

    @admin.action(description=_("Refuse: nothing is removed"), permissions=["change"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[FactorReset]) -> None:
        self.each(request, queryset, refuse_reset)


@admin.register(LegalVersion)
class LegalVersionAdmin(admin.ModelAdmin):
    list_display = ["kind", "version", "published_at"]
    fields = ["kind", "version"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LegalVersion, form: Any, change: bool) -> None:
        obj.pk = publish_legal_version(obj.kind, obj.version).pk


@admin.register(Consent)
class ConsentAdmin(admin.ModelAdmin):
    list_display = ["user", "kind", "version", "at"]
    list_filter = ["kind", "version"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]


@admin.register(RetentionRule)
class RetentionRuleAdmin(admin.ModelAdmin):
    """How long what is kept. Rules come from the portal's parts: they are changed, not added."""

    list_display = ["label", "days", "tonight", "reason", "changed_at"]
    fields = ["label", "about", "days", "reason", "tonight", "changed_at"]
    readonly_fields = ["label", "about", "tonight", "changed_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RetentionRule]:
        return super().get_queryset(request).filter(subject__in=list(retained))

    @admin.display(description=_("subject"))
    def label(self, rule: RetentionRule) -> str:
        return str(rule)

    @admin.display(description=_("counted from"))
    def about(self, rule: RetentionRule) -> str:
        return str(rule.declared.about) if rule.declared else ""

    @admin.display(description=_("would go tonight"))
    def tonight(self, rule: RetentionRule) -> int:
        return would_go(rule)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RetentionRule, form: Any, change: bool) -> None:
        change_rule(obj, actor=cast("User", request.user), before=form.initial["days"])


@admin.register(RetentionRun)
class RetentionRunAdmin(admin.ModelAdmin):
    list_display = ["at", "rule", "days", "removed", "failed"]
    list_filter = ["rule", "failed"]
    list_select_related = ["rule"]
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
