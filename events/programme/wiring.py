"""The meetings of a released programme in the index."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from events.programme import queries
from events.programme.api import MeetingResource
from events.proposals.models import Proposal
from search.actions import index_many
from search.hooks import register
from stakeholders.hooks import after_naming

MEETING = "events.proposal"


def _index_naming(entries: Collection[int], _hides: bool) -> None:
    meetings = Proposal.objects.numbered().filter(lead__in=entries)
    index_many(MEETING, [*meetings.values_list("pk", flat=True)])


register(MEETING, queries.meeting_documents, label=_("Meeting"))
after_naming.register(MEETING, _index_naming)

resources.register("meetings", MeetingResource)
