"""The applications to a dialogue as a table: what each form says, a column for each topic."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheet_cells import field_head
from core.spreadsheets import Column, instant_column
from reviews.dialogues.enums import REASONS
from reviews.dialogues.models import DialogueApplication, DialogueExpertise, DialogueLine
from taxonomy.terms.models import Topic

# What is told for the arrangements and the balance alone, and erased afterwards.
SENSITIVE = ("travel_reason", "access_needs", "gender")
YES_NO = {True: gettext_lazy("Yes"), False: gettext_lazy("No")}


def columns_of(lines: QuerySet[DialogueLine], *, sensitive: bool) -> list[Column]:
    """One statement, for the topics that the applications tell of."""

    def line(name: str, value: Any) -> Column:
        return Column(field_head(DialogueLine, name), value)

    def form(name: str, value: Any) -> Column:
        return Column(field_head(DialogueApplication, name), lambda one: value(one.application))

    told = DialogueExpertise.objects.filter(application__in=lines.order_by().values("application"))
    topics = Topic.objects.filter(pk__in=told.values("topic")).in_order()
    return [
        Column(_("Number"), lambda one: one.pk),
        form("stakeholder", lambda said: said.stakeholder.name),
        Column(_("Kind"), lambda one: one.application.stakeholder.get_kind_display()),
        Column(_("Country or area"), lambda one: one.application.stakeholder.country.name),
        line("status", lambda one: one.get_status_display()),
        instant_column(DialogueLine, "since"),
        line("reason", lambda one: REASONS.get(one.reason, one.reason)),
        Column(_("First time at a dialogue"), lambda one: YES_NO[one.first_time]),
        form("applicant", lambda said: said.applicant.name if said.applicant else ""),
        form("prepared_by", lambda said: said.prepared_by.name if said.prepared_by else ""),
        form("language", lambda said: said.language or ""),
        form("mode", lambda said: said.get_mode_display()),
        form("wants_to_speak", lambda said: YES_NO[said.wants_to_speak]),
        form("speaking_about", lambda said: said.speaking_about),
        form("travel_support", lambda said: YES_NO[said.travel_support]),
        form("shares_with_bureau", lambda said: YES_NO[said.shares_with_bureau]),
        *map(_expertise, topics),
        Column(_("Mission, as of the profile"), lambda one: one.application.evidence.get("mission", "")),
        instant_column(DialogueApplication, "submitted_at", lambda one: one.application),
        *(form(name, _sensitive(name)) for name in SENSITIVE if sensitive),
        Column(_("Address"), lambda one: settings.SITE_URL + reverse("dialoguedesk:line", args=[one.pk])),
    ]


def _expertise(topic: Topic) -> Column:
    def said(one: DialogueLine) -> str:
        return next((e.text for e in one.application.expertise.all() if e.topic_id == topic.pk), "")

    return Column(topic.name, said)


def _sensitive(name: str) -> Any:
    return lambda said: said.get_gender_display() if name == "gender" else getattr(said, name)
