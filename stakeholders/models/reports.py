"""Reports that an entry is wrong or abusive, and what came of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from stakeholders.enums import ReportOutcome, ReportWhat
from stakeholders.enums.contact import MessageOutcome, MessageWhat
from stakeholders.models.entries import Membership, Stakeholder

ALL_WHAT = [*ReportWhat.choices, *MessageWhat.choices]
_WHATS = [*ReportWhat.values, *MessageWhat.values]
_OUTCOMES = [*ReportOutcome.values, *MessageOutcome.values]
ALL_OUTCOMES = [*ReportOutcome.choices, *MessageOutcome.choices]


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Those who vet, but nobody of the entry that is reported, and not whose messages are reported.

        Whoever reports stays hidden from both.
        """
        if not (user.is_authenticated and user.is_active and user.has_role(Role.VETTING, Role.HEAD)):
            return self.none()
        own = Membership.objects.filter(user=user).values("stakeholder_id")
        others = self.filter(Q(stakeholder=None) | ~Q(stakeholder_id__in=own))
        return others.filter(Q(conversation=None) | ~Q(conversation__sender=user))

    def open(self) -> "ReportQuerySet":
        return self.filter(answered_at=None)

    def answered(self) -> "ReportQuerySet":
        return self.exclude(answered_at=None)


class Report(models.Model):
    """What somebody finds wrong with an entry. Who that is stays with those who vet."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.SET_NULL, null=True, related_name="reports", verbose_name=_("entry")
    )
    # The entry as it was called: it may be taken out before the report is answered.
    entry_name = models.CharField(_("name of the entry"), max_length=250)
    # Where it is about messages that its people received; then those who vet may read that conversation.
    conversation = models.ForeignKey(
        "stakeholders.Conversation", models.SET_NULL, null=True, blank=True, related_name="reports",
        verbose_name=_("conversation"),
    )  # fmt: skip
    what = models.CharField(_("what is wrong"), max_length=15, choices=ALL_WHAT)
    text = models.TextField(_("in words"), max_length=2000)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("reported by"),
    )  # fmt: skip
    address = models.EmailField(_("address for the answer"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=10)
    at = models.DateTimeField(_("reported at"), db_default=Now(), editable=False)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ALL_OUTCOMES, blank=True)
    note = models.TextField(_("note for the desk"), max_length=2000, blank=True)
    answer = models.TextField(_("answer to who reported it"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report about an entry")
        verbose_name_plural = _("reports about entries")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=_WHATS), name="report_what_known"),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True) & Q(outcome=""))
                | (Q(answered_at__isnull=False) & Q(outcome__in=_OUTCOMES)),
                name="report_answered_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["answered_at", "at"], name="report_queue")]

    def __str__(self) -> str:
        return self.entry_name

    def get_absolute_url(self) -> str:
        return reverse("vetting:report", args=[self.pk])

    @property
    def wants_answer(self) -> bool:
        return bool(self.address or self.reporter_id)
