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
    """Return the rows with all that the columns read of them."""
    return for_page(contributions).select_related("author").prefetch_related("countries")


def columns_of(call: Call) -> list[Column]:
    def field(name: str, value: Any) -> Column:
        return Column(field_head(Contribution, name), value)

    return [
        Column(_("Number"), lambda contribution: contribution.pk),
        field("stakeholder", lambda contribution: contribution.stakeholder.name),
        Column(_("Kind"), lambda contribution: contribution.stakeholder.get_kind_display()),
        Column(_("Country or area"), lambda contribution: contribution.stakeholder.country.name),
        field("author", lambda contribution: contribution.author.name if contribution.author else ""),
        Column(
            _("E-mail address"), lambda contribution: contribution.author.email if contribution.author else ""
        ),
        field("status", lambda contribution: contribution.get_status_display()),
        field("visibility", lambda contribution: contribution.get_visibility_display()),
        field("language", lambda contribution: contribution.language or ""),
        field("countries", lambda contribution: join_values(contribution.countries.all())),
        *(instant_column(Contribution, name) for name in INSTANTS),
        field("declined_by_rule", lambda contribution: contribution.declined_by_rule or ""),
        *map(_answer_column, call.questions.all()),
        Column(
            pgettext("evidence", "Links"),
            lambda contribution: join_values(f"{link.label} {link.url}" for link in contribution.links.all()),
        ),
        Column(
            _("Files"), lambda contribution: join_values(file.name for file in contribution.evidence.all())
        ),
        Column(_("Who signs with them"), _signers),
        Column(
            _("Address"),
            lambda contribution: settings.SITE_URL + reverse("calldesk:contribution", args=[contribution.pk]),
        ),
    ]


def _answer_column(question: Question) -> Column:
    def answer_text(contribution: Contribution) -> str:
        return next(
            (answer.text for answer in contribution.answers.all() if answer.question_id == question.pk), ""
        )

    return Column(question.told_text[0], answer_text)


def _signers(contribution: Contribution) -> str:
    return join_values(
        f"{signature.stakeholder.name}: {signature.get_status_display()}"
        for signature in contribution.signatures.all()
    )
