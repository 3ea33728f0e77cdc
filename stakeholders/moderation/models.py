"""Reports that an entry is wrong or abusive, and what came of them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from stakeholders.entries.models import Stakeholder, entries_of
from stakeholders.hooks import Reportable, reportable
from stakeholders.moderation.enums import (
    Deed,
    MessageOutcome,
    MessageWhat,
    ReportOutcome,
    ReportWhat,
    Standing,
    ThingOutcome,
    ThingWhat,
    Why,
)
from workflow.moves.models import About, AboutQuerySet

ALL_WHAT = list(dict([*ReportWhat.choices, *MessageWhat.choices, *ThingWhat.choices]).items())
ALL_OUTCOMES = list(dict([*ReportOutcome.choices, *MessageOutcome.choices, *ThingOutcome.choices]).items())
_WHATS = [code for code, _label in ALL_WHAT]
_OUTCOMES = [code for code, _label in ALL_OUTCOMES]
ENTRY, CONVERSATION = "stakeholders.stakeholder", "stakeholders.conversation"


class OnProfileQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Things that stand on a profile, each with its `stakeholder` and, as `status`, a `Standing`."""

    def visible_to(self, user: Any) -> Self:
        """With its profile; what the desk has hidden is seen by its own people and by the desk."""
        rows = self.filter(stakeholder__in=Stakeholder.objects.visible_to(user))
        if not (user.is_authenticated and user.is_active):
            return rows.filter(status=Standing.SHOWN)
        if user.is_desk:
            return rows
        own = entries_of(user)
        return rows.filter(Q(status=Standing.SHOWN) | Q(status=Standing.HIDDEN, stakeholder__in=own))

    def shown(self) -> Self:
        return self.filter(status=Standing.SHOWN)


class ReportQuerySet(AboutQuerySet["Report"]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Those who moderate this kind of thing, but nobody whose it is, and not whose messages are reported.

        Whoever reports stays hidden from both.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        kinds = [
            kind
            for kind, reported_kind in reportable.items()
            if user.has_role(*reported_kind.roles, Role.HEAD)
        ]
        if not kinds:
            return self.none()
        own = entries_of(user)
        others = self.filter(Q(stakeholder=None) | ~Q(stakeholder_id__in=own), subject_kind__in=kinds)
        return others.filter(Q(conversation=None) | ~Q(conversation__sender=user))

    def open(self) -> "ReportQuerySet":
        return self.filter(answered_at=None)

    def answered(self) -> "ReportQuerySet":
        return self.exclude(answered_at=None)


class Report(About):
    """What somebody finds wrong with anything the portal shows. Who that is stays with those who moderate.

    `subject_kind` and `subject_id` say what it is about. `stakeholder` is whose that is, or the entry itself;
    its people never read the report. `deed`, `reason` and `batch` (one decision on many): what was done.
    """

    stakeholder = models.ForeignKey(
        Stakeholder, models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("profile")
    )
    # As it was called: it may be gone before the report is answered.
    entry_name = models.CharField(_("name of what is reported"), max_length=250)
    # Where it is about messages that its people received; then those who vet may read that conversation.
    conversation = models.ForeignKey(
        "stakeholders.Conversation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("conversation"),
    )
    what = models.CharField(_("what is wrong"), max_length=15, choices=ALL_WHAT)
    text = models.TextField(_("in words"), max_length=2000)
    reporter = by_person(_("reported by"), blank=True)
    address = models.EmailField(_("address for the answer"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=10)
    at = models.DateTimeField(_("reported at"), db_default=Now(), editable=False)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ALL_OUTCOMES, blank=True)
    deed = models.CharField(_("what was done"), max_length=10, choices=Deed, blank=True)
    reason = models.CharField(_("reason"), max_length=15, choices=Why, blank=True)
    batch = models.UUIDField(null=True, blank=True, editable=False)
    note = models.TextField(_("note for the desk"), max_length=2000, blank=True)
    answer = models.TextField(_("answer to who reported it"), max_length=2000, blank=True)
    answered_by = by_person(_("answered by"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of something wrong or abusive")
        verbose_name_plural = _("reports of something wrong or abusive")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=_WHATS), name="report_what_known"),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True) & Q(outcome=""))
                | (Q(answered_at__isnull=False) & Q(outcome__in=_OUTCOMES)),
                name="report_answered_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(deed__in=["", *Deed.values]) & Q(reason__in=["", *Why.values]),
                name="report_deed_and_reason_known",
            ),
        ]
        indexes = [
            models.Index(fields=["answered_at", "at"], name="report_queue"),
            models.Index(fields=["subject_kind", "subject_id"], name="report_of_subject"),
        ]

    def __str__(self) -> str:
        return self.entry_name

    def get_absolute_url(self) -> str:
        return reverse("moderation:report", args=[self.pk])

    @property
    def reported_kind(self) -> Reportable:
        """How this kind of subject is handled."""
        return reportable[self.subject_kind]

    @property
    def wants_answer(self) -> bool:
        return bool(self.address or self.reporter_id)
