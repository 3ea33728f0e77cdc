"""Kinds of questions, what is told beside an answer, and the numbers that keep answers anonymous."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A survey is answered in two minutes: so many questions, of which each row of a matrix is one.
MOST_QUESTIONS = 10
SCALE = ("1", "2", "3", "4", "5")
MOST_OPTIONS = 12
TEXT_LENGTH = 2000
# Answers wait until there are so many of them, or until the closing.
BATCH = 10
DAYS = 14  # for which a survey of a rule is open
WORK = "survey_changes"  # the work item: what the team changes after a survey
# What the task costs a team: minutes of work for a survey, and for each open answer that is read.
MINUTES_A_SURVEY, MINUTES_A_TEXT, TEAM = 45, 1, 3


class QuestionKind(models.TextChoices):
    SCALE = "scale", pgettext_lazy("kind of question", "A scale from 1 to 5")
    CHOICE = "choice", pgettext_lazy("kind of question", "One of several answers")
    CHOICES = "choices", pgettext_lazy("kind of question", "Several answers")
    MATRIX = "matrix", pgettext_lazy("kind of question", "Several rows, each on a scale from 1 to 5")
    TEXT = "text", pgettext_lazy("kind of question", "A text")


class Attribute(models.TextChoices):
    """What may stand beside an answer, as far as it points at no fewer than five of those invited."""

    REGION = "region", _("Region")
    KIND = "kind", _("Kind of stakeholder")
