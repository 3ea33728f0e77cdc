"""The meetings of a released programme in the index."""

from django.utils.translation import gettext_lazy as _

from events.programme import queries
from search.hooks import register

register("events.proposal", queries.meeting_documents, label=_("Meeting"))
