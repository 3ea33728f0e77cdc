"""Question sets, surveys, who is invited to one, and what was answered.

Of an anonymous survey the link and the answer stand together in `SurveyWaiting` alone, for a short time.
That table is UNLOGGED: it is in no backup, in no log of the database (WAL) and on no replica, and a crash of
the database empties it.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import of_person
from coordination.networks.models import Network
from coordination.surveys.enums import DAYS, SCALE, QuestionKind
from coordination.surveys.rules import RUN_BY
from core.subqueries import exists_in
from events.events.enums import EventKind
from events.events.models import Event
from reviews.calls.models import Call
from taxonomy.names.models import Translated
from workflow.held_tasks.models import HeldTask, HeldTaskQuerySet
from workflow.windows.models import Window


class SurveyTask(HeldTask):
    """Who holds the task of surveys, which is when invitations leave."""

    HELD_BY = RUN_BY

    objects = HeldTaskQuerySet["SurveyTask"].as_manager()

    class Meta:
        verbose_name = _("task of surveys")
        verbose_name_plural = _("tasks of surveys")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_survey_task")]


class QuestionSet(models.Model):
    """Questions that are used again over the years, so that results compare."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    retired = models.BooleanField(_("no longer used"), default=False)
    created_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("question set")
        verbose_name_plural = _("question sets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("surveydesk:set", args=[self.pk])

    @property
    def is_fixed(self) -> bool:
        """Whether people were asked: then texts are translated, and nothing else changes."""
        return self.surveys.filter(opens_at__lte=now()).exists()


class SurveyQuestion(Translated):
    """A question in English, with translations. `options` and `rows` have one on each line.

    The two options of a scale or a matrix say what 1 and 5 mean. An answer holds the place of its option.
    """

    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, related_name="questions", verbose_name=_("question set")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind of question"), max_length=10, choices=QuestionKind)
    text = models.CharField(_("question"), max_length=300)
    options = models.TextField(_("answers to choose from"), blank=True, max_length=2000)
    rows = models.TextField(_("rows"), blank=True, max_length=2000)
    is_required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="survey_question_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def label(self) -> tuple[str, str]:
        """(the question, its language) for the reader."""
        return self.text_for_reader("text", "en")

    def lines(self, field: str) -> list[str]:
        """Return options or rows for the reader; in English where the translation lacks a line."""
        return self.lines_in(field)[0]

    def lines_in(self, field: str) -> tuple[list[str], str]:
        """(options or rows, their language)."""
        english = getattr(self, field).splitlines()
        text, language = self.text_for_reader(field, "en")
        translated = text.splitlines()
        return (translated, language) if len(translated) == len(english) else (english, "en")

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(what is stored, its words), numbered from 1."""
        options = self.lines("options")
        if self.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
            return [(str(number), text) for number, text in enumerate(options, 1)]
        ends = {SCALE[0]: options[0], SCALE[-1]: options[-1]} if len(options) > 1 else {}
        return [(mark, f"{mark} – {ends[mark]}" if mark in ends else mark) for mark in SCALE]

    @property
    def controls(self) -> int:
        return len(self.rows.splitlines()) if self.kind == QuestionKind.MATRIX else 1


class SurveyRule(models.Model):
    """That every event of this kind is followed by a survey with this set, the day after it."""

    kind = models.CharField(_("kind of event"), max_length=20, choices=EventKind, unique=True)
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+", verbose_name=_("set"))
    days = models.PositiveSmallIntegerField(
        _("open for days"), default=DAYS, validators=[MinValueValidator(3), MaxValueValidator(60)]
    )
    attributes = models.JSONField(_("shown with an answer"), default=list, blank=True)
    since = models.DateTimeField(_("since"), default=now)

    class Meta:
        verbose_name = _("rule of surveys")
        verbose_name_plural = _("rules of surveys")
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: Any) -> "SurveyQuerySet":
        """Return those whose results are published, and all for who runs surveys.

        What is about an event, a call or a network is seen by who may see that.
        """
        if user.has_perm("coordination.run_surveys"):
            return self.all()
        return self.filter(
            Q(event=None) | exists_in(Event.objects.visible_to(user), "event"),
            Q(call=None) | exists_in(Call.objects.visible_to(user), "call"),
            Q(network=None) | exists_in(Network.objects.visible_to(user), "network"),
            published_at__isnull=False,
        )

    def taking(self) -> "SurveyQuerySet":
        """Return the surveys that take answers now."""
        return self.filter(closed_at=None, opens_at__lte=now(), closes_at__gte=now())


class Survey(Window, Translated):
    """One asking of a question set: about an event, a call or a network, or by itself in waves.

    A dialogue and a training are events. `closed_at` is when its answers were cut off from who gave them.
    """

    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, related_name="surveys", verbose_name=_("question set")
    )
    title = models.CharField(_("title"), max_length=250)
    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="surveys", verbose_name=_("event")
    )
    call = models.ForeignKey(
        Call, models.CASCADE, null=True, blank=True, related_name="surveys", verbose_name=_("call")
    )
    network = models.ForeignKey(
        Network, models.CASCADE, null=True, blank=True, related_name="surveys", verbose_name=_("network")
    )
    is_anonymous = models.BooleanField(
        _("anonymous"), default=True, help_text=_("No one can find out who gave which answer.")
    )
    attributes = models.JSONField(_("shown with an answer"), default=list, blank=True)
    invited = models.PositiveIntegerField(_("people invited"), default=0, editable=False)
    reminded_at = models.DateTimeField(_("reminder sent at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("answers cut off at"), null=True, blank=True, editable=False)
    changes = models.TextField(_("what we change"), blank=True, max_length=4000)
    published_at = models.DateTimeField(_("results published at"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta(Window.Meta):
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            *Window.Meta.constraints,
            models.CheckConstraint(
                condition=Q(event=None, call=None) | Q(event=None, network=None) | Q(call=None, network=None),
                name="survey_about_one_matter",
            ),
            models.UniqueConstraint(fields=["event", "question_set"], name="one_survey_of_event"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:results", args=[self.pk])

    @property
    def desk_url(self) -> str:
        return reverse("surveydesk:survey", args=[self.pk])

    @property
    def label(self) -> tuple[str, str]:
        """(title, its language) for the reader."""
        if self.event:
            return self.event.told_title
        return self.text_for_reader("title", "en")

    @property
    def changes_text(self) -> tuple[str, str]:
        return self.text_for_reader("changes", "en")

    @property
    def is_alone(self) -> bool:
        return not (self.event_id or self.call_id or self.network_id)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def takes_answers(self) -> bool:
        return self.is_open and not self.is_closed

    @property
    def waits_for_closing(self) -> bool:
        """Whether answers wait until the closing: what stands beside them is told of all of them together."""
        return bool(self.attributes)

    @property
    def remind_at(self) -> Any:
        """In the middle of the time."""
        opens, closes = self.opens_at, self.closes_at
        return opens + (closes - opens) / 2 if opens and closes else None


class SurveyInvitation(models.Model):
    """That a person is invited; goes at the closing. Of the links that were sent it has digests alone.

    Of an anonymous survey it has no time, and `is_answered` is set for a whole batch of answers at once.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", verbose_name=_("survey"))
    user = of_person(_("person"))
    wave = models.PositiveSmallIntegerField(_("wave"), default=1)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    reminder_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    region = models.CharField(_("region (M49)"), max_length=3, blank=True)
    kind = models.CharField(_("kind of stakeholder"), max_length=10, blank=True)
    is_answered = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        constraints = [models.UniqueConstraint(fields=["survey", "user"], name="invited_to_survey_once")]

    def __str__(self) -> str:
        return f"{self.survey_id}"


class SurveyOptOut(models.Model):
    """A person who wants no invitations to surveys."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("person without surveys")
        verbose_name_plural = _("people without surveys")

    def __str__(self) -> str:
        return str(self.user)


class SurveyWaiting(models.Model):
    """An answer of an anonymous survey, with the invitation it came by. No backup or log takes it."""

    invitation = models.OneToOneField(
        SurveyInvitation, models.CASCADE, primary_key=True, related_name="waiting"
    )
    values = models.JSONField(_("answers"))

    class Meta:
        verbose_name = _("waiting answer")
        verbose_name_plural = _("waiting answers")

    def __str__(self) -> str:
        return f"{self.pk}"


class SurveyAnswer(models.Model):
    """What one person answered, by the number of the question. Its key is drawn by lot, and it has no time.

    Of an anonymous survey `user` is empty, always.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, db_default=RandomUUID(), editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers", verbose_name=_("survey"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    region = models.CharField(_("region (M49)"), max_length=3, blank=True)
    kind = models.CharField(_("kind of stakeholder"), max_length=10, blank=True)
    values = models.JSONField(_("answers"))

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "user"], condition=Q(user__isnull=False), name="one_answer_to_survey_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"


class SurveyTheme(models.Model):
    """What several texts of a question are about, as the team reads them."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="themes", verbose_name=_("survey"))
    question = models.ForeignKey(
        SurveyQuestion, models.CASCADE, related_name="themes", verbose_name=_("question")
    )
    name = models.CharField(_("theme"), max_length=120)
    answers = models.ManyToManyField(
        SurveyAnswer, blank=True, related_name="themes", verbose_name=_("answers")
    )

    class Meta:
        verbose_name = _("theme of answers")
        verbose_name_plural = _("themes of answers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "question", "name"], name="theme_of_answers_once")
        ]

    def __str__(self) -> str:
        return self.name


def opening_after(event: Event) -> Any:
    """Return nine o'clock of the day after the event, by its own clock; midnight ends the day before."""
    if event.ends_at is None:
        return None
    last = (event.ends_at - timedelta(seconds=1)).astimezone(event.clock)
    return (last + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
