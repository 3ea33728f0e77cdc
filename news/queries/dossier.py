"""What was written for a stakeholder, as far as its own people may read it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.personal_data import DataField, data_field, data_fields
from news.models import Story
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.queries_dossiers import decisions_on


def stories(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """What the desk writes for one is the desk's until it is shown."""
    own = Story.objects.filter(stakeholder=stakeholder)
    rows = (own.filter(by_desk=False) | own.filter(by_desk=True).shown()).select_related("language")
    found = list(rows.prefetch_related("topics", "countries").order_by("pk"))
    for one in found:
        yield [
            data_field("id", _("number"), one.pk),
            *data_fields(one, "title", "summary", "text", "language", "topics", "countries", "status"),
            *data_fields(one, "publish_at", "withdrawn_for", "withdrawn_note", "created_at", "updated_at"),
        ]
    yield from decisions_on(found)
