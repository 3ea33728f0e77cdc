"""Letters to many stakeholders, the copy that each of them has, and how often somebody may write."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from coordination.mailings.enums import STAND_INS, Hat, LetterState
from notifications.happenings.models import Happening
from stakeholders.contact.models import Conversation
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of

SUBJECT_LENGTH, TEXT_LENGTH = 120, 4000


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        """One's own; for the desk all but the drafts of others; for a regional focal point what colleagues
        have sent to places of theirs. Who reads a letter as a stakeholder has a copy of it.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = Q(by=user)
        if user.is_desk:
            return self.filter(own | ~Q(state=LetterState.DRAFT))
        places = user.places_of(Role.REGIONAL)
        regional = Q(hat=Hat.REGIONAL, state__in=LetterState.OUT)
        if places is None:
            return self.filter(own | regional)
        if not places:
            return self.none()
        return self.filter(own | (regional & (Q(places=[]) | Q(places__overlap=sorted(places)))))

    def out(self) -> "LetterQuerySet":
        return self.filter(state__in=LetterState.OUT)


class Letter(models.Model):
    """One message to all stakeholders that answer a question to the directory and that may be written to.

    `texts`: language → {subject, text}, with the placeholders of `PLACEHOLDERS`. `filters` is the question,
    as the directory's query string. `places` are the countries (ISO3) that its writer had when it began to
    leave; empty for everywhere. `reached` is the last stakeholder (id) whose copy was written: whoever goes
    on after a kill begins behind it. The numbers are those of the outbox as counted last.
    """

    hat = models.CharField(_("written as"), max_length=10, choices=Hat)
    # Translators: The status of a message, never a State.
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.DRAFT)
    by = by_person(_("written by"))
    filters = models.CharField(_("recipients"), max_length=4000, blank=True)
    texts: Any = models.JSONField(_("texts"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    plea = models.TextField(_("reason for sending beyond the limit"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("release asked at"), null=True, blank=True)
    decided_by = by_person(_("decided by"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.TextField(_("comment of the desk"), max_length=1000, blank=True)

    places = ArrayField(models.CharField(max_length=3), verbose_name=_("countries"), default=list, blank=True)
    started_at = models.DateTimeField(_("sending began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    happening = models.OneToOneField(
        Happening, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("happening")
    )
    reached = models.BigIntegerField(default=0, editable=False)
    # How many people it was to reach when it left; the estimate while its mails are being written.
    expected = models.PositiveIntegerField(default=0, editable=False)
    all_written = models.BooleanField(default=False, editable=False)
    stakeholders = models.PositiveIntegerField(_("stakeholders written to"), default=0)
    people = models.PositiveIntegerField(_("people informed"), default=0)
    sent = models.PositiveIntegerField(_("e-mails sent"), default=0)
    failed = models.PositiveIntegerField(_("e-mails failed"), default=0)
    held = models.PositiveIntegerField(_("e-mails held back"), default=0)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to many")
        verbose_name_plural = _("messages to many")
        ordering = [F("started_at").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(hat__in=Hat.values), name="letter_hat_known"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=LetterState.OUT, started_at__isnull=False)
                | Q(~Q(state__in=LetterState.OUT), started_at=None),
                name="letter_started_when_out",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.WAITING) | (~Q(plea="") & Q(asked_at__isnull=False)),
                name="letter_says_why_it_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["by", "hat", "started_at"], name="letter_of_writer"),
            models.Index(fields=["state"], condition=Q(state__in=("waiting", "sending")), name="letter_busy"),
        ]

    def __str__(self) -> str:
        return self.text_as_shown("subject") or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse(f"letters_{self.hat}:letter", args=[self.pk])

    @property
    def languages(self) -> list[str]:
        """Return the languages in which it is written, in the portal's order."""
        return [code for code, _name in settings.LANGUAGES if code in self.texts]

    def in_which(self, language: str | None = None) -> str:
        """Return the language for a reader of `language`: that one, else English, else its first."""
        preferred, written = (language or get_language() or "en")[:2], self.languages
        return next(
            (code for code in (preferred, "en") if code in written), written[0] if written else preferred
        )

    def text_as_written(self, field: str, language: str | None = None) -> str:
        """Return the text with its placeholders."""
        return str(self.texts.get(self.in_which(language), {}).get(field, ""))

    def text_as_shown(self, field: str, language: str | None = None) -> str:
        """Return the text as it reads to nobody in particular, with words for its placeholders."""
        text = self.text_as_written(field, language)
        for name, words in STAND_INS.items():
            text = text.replace(f"{{{name}}}", str(words))
        return text

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    @property
    def is_waiting(self) -> bool:
        return self.state == LetterState.WAITING

    @property
    def is_sending(self) -> bool:
        return self.state == LetterState.SENDING

    @property
    def is_out(self) -> bool:
        return self.state in LetterState.OUT


class LetterCopyQuerySet(models.QuerySet["LetterCopy"]):
    def visible_to(self, user: Any) -> "LetterCopyQuerySet":
        """Administrators and editors of the stakeholder that it was written to; nobody else."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        ours = entries_of(user, *MemberRole.WRITERS)
        return self.filter(stakeholder_id__in=ours)


class LetterCopy(models.Model):
    """That one stakeholder was written to; and the conversation, once somebody of it has answered."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="copies", verbose_name=_("message"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="+", verbose_name=_("stakeholder")
    )
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("conversation")
    )
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    objects = LetterCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a message to many")
        verbose_name_plural = _("copies of messages to many")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "stakeholder"], name="one_copy_each")]

    def __str__(self) -> str:
        return f"{self.letter_id} · {self.stakeholder_id}"

    def get_absolute_url(self) -> str:
        return reverse("received:letter", args=[self.pk])


class LetterLimit(models.Model):
    """How many letters one person may send as a regional focal point, or as the desk, without being asked."""

    hat = models.CharField(_("written as"), max_length=10, choices=Hat, unique=True)
    per_day = models.PositiveSmallIntegerField(_("within a day"), validators=[MaxValueValidator(1000)])
    per_month = models.PositiveSmallIntegerField(_("within 30 days"), validators=[MaxValueValidator(1000)])
    changed_by = by_person(_("changed by"), blank=True)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())

    class Meta:
        verbose_name = _("limit of messages to many")
        verbose_name_plural = _("limits of messages to many")
        constraints = [models.CheckConstraint(condition=Q(hat__in=Hat.values), name="letter_limit_hat_known")]

    def __str__(self) -> str:
        return self.get_hat_display()
