"""The observations as a file for spreadsheets."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.spreadsheet_cells import join_values
from core.spreadsheets import Column, choice_column, field_column
from reviews.observations.models import Observation
from reviews.observations.queries import contributions_behind


def observation_columns() -> list[Column]:
    """Codes and dates as the sources give them; no column counts or compares."""
    topics = field_column(Observation, "topics")
    return [
        Column(_("Number"), lambda row: row.pk, _("Number on the portal; it never changes."), "id"),
        Column(_("Code"), lambda row: row.country_id, _("Code of ISO 3166-1 alpha-3."), "iso3"),
        Column(_("Country or area"), lambda row: row.country.name, "", "country"),
        choice_column(Observation, "kind"),
        Column(
            _("Instrument"),
            lambda row: row.article.instrument.name,
            "",
            "instrument",
            lambda row: row.article.instrument_id,
        ),
        Column(_("Article"), lambda row: row.article.number, _("Number in the instrument."), "article"),
        Column(_("Title of the article"), lambda row: row.article.name, "", "article_title"),
        topics._replace(value=_topic_names, code=_topic_codes),
        field_column(Observation, "text"),
        Column(
            _("Language"),
            _language,
            _("Language of the observation."),
            "language",
            lambda row: row.language_id,
        ),
        field_column(Observation, "source", _("The public document that says so.")),
        field_column(Observation, "source_url"),
        field_column(Observation, "source_date"),
        Column(
            _("Contributions"),
            _contributions,
            _("Addresses of published contributions on the same matter, joined with a semicolon."),
            "contributions",
        ),
        Column(
            _("Published on"), lambda row: row.published_at and row.published_at.date(), "", "published_on"
        ),
        Column(
            _("Demonstration"),
            lambda row: _("Yes") if row.is_demo else "",
            "",
            "is_demo",
            lambda row: "y" if row.is_demo else "",
        ),
    ]


def _topic_names(row: Any) -> str:
    return join_values(topic.name for topic in row.topics.all())


def _topic_codes(row: Any) -> str:
    return join_values(topic.pk for topic in row.topics.all())


def _language(row: Any) -> str:
    return str(row.language.name)


def _contributions(row: Any) -> str:
    return join_values(f"{settings.SITE_URL}{contribution.url}" for contribution in contributions_behind(row))
