"""Who hands a term over, who reads of it, and who keeps notes."""

import rules

from accounts.people.rules import is_visible
from coordination.absences.rules import appoints, holds_term

rules.add_perm("coordination.hand_over", appoints)
rules.add_perm("coordination.view_handover", is_visible)
rules.add_perm("coordination.keep_notes", holds_term)
