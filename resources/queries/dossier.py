"""What a stakeholder suggested for the library, as far as its own people may read it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.personal_data import DataField, data_field, data_fields
from resources.models import Resource
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.queries_dossiers import decisions_on


def resources(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    rows = Resource.objects.filter(suggested_for=stakeholder).select_related("language")
    found = list(rows.prefetch_related("editions").order_by("pk"))
    for one in found:
        yield [
            data_field("id", _("number"), one.pk),
            *data_fields(one, "title", "kind", "status", "audience", "language", "publisher", "published_on"),
            *data_fields(one, "symbol", "doi", "isbn", "licence", "published_at"),
            *(
                data_field(f"edition_{each.language_id}", each.title, [each.abstract, each.link])
                for each in one.editions.all()
            ),
        ]
    yield from decisions_on(found)
