"""Who edits the checklist and the letters in the back office."""

from accounts.enums import Role
from accounts.registry import kept_lists

kept_lists.register("reviews.handout", (Role.REVIEWS, Role.CURATION, Role.ADMINISTRATOR))
