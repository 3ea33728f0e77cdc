"""The person, the roles granted to them, and what they agreed to."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.hooks import countries_within, list_keepers
from accounts.people.enums import Legal, Role, Scope


def by_person(verbose_name: Any, related_name: str = "+", **options: Any) -> "models.ForeignKey[User | None]":
    """Return a relation to the person who did something; it is emptied when the account is erased."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name=related_name,
        verbose_name=verbose_name,
        **options,
    )


def of_person(verbose_name: Any, related_name: str = "+", **options: Any) -> "models.ForeignKey[User]":
    """Return a relation to the person whose row it is; the row goes with the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name=related_name,
        verbose_name=verbose_name,
        **options,
    )


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
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("The language of the portal and of the e-mail that we send you."),
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Vienna")
    # Decides what is suggested to the person, never what they may do.
    is_unaffiliated = models.BooleanField(_("without an organization"), default=False, db_default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), db_default=Now(), editable=False)

    # The middleware sets it for a signed-in session; outside one (commands, tasks) nobody needs to ask.
    second_factor_shown: Callable[[], bool] | None = None
    # Roles that the institution at which this session began may not give; the middleware sets it.
    withheld_roles: frozenset[str] = frozenset()
    # What has been asked about the person on this page; set where a request only reads (see `ask_once`).
    known: dict[str, Any] | None = None

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
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def ask_once[T](self, name: str, ask: Callable[[], T]) -> T:
        """The answer of `ask()`: once for a page that only reads, anew each time where something acts."""
        if self.known is None:
            return ask()
        if name not in self.known:
            self.known[name] = ask()
        answer: T = self.known[name]
        return answer

    @cached_property
    def granted(self) -> list["Grant"]:
        """Every grant in force now, whether or not this session may use it; read once per request."""
        return list(self.grants.live()) if self.pk else []

    @property
    def is_guarded(self) -> bool:
        """Holds a role that works only after a second factor."""
        return any(grant.role in Role.GUARDED for grant in self._usable_grants)

    @property
    def _usable_grants(self) -> list["Grant"]:
        """Every grant in force but those that this session may not use, however it goes on."""
        if not self.withheld_roles:
            return self.granted
        return [grant for grant in self.granted if grant.role not in self.withheld_roles]

    @property
    def lacks_roles(self) -> bool:
        """Holds a role that does not work in this session, because of where the person signed in."""
        return bool(self.withheld_roles) and any(grant.role in self.withheld_roles for grant in self.granted)

    @property
    def belongs_to_desk(self) -> bool:
        """Shows the way to the desk, asleep or not; opens nothing."""
        return any(grant.role in Role.DESK for grant in self.granted)

    @cached_property
    def live_grants(self) -> list["Grant"]:
        """The grants that count: in a session without a second factor, guarded roles sleep everywhere."""
        if self.second_factor_shown is None or not self.is_guarded or self.second_factor_shown():
            return self._usable_grants
        return [grant for grant in self._usable_grants if grant.role not in Role.GUARDED]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.live_grants)

    @property
    def needs_no_profile(self) -> bool:
        """Nothing asks the person to register an organization: they have none, or are here for a State."""
        return self.is_unaffiliated or self.is_state_user

    @property
    def is_state_user(self) -> bool:
        return self.has_role(Role.STATE)

    @property
    def covers_places(self) -> bool:
        """Shows the way to the regional pages, asleep or not; opens nothing."""
        return any(grant.role == Role.REGIONAL for grant in self.granted)

    def places_of(self, role: str) -> frozenset[str] | None:
        """The countries (ISO3) for which the person holds `role`, those of its regions too; None: everywhere.

        Empty where they do not hold it. Worked out once for the grants that were read.
        """
        known: dict[str, tuple[Any, frozenset[str] | None]] = self.__dict__.setdefault("_places", {})
        if role in known and self.is_active and known[role][0] is self.live_grants:
            return known[role][1]
        places = self._places_of(role)
        known[role] = (self.live_grants, places)
        return places

    def _places_of(self, role: str) -> frozenset[str] | None:
        grants = [grant for grant in self.live_grants if grant.role == role] if self.is_active else []
        if any(grant.scope_kind == Scope.GLOBAL for grant in grants):
            return None
        countries = {grant.scope_code for grant in grants if grant.scope_kind == Scope.COUNTRY}
        regions = {grant.scope_code for grant in grants if grant.scope_kind == Scope.REGION}
        if regions:
            countries.update(countries_within(regions))
        return frozenset(countries)

    def has_role(self, *roles: str) -> bool:
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_desk(self) -> bool:
        return self.has_role(*Role.DESK)

    @property
    def is_staff(self) -> bool:
        """Who may open the reference data in the admin (Django's own question)."""
        return self.has_role(Role.CURATION, Role.ADMINISTRATOR, *list_keepers())

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and any(backend.has_perm(self, perm, obj) for backend in get_backends())

    def has_perms(self, perms: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        backends: Iterable[Any] = get_backends()
        return self.is_active and any(backend.has_module_perms(self, app_label) for backend in backends)


class GrantQuerySet(models.QuerySet["Grant"]):
    def waiting(self) -> "GrantQuerySet":
        """Given by one person, not yet confirmed by a second."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now()), confirmed_at=None)

    def live(self, at: datetime | None = None) -> "GrantQuerySet":
        """Confirmed, begun and not over."""
        moment = at or now()
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment, confirmed_at__isnull=False
        )


class Grant(models.Model):
    """A role given to a person, for everywhere, a region (M49) or a country (ISO3).

    A grant of a desk role counts only once a second person has confirmed it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    # Translators: Where a role holds: everywhere, in a region, or in a country.
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
                violation_error_message=_(
                    "A role for one place needs its code; one for everywhere has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="grant_ends_after_start",
                violation_error_message=_("A role cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(granted_by=None) | ~Q(confirmed_by=F("granted_by")),
                name="grant_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.scope_code or self.get_scope_kind_display()}"


class LegalVersion(models.Model):
    """A version of the terms or of the privacy notice. Its text stands on the portal's page of that name."""

    kind = models.CharField(_("text"), max_length=10, choices=Legal)
    version = models.CharField(
        _("version"), max_length=30, help_text=_("For example 2026-11. Everybody is asked once per version.")
    )
    published_at = models.DateTimeField(_("in force from"), db_default=Now())

    class Meta:
        verbose_name = _("version of a legal text")
        verbose_name_plural = _("versions of legal texts")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_legal_version_each"),
            models.CheckConstraint(condition=Q(kind__in=Legal.values), name="legal_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class Consent(models.Model):
    """That a person agreed to one version, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name=_("person"))
    kind = models.CharField(_("text"), max_length=10, choices=Legal)
    version = models.CharField(_("version"), max_length=30)
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "version"], name="one_consent_per_version"),
            models.CheckConstraint(condition=Q(kind__in=Legal.values), name="consent_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
