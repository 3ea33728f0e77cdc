"""Invitations of colleagues by members, and of anybody by the desk, alone or in waves."""

from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.digests import digest_of
from core.text import fold
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Kind, Listing, MemberRole
from stakeholders.entries.models import KEY_LENGTH, Stakeholder, entries_of
from stakeholders.invitations.enums import WaveStatus


def addresses_of(user: Any) -> list[str]:
    """Return the addresses that the person has proved to be theirs, in lower case."""
    return list(proved_addresses(user))


def proved_addresses(user: Any) -> models.QuerySet[Any, str]:
    """As `addresses_of`, for a query of others."""
    proved = user.emailaddress_set.filter(verified=True).values_list(Lower("email"), flat=True)
    return cast(models.QuerySet[Any, str], proved)


class TokenInvitationQuerySet[M: "TokenInvitation"](models.QuerySet[M]):
    def open(self) -> Self:
        """Neither accepted nor ended; it may have run out, or not be written yet."""
        return self.filter(**{"accepted_at": None, self.model.ENDED_AT: None})

    def good(self) -> Self:
        """Return the invitations that can be accepted now."""
        return self.open().filter(expires_at__gt=now())

    def by_token(self, token: str) -> Self:
        return self.filter(token_hash=digest_of(token))


class TokenInvitation(models.Model):
    """A link sent to one address; whoever holds that address may accept once.

    A subclass adds `token_hash`, all that is stored of the link's secret part, and `expires_at`.
    """

    ENDED_AT = "withdrawn_at"  # the column that says since when it cannot be accepted any more

    # Kept in lower case.
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of the e-mail"), max_length=2, choices=settings.LANGUAGES)
    invited_by = by_person(_("invited by"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    token_hash: Any
    expires_at: Any
    objects: Any

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and getattr(self, self.ENDED_AT) is None

    @property
    def is_good(self) -> bool:
        return self.is_open and self.expires_at is not None and self.expires_at > now()


class InvitationQuerySet(TokenInvitationQuerySet["Invitation"]):
    def visible_to(self, user: Any) -> "InvitationQuerySet":
        """The administrators of the stakeholder, the desk, and whoever has proved to hold the address."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        led = entries_of(user, MemberRole.ADMIN)
        return self.filter(Q(stakeholder_id__in=led) | Q(address__in=addresses_of(user)))


class Invitation(TokenInvitation):
    """Whoever holds the address may become a member once."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="invitations", verbose_name=_("stakeholder")
    )
    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("good until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Ended by the invited person, at `withdrawn_at`.
    declined = models.BooleanField(_("declined"), default=False)
    decline_reason = models.CharField(_("why it was declined"), max_length=500, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="invitation_role_known"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="invitation_in_lower_case"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "address"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["address"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.address}"


# --- Invitations by the desk to register, alone or in waves, and what the person then makes of them --


class WaveQuerySet(models.QuerySet["Wave"]):
    def visible_to(self, user: Any) -> "WaveQuerySet":
        """Return the rows for those who vet only."""
        may_see = user.is_authenticated and user.is_active and user.has_role(Role.VETTING, Role.HEAD)
        return self.all() if may_see else self.none()


class Wave(models.Model):
    """A named batch of invitations that are written in the background; its row is the truth."""

    name = models.CharField(_("name"), max_length=120)
    # From a former membership list: then each invitation is about an entry that nobody but the desk sees.
    former = models.BooleanField(_("a former membership list"), default=False)
    vetted_before = models.BooleanField(_("vetted before"), default=False)
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=WaveStatus, default=WaveStatus.PREPARED)
    made_by = by_person(_("made by"))
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    # The file that it was made of.
    made_from = models.OneToOneField(
        "stakeholders.Import",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="wave",
        verbose_name=_("list"),
    )
    started_at = models.DateTimeField(_("sent from"), null=True, blank=True)
    # While reminders are being written: since when.
    reminding_since = models.DateTimeField(_("reminders asked for at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("all written at"), null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave of invitations")
        verbose_name_plural = _("waves of invitations")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=WaveStatus.values), name="wave_status_known"),
            models.CheckConstraint(
                condition=Q(former=False) | (~Q(source_name="") & Q(source_date__isnull=False)),
                name="wave_of_a_list_says_its_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("vetting:wave", args=[self.pk])

    @property
    def is_sending(self) -> bool:
        return self.status == WaveStatus.SENDING

    @property
    def may_start(self) -> bool:
        return self.status in (WaveStatus.PREPARED, WaveStatus.PAUSED)


class DeskInvitationQuerySet(TokenInvitationQuerySet["DeskInvitation"]):
    def visible_to(self, user: Any) -> "DeskInvitationQuerySet":
        """Return the rows for those who vet and for the person who has proved to hold the address."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.all()
        return self.filter(address__in=addresses_of(user))

    def unwritten(self) -> "DeskInvitationQuerySet":
        return self.open().filter(mailed_at=None)


class DeskInvitation(TokenInvitation):
    """What the desk knows of somebody, and a link by which they begin a registration filled in with it.

    The link is made when the mail is written.
    """

    wave = models.ForeignKey(
        Wave,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        # Translators: One of several groups to whom invitations leave one after the other.
        verbose_name=_("wave"),
    )
    # The unlisted entry that waits for its people. A merge of two stakeholders only moves the row.
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="desk_invitations",
        verbose_name=_("stakeholder"),
    )
    # SET_NULL: a draft may be thrown away; whoever accepted may then begin anew.
    application = models.ForeignKey(
        Application,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="desk_invitations",
        verbose_name=_("application"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NGO)
    name = models.CharField(_("name"), max_length=250, blank=True)
    name_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    country = models.ForeignKey(
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )
    # NULL until the mail is written: many unwritten ones have none, and no two share one.
    token_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    created_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    mailed_at = models.DateTimeField(_("written at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("good until"), null=True, blank=True)
    accepted_by = by_person(_("accepted by"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Ended by the invited person, at `withdrawn_at`.
    declined = models.BooleanField(_("declined"), default=False)
    decline_reason = models.CharField(_("why it was declined"), max_length=500, blank=True)

    objects = DeskInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation by the desk")
        verbose_name_plural = _("invitations by the desk")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="desk_invitation_kind_known"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="desk_invitation_lower_case"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="desk_invitation_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None, token_hash=None, expires_at=None)
                | Q(mailed_at__isnull=False, token_hash__isnull=False, expires_at__isnull=False),
                name="desk_invitation_written_with_a_link",
            ),
            models.UniqueConstraint(
                fields=["address", "name_key"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_desk_invitation",
            ),
        ]
        indexes = [
            # Whoever comes again with the same list, and whoever looks at what waits for them.
            models.Index(fields=["address", "name_key"], name="desk_invitation_known"),
            models.Index(
                fields=["wave", "id"],
                condition=Q(mailed_at=None, accepted_at=None, withdrawn_at=None),
                name="desk_invitation_unwritten",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    def save(self, **kwargs: Any) -> None:
        self.keep_keys()
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("vetting:desk_invitation", args=[self.pk])

    @property
    def is_of_listed_entry(self) -> bool:
        """Whether it is about an entry that the directory shows already, which they may claim."""
        return self.stakeholder is not None and self.stakeholder.listing != Listing.UNLISTED

    def keep_keys(self) -> None:
        """Bring the key in line with the name. `save()` does it; whoever bulk-creates calls it."""
        self.name_key = fold(self.name)[:KEY_LENGTH]
