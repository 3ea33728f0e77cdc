"""Activities as a table."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from coordination.activities.models import Activity
from coordination.activities.queries import names_of_involved
from core.spreadsheet_cells import join_values
from core.spreadsheets import Column, choice_column, field_column, instant_column

BATCH = 500


def with_stakeholders(activities: Any, user: Any) -> Iterator[Any]:
    """Yield the activities, each with the `stakeholder_names` that the reader may find."""
    for some in batched(activities.iterator(chunk_size=BATCH), BATCH, strict=False):
        names = names_of_involved(some, user)
        for activity in some:
            activity.stakeholder_names = join_values(names.get(activity.pk, ()))
            yield activity


def activity_columns() -> list[Column]:
    """Rows come from `with_stakeholders`."""
    return [
        Column(_("Number"), lambda activity: activity.pk, "", "activity_id"),
        choice_column(Activity, "kind"),
        choice_column(Activity, "status"),
        field_column(Activity, "title"),
        instant_column(Activity, "starts_at")._replace(name="starts_at_utc"),
        instant_column(Activity, "ends_at")._replace(name="ends_at_utc"),
        field_column(Activity, "countries")._replace(value=_country_names, code=_country_codes),
        field_column(Activity, "city"),
        Column(
            _("Stakeholders"),
            lambda activity: activity.stakeholder_names,
            _("Those involved that you may find, joined with a semicolon."),
            "stakeholders",
        ),
        field_column(Activity, "took_part"),
        field_column(Activity, "author")._replace(name="planned_by"),
        field_column(Activity, "purpose"),
        field_column(Activity, "outcome"),
        Column(_("Address"), lambda activity: settings.SITE_URL + activity.get_absolute_url(), "", "address"),
    ]


def _country_names(activity: Activity) -> str:
    return join_values(country.name for country in activity.countries.all())


def _country_codes(activity: Activity) -> str:
    return join_values(country.pk for country in activity.countries.all())
