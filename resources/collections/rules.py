"""Who sees and who changes a collection."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from resources.records.rules import curates
from stakeholders.entries.rules import acts_for


@rules.predicate
def owns_collection(user: Any, collection: Any = None) -> bool:
    """Return whether the person edits for its stakeholder or, where the desk owns it, curates."""
    if collection is None:
        return False
    if collection.owner_id is None:
        return bool(curates.test(user))
    return acts_for(user, collection.owner_id)


rules.add_perm("resources.view_collection", is_visible)
rules.add_perm("resources.change_collection", owns_collection)
