"""The person, the roles granted to them, and what they agreed to."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_module_perms, _user_has_perm
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, Scope


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=(email or "").strip())


class User(AbstractBaseUser):
    """One person, one account, known by their e-mail address without regard to case."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en",
        help_text=_("The language of the portal and of the mail that we send you."),
    )  # fmt: skip
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Vienna")
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_address",
                violation_error_message=_("There is already an account with this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    @cached_property
    def live_grants(self) -> list["Grant"]:
        """The grants in force now; read once per request."""
        return list(self.grants.live()) if self.pk else []

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.live_grants)

    def has_role(self, *roles: str) -> bool:
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_desk(self) -> bool:
        return self.has_role(*Role.DESK)

    @property
    def is_staff(self) -> bool:
        """Who may open the reference data in the admin (Django's own question)."""
        return self.has_role(Role.CURATION, Role.ADMINISTRATOR)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and _user_has_perm(self, perm, obj)

    def has_perms(self, perms: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and _user_has_module_perms(self, app_label)


class GrantQuerySet(models.QuerySet["Grant"]):
    def live(self) -> "GrantQuerySet":
        """Confirmed, begun and not over."""
        moment = now()
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment, confirmed_at__isnull=False
        )


class Grant(models.Model):
    """A role given to a person, for everywhere, a region (M49) or a country (ISO3).

    A grant of a desk role counts only once a second person has confirmed it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope_kind = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.GLOBAL)
    scope_code = models.CharField(_("code of the region or country"), max_length=3, blank=True)
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by")
    )
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts at"), db_default=Now())
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(scope_kind=Scope.GLOBAL, scope_code="")
                | (Q(scope_kind__in=(Scope.REGION, Scope.COUNTRY)) & ~Q(scope_code="")),
                name="grant_scope_named",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(granted_by=None) | ~Q(confirmed_by=F("granted_by")),
                name="grant_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.scope_code or self.get_scope_kind_display()}"
