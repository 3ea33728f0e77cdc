"""The released programme on the page of its event, and its meetings in the index."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.events.models import Event
from events.hooks import Part, event_parts
from events.programme import queries
from events.programme.queries import programme_of
from search.hooks import register


def _public(_user: Any, event: Event) -> Mapping[str, Any] | None:
    """The way to the programme, once a version of it is public."""
    programme = programme_of(event) if event.has_programme else None
    return {"programme": programme} if programme is not None and programme.released else None


event_parts.register("programme", Part(10, _public, "events/programme/_part.html"))

register("events.proposal", queries.meeting_documents, label=_("Meeting"))
