"""Access tokens, by which a program reads or writes in a person's name."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.models import User
from accounts.tokens.enums import TokenScope

LONGEST = timedelta(days=366)  # what the database lets pass for "a year"


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    def visible_to(self, user: Any) -> "AccessTokenQuerySet":
        """A person's own, and nobody else's."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(user=user)

    def live(self) -> "AccessTokenQuerySet":
        """Neither revoked nor over."""
        return self.filter(revoked_at=None, expires_at__gt=now())


class AccessToken(models.Model):
    """One token of one person. Kept as a digest alone; the token itself is shown once, when it is made."""

    user = models.ForeignKey(User, models.CASCADE, related_name="access_tokens", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=80, help_text=_("What the token is for, as a reminder."))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # The last characters, by which its owner tells it from others.
    ending = models.CharField(_("ends with"), max_length=4, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=TokenScope), verbose_name=pgettext_lazy("a token", "may")
    )
    created_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("good until"))
    # By the day: a program that reads all day writes once.
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="access_token_named"),
            models.CheckConstraint(
                condition=Q(scopes__len__gte=1, scopes__contained_by=TokenScope.values),
                name="access_token_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("created_at") + LONGEST), name="access_token_a_year_at_most"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="access_token_expires")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > now()

    @property
    def scope_labels(self) -> list[str]:
        return [str(TokenScope(scope).label) for scope in self.scopes]
