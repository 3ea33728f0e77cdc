"""Who recommends, and which applications they may read a part of."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible


@rules.predicate
def is_shared(user: Any, application: Any = None) -> bool:
    """Return whether this regional focal point may read a part of the application, as of their places."""
    return application is not None and (
        type(application)._default_manager.shared_with(user).filter(pk=application.pk).exists()
    )


rules.add_perm("stakeholders.cover_region", has_role(Role.REGIONAL))
rules.add_perm("stakeholders.read_shared_application", is_shared)
rules.add_perm("stakeholders.recommend_application", is_shared)
rules.add_perm("stakeholders.view_recommendation", is_visible)
