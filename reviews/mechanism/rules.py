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


for _name in ("countryreview", "focalpoint", "reviewingstate", "steprecord", "reviewdocument"):
    rules.add_perm(f"reviews.view_{_name}", is_public)
for _name in ("correction", "reviewimport"):
    rules.add_perm(f"reviews.view_{_name}", is_for_the_desk)
for _name in ("countryreview", "focalpoint", "reviewingstate", "reviewdocument"):
    rules.add_perm(f"reviews.add_{_name}", keeps_reviews)
    rules.add_perm(f"reviews.change_{_name}", keeps_reviews)
rules.add_perm("reviews.keep_reviews", keeps_reviews)
rules.add_perm("reviews.record_step", keeps_reviews)
rules.add_perm("reviews.import_list", keeps_reviews)
