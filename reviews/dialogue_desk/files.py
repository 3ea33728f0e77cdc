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
    """Return the columns, with one for each topic that the applications mention."""

    def line_column(name: str, value: Any) -> Column:
        return Column(field_head(DialogueLine, name), value)

    def form_column(name: str, value: Any) -> Column:
        return Column(field_head(DialogueApplication, name), lambda line: value(line.application))

    expertise = DialogueExpertise.objects.filter(application__in=lines.order_by().values("application"))
    topics = Topic.objects.filter(pk__in=expertise.values("topic")).in_order()
    return [
        Column(_("Number"), lambda line: line.pk),
        form_column("stakeholder", lambda application: application.stakeholder.name),
        Column(_("Kind"), lambda line: line.application.stakeholder.get_kind_display()),
        Column(_("Country or area"), lambda line: line.application.stakeholder.country.name),
        line_column("status", lambda line: line.get_status_display()),
        instant_column(DialogueLine, "since"),
        line_column("reason", lambda line: REASONS.get(line.reason, line.reason)),
        Column(_("First time at a dialogue"), lambda line: YES_NO[line.first_time]),
        form_column(
            "applicant", lambda application: application.applicant.name if application.applicant else ""
        ),
        form_column(
            "prepared_by", lambda application: application.prepared_by.name if application.prepared_by else ""
        ),
        form_column("language", lambda application: application.language or ""),
        form_column("mode", lambda application: application.get_mode_display()),
        form_column("wants_to_speak", lambda application: YES_NO[application.wants_to_speak]),
        form_column("speaking_about", lambda application: application.speaking_about),
        form_column("travel_support", lambda application: YES_NO[application.travel_support]),
        form_column("shares_with_bureau", lambda application: YES_NO[application.shares_with_bureau]),
        *map(_expertise_column, topics),
        Column(_("Mission, as of the profile"), lambda line: line.application.evidence.get("mission", "")),
        instant_column(DialogueApplication, "submitted_at", lambda line: line.application),
        *(form_column(name, _sensitive_answer(name)) for name in SENSITIVE if sensitive),
        Column(_("Address"), lambda line: settings.SITE_URL + reverse("dialoguedesk:line", args=[line.pk])),
    ]


def _expertise_column(topic: Topic) -> Column:
    def text_on_topic(line: DialogueLine) -> str:
        return next((row.text for row in line.application.expertise.all() if row.topic_id == topic.pk), "")

    return Column(topic.name, text_on_topic)


def _sensitive_answer(name: str) -> Any:
    return lambda application: (
        application.get_gender_display() if name == "gender" else getattr(application, name)
    )
