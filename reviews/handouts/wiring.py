"""Who edits the checklist and the letters in the back office."""

from accounts.hooks import kept_lists
from accounts.people.enums import Role

kept_lists.register("reviews.handout", (Role.REVIEWS, Role.CURATION, Role.ADMINISTRATOR))
