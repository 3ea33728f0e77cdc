"""The registrations for an event as a table with a column for each question."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets import Column, choice_column, field_column, instant_column
from events.registrations.models import Registration, RegistrationQuestion
from stakeholders.entries.enums import Kind
from taxonomy.names.models import choices_of
from taxonomy.places.models import Region


def registration_columns(questions: Iterable[RegistrationQuestion]) -> list[Column]:
    """Rows come from `with_answers`."""
    kinds, regions = dict(Kind.choices), dict(choices_of(Region)[0])

    def person(name: str) -> Any:
        return lambda registration: getattr(registration.user, name) if registration.user else ""

    return [
        Column(_("Number"), lambda registration: registration.pk, "", "number"),
        Column(_("Name"), person("name"), "", "name"),
        Column(_("E-mail address"), person("email"), "", "address"),
        Column(
            _("Stakeholder"),
            lambda registration: registration.stakeholder.name if registration.stakeholder else "",
            "",
            "stakeholder",
        ),
        Column(
            _("Kind of stakeholder"),
            lambda registration: kinds.get(registration.kind, registration.kind),
            "",
            "kind",
            lambda registration: registration.kind,
        ),
        Column(
            _("Region"),
            lambda registration: regions.get(registration.region, registration.region),
            "",
            "region_m49",
            lambda registration: registration.region,
        ),
        choice_column(Registration, "mode"),
        choice_column(Registration, "status"),
        instant_column(Registration, "received_at")._replace(name="received_at_utc"),
        instant_column(Registration, "attended_at")._replace(name="attended_at_utc"),
        field_column(Registration, "counted_by"),
        choice_column(Registration, "shown")._replace(name="shown_to"),
        *map(_answer_column, questions),
    ]


def _answer_column(question: RegistrationQuestion) -> Column:
    def answer_text(registration: Any) -> str:
        answers = registration.given_answers
        return next((answer.text for answer in answers if answer.question_id == question.pk), "")

    return Column(question.text, answer_text)
