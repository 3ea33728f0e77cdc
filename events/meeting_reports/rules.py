"""Who writes reports of meetings and events, and who lets them be public."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from events.events.rules import runs_events
from stakeholders.entries.rules import acts_for


@rules.predicate
def held_it(user: Any, report: Any = None) -> bool:
    """Return whether the person writes for the lead organizer, or for the stakeholder whose event it is."""
    return report is not None and acts_for(user, report.lead_id)


rules.add_perm("events.view_report", is_visible)
rules.add_perm("events.write_report", held_it | runs_events)
rules.add_perm("events.submit_report", held_it | runs_events)
rules.add_perm("events.publish_report", runs_events)
rules.add_perm("events.return_report", runs_events)
