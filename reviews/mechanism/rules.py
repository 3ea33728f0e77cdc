"""Who may do what with reviews. What is published is everybody's to read; recording is the desk's."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

keeps_reviews = has_role(Role.REVIEWS, Role.HEAD)


@rules.predicate
def is_public(user: Any, obj: Any = None) -> bool:
    return obj is not None


@rules.predicate
def is_for_the_desk(user: Any, obj: Any = None) -> bool:
    return bool(
        obj is not None
        and user.is_authenticated
        and user.is_active
        and type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists()
    )


rules.add_perm("reviews.view_countryreview", is_public)
rules.add_perm("reviews.view_focalpoint", is_public)
rules.add_perm("reviews.view_reviewingstate", is_public)
rules.add_perm("reviews.view_steprecord", is_public)
rules.add_perm("reviews.view_reviewdocument", is_public)
rules.add_perm("reviews.view_correction", is_for_the_desk)
rules.add_perm("reviews.view_reviewimport", is_for_the_desk)
rules.add_perm("reviews.add_countryreview", keeps_reviews)
rules.add_perm("reviews.change_countryreview", keeps_reviews)
rules.add_perm("reviews.add_focalpoint", keeps_reviews)
rules.add_perm("reviews.change_focalpoint", keeps_reviews)
rules.add_perm("reviews.add_reviewingstate", keeps_reviews)
rules.add_perm("reviews.change_reviewingstate", keeps_reviews)
rules.add_perm("reviews.add_reviewdocument", keeps_reviews)
rules.add_perm("reviews.change_reviewdocument", keeps_reviews)
rules.add_perm("reviews.keep_reviews", keeps_reviews)
rules.add_perm("reviews.record_step", keeps_reviews)
rules.add_perm("reviews.import_list", keeps_reviews)
