"""The questions that vetting asks itself about every application, and what was answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from stakeholders.enums import Said
from stakeholders.models.applications import Application

# What the list begins with, as (code, text, answer that blocks); whoever runs the desk edits it from there.
FIRST_QUESTIONS = (
    (
        "paper",
        gettext_noop("Is there a registration paper, or a convincing reason why there is none?"),
        Said.NO,
    ),
    ("purpose", gettext_noop("Does the mission agree with the purposes of the Convention?"), Said.NO),
    ("results", gettext_noop("Does it show results or activities that can be checked?"), Said.NO),
    (
        "reputation",
        gettext_noop("Would listing it put the reputation of the United Nations at risk?"),
        Said.YES,
    ),
    (
        "flags",
        gettext_noop("Is every open flag or screening hit dealt with, so that it may pass all the same?"),
        Said.NO,
    ),
)


class ChecklistQuestionQuerySet(models.QuerySet["ChecklistQuestion"]):
    def asked(self) -> "ChecklistQuestionQuerySet":
        """Those in use, in their order."""
        return self.filter(active=True).order_by("order", "pk")


class ChecklistQuestion(models.Model):
    """A question with a yes or a no. It is taken out of use, never deleted: answers keep pointing to it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    text = models.CharField(_("question"), max_length=300)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    active = models.BooleanField(_("in use"), default=True)
    blocking_answer = models.CharField(_("answer that blocks"), max_length=4, choices=Said, blank=True)

    objects = ChecklistQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the checklist")
        verbose_name_plural = _("questions of the checklist")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="checklist_question_asks"),
            models.CheckConstraint(
                condition=Q(blocking_answer__in=("", *Said.values)), name="checklist_blocking_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """The question in the language in use, where it is one of ours; else as the desk wrote it."""
        return gettext(self.text) if self.text else ""


class ChecklistAnswerQuerySet(models.QuerySet["ChecklistAnswer"]):
    def visible_to(self, user: Any) -> "ChecklistAnswerQuerySet":
        """Those who vet, and not on their own application."""
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
    asked = models.CharField(_("question as it was asked"), max_length=300)
    answer = models.CharField(_("answer"), max_length=4, choices=Said)
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=now)

    objects = ChecklistAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of the checklist")
        verbose_name_plural = _("answers of the checklist")
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Said.values), name="checklist_answer_known"),
            models.UniqueConstraint(fields=["application", "question"], name="one_checklist_answer_each"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.get_answer_display()}"

    @property
    def question_said(self) -> str:
        return gettext(self.asked)
