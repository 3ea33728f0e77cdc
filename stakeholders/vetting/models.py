"""The checklist with its answers, flags, and reconsiderations."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder, entries_of
from stakeholders.vetting.enums import ChecklistReply, FlagKind, Outcome

# What the list begins with, as (code, text, answer that blocks); whoever runs the desk edits it from there.
FIRST_QUESTIONS = (
    (
        "paper",
        gettext_noop("Is there a registration document, or a convincing reason why there is none?"),
        ChecklistReply.NO,
    ),
    (
        "purpose",
        gettext_noop("Does the mission agree with the purposes of the Convention?"),
        ChecklistReply.NO,
    ),
    ("results", gettext_noop("Does it show results or activities that can be checked?"), ChecklistReply.NO),
    (
        "reputation",
        gettext_noop("Would listing it put the reputation of the United Nations at risk?"),
        ChecklistReply.YES,
    ),
    (
        "flags",
        gettext_noop("Is every open flag or screening hit dealt with, so that it may pass all the same?"),
        ChecklistReply.NO,
    ),
)


class ChecklistQuestionQuerySet(models.QuerySet["ChecklistQuestion"]):
    def in_use(self) -> "ChecklistQuestionQuerySet":
        """Return the questions in use, in their order."""
        return self.filter(active=True).order_by("order", "pk")


class ChecklistQuestion(models.Model):
    """A question with a yes or a no. It is taken out of use, never deleted: answers keep pointing to it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    text = models.CharField(_("question"), max_length=300)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    active = models.BooleanField(_("in use"), default=True)
    blocking_answer = models.CharField(
        _("answer that blocks"), max_length=4, choices=ChecklistReply, blank=True
    )

    objects = ChecklistQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the checklist")
        verbose_name_plural = _("questions of the checklist")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="checklist_question_asks"),
            models.CheckConstraint(
                condition=Q(blocking_answer__in=("", *ChecklistReply.values)),
                name="checklist_blocking_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The question in the language in use, where it is one of ours; else as the desk wrote it."""
        return gettext(self.text) if self.text else ""


class ChecklistAnswerQuerySet(models.QuerySet["ChecklistAnswer"]):
    def visible_to(self, user: Any) -> "ChecklistAnswerQuerySet":
        """Return the rows for those who vet, except of their own application."""
        if not (user.is_authenticated and user.has_perm("stakeholders.vet_application")):
            return self.none()
        return self.filter(application__in=Application.objects.visible_to(user)).exclude(
            application__applicant=user
        )


class ChecklistAnswer(models.Model):
    """What the desk answered; `asked` is the question as it stood then."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="checklist", verbose_name=_("application")
    )
    question = models.ForeignKey(
        ChecklistQuestion, models.PROTECT, related_name="answers", verbose_name=_("question")
    )
    asked = models.CharField(_("question as asked"), max_length=300)
    answer = models.CharField(_("answer"), max_length=4, choices=ChecklistReply)
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    by = by_person(_("by"))
    at = models.DateTimeField(_("at"), default=now)

    objects = ChecklistAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of the checklist")
        verbose_name_plural = _("answers of the checklist")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=ChecklistReply.values), name="checklist_answer_known"
            ),
            models.UniqueConstraint(fields=["application", "question"], name="one_checklist_answer_each"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.get_answer_display()}"

    @property
    def question_label(self) -> str:
        return gettext(self.asked)


# --- Observations and flags: what the desk keeps in mind about a stakeholder or an application -------


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, user: Any) -> "FlagQuerySet":
        """Return the rows for those who vet, except of what they belong to; none for others."""
        if not (user.is_authenticated and user.has_perm("stakeholders.view_flags")):
            return self.none()
        own = entries_of(user)
        return self.exclude(
            Q(stakeholder__in=own) | Q(application__stakeholder__in=own) | Q(application__applicant=user)
        )

    def delete(self) -> NoReturn:
        raise TypeError("Flags are withdrawn, never deleted.")

    def standing(self) -> "FlagQuerySet":
        return self.filter(withdrawn_at=None)

    def on_application(self, application: Application) -> "FlagQuerySet":
        """Return the application's rows, and those of its entry with all applications that led to it."""
        concerned = Q(application=application)
        if application.stakeholder_id:
            concerned |= Q(stakeholder=application.stakeholder_id)
            concerned |= Q(application__stakeholder=application.stakeholder_id)
        return self.filter(concerned)

    def on_stakeholder(self, stakeholder: Stakeholder) -> "FlagQuerySet":
        """Return the entry's rows, and those of the applications that led to it."""
        return self.filter(Q(stakeholder=stakeholder) | Q(application__stakeholder=stakeholder))


class Flag(models.Model):
    """Never deleted: withdrawing it leaves it on record, with who did so and why."""

    kind = models.CharField(_("kind"), max_length=12, choices=FlagKind)
    text = models.TextField(_("what was noticed"), max_length=2000)
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("stakeholder"),
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("application"),
    )
    raised_by = by_person(_("raised by"))
    at = models.DateTimeField(_("raised at"), default=now)
    withdrawn_by = by_person(_("withdrawn by"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), max_length=1000, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FlagKind.values), name="flag_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="flag_says_why"),
            models.CheckConstraint(
                condition=Q(stakeholder__isnull=False, application__isnull=True)
                | Q(stakeholder__isnull=True, application__isnull=False),
                name="flag_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="flag_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.pk}"

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("A flag is withdrawn, never deleted.")


# --- What an applicant asks for once after a refusal: that somebody else looks again -----------------


class ReconsiderationQuerySet(models.QuerySet["Reconsideration"]):
    def visible_to(self, user: Any) -> "ReconsiderationQuerySet":
        """Whoever sees the application: its applicant and those who vet."""
        return self.filter(application__in=Application.objects.visible_to(user))


class Reconsideration(models.Model):
    """One request, decided by a person of the desk who took no part before."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="reconsideration", verbose_name=_("application")
    )
    reason = models.TextField(_("why it should be looked at again"), max_length=3000)
    asked_at = models.DateTimeField(_("asked at"), default=now)
    due_at = models.DateTimeField(_("answer promised by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("note to the applicant"), max_length=2000, blank=True)
    decided_by = by_person(_("decided by"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ReconsiderationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reconsideration")
        verbose_name_plural = _("reconsiderations")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reconsideration_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (Q(outcome__in=Outcome.values, decided_at__isnull=False) & ~Q(note="")),
                name="reconsideration_decided_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.outcome or '…'}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None
