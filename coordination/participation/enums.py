"""What is counted of taking part, by which groups, and what each means."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Figure(models.TextChoices):
    """In the order in which people take part."""

    REGISTERED = "registered", pgettext_lazy("figure", "Registered")
    CONFIRMED = "confirmed", pgettext_lazy("figure", "Got a place")
    CAME = "came", pgettext_lazy("figure", "Came")
    APPLIED = "applied", pgettext_lazy("figure", "Applied")
    ACCEPTED = "accepted", pgettext_lazy("figure", "Accepted")
    SPOKE = "spoke", pgettext_lazy("figure", "Spoke")
    CONTRIBUTED = "contributed", pgettext_lazy("figure", "Contributed")
    ANSWERED = "answered", pgettext_lazy("figure", "Answered")


DEFINITIONS: dict[str, str | Promise] = {
    Figure.REGISTERED: _(
        "Registrations for events of the period, whatever became of them; cancelled ones are not counted. "
        "A person counts once for each event."
    ),
    Figure.CONFIRMED: _("Registrations with a confirmed place."),
    Figure.CAME: _("People who were checked in. An event without check-in has none."),
    Figure.APPLIED: _(
        "Proposals for meetings and applications to dialogues that were sent for events of the period; "
        "drafts and withdrawn ones are not counted."
    ),
    Figure.ACCEPTED: _("Those of them that were accepted and not cancelled."),
    Figure.SPOKE: _(
        "Speakers of meetings in the public programme who did not decline, and participants with a statement "
        "at a dialogue, once the event has begun. A person counts once for each meeting."
    ),
    Figure.CONTRIBUTED: _(
        "Contributions to calls that were sent in the period; drafts and withdrawn ones are not counted."
    ),
    Figure.ANSWERED: _("Answers to surveys that were closed in the period, or are about the chosen event."),
}


class Dimension(models.TextChoices):
    REGION = "region", _("Region")
    KIND = "kind", _("Kind of stakeholder")
    GENDER = "gender", _("Gender")
    LANGUAGE = "language", _("Language")
    FIRST_TIME = "first_time", _("First time")
    EVENT = "event", _("Event")
    YEAR = "year", _("Year")


ABOUT_DIMENSIONS: dict[str, str | Promise] = {
    Dimension.REGION: _("Of the organization. People who registered without one have none."),
    Dimension.KIND: _(
        "Of the organization. It stands for the sector, too: the portal asks for no sector beside it."
    ),
    Dimension.GENDER: _(
        "Stated freely by speakers and by applicants to dialogues, counted over all of them together. It is "
        "not asked of those who register, propose a meeting, contribute or answer a survey, and is erased "
        "some days after the event."
    ),
    Dimension.LANGUAGE: _("Of registrations the language of the account, of all else that of the text."),
    Dimension.FIRST_TIME: _("Whether the person was checked in at an earlier event here."),
    Dimension.EVENT: _("Contributions belong to no event."),
    Dimension.YEAR: _("Of the first day of the event, of the sending, or of the closing of the survey."),
}

NOT_STATED = ""
# The columns of the figures in all.
PERIODS = ["period", "before"]
FIRST, AGAIN = "first", "again"
