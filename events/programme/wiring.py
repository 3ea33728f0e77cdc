"""The meetings of a released programme in the index."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from events.programme import queries
from events.programme.api import MeetingResource
from search.hooks import register

register("events.proposal", queries.meeting_documents, label=_("Meeting"))

resources.register("meetings", MeetingResource)
