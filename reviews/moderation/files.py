"""The contributions to a call as a table: what was sent with each, and a column for each question."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.spreadsheet_cells import field_head, join_values
from core.spreadsheets import Column, instant_column
from reviews.calls.models import Call, Question
from reviews.contributions.models import Contribution
from reviews.contributions.queries import for_page

INSTANTS = ("submitted_at", "decided_at", "published_at")


def with_answers(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """With all that the columns tell, in a fixed number of statements for each batch."""
    return for_page(contributions).select_related("author").prefetch_related("countries")


def columns_of(call: Call) -> list[Column]:
    def field(name: str, value: Any) -> Column:
        return Column(field_head(Contribution, name), value)

    return [
        Column(_("Number"), lambda one: one.pk),
        field("stakeholder", lambda one: one.stakeholder.name),
        Column(_("Kind"), lambda one: one.stakeholder.get_kind_display()),
        Column(_("Country or area"), lambda one: one.stakeholder.country.name),
        field("author", lambda one: one.author.name if one.author else ""),
        Column(_("E-mail address"), lambda one: one.author.email if one.author else ""),
        field("status", lambda one: one.get_status_display()),
        field("visibility", lambda one: one.get_visibility_display()),
        field("language", lambda one: one.language or ""),
        field("countries", lambda one: join_values(one.countries.all())),
        *(instant_column(Contribution, name) for name in INSTANTS),
        field("declined_by_rule", lambda one: one.declined_by_rule or ""),
        *map(_answer, call.questions.all()),
        Column(
            pgettext("evidence", "Links"),
            lambda one: join_values(f"{link.label} {link.url}" for link in one.links.all()),
        ),
        Column(_("Files"), lambda one: join_values(file.name for file in one.evidence.all())),
        Column(_("Who signs with them"), _signers),
        Column(_("Address"), lambda one: settings.SITE_URL + reverse("calldesk:contribution", args=[one.pk])),
    ]


def _answer(question: Question) -> Column:
    def said(one: Contribution) -> str:
        return next((answer.text for answer in one.answers.all() if answer.question_id == question.pk), "")

    return Column(question.told_text[0], said)


def _signers(one: Contribution) -> str:
    return join_values(
        f"{signature.stakeholder.name}: {signature.get_status_display()}"
        for signature in one.signatures.all()
    )
