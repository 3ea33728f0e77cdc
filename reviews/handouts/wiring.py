"""Who edits the checklist and the letters in the back office."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import kept_lists
from accounts.people.enums import Role
from core.desk_cards import desk_card

kept_lists.register("reviews.handout", (Role.REVIEWS, Role.CURATION, Role.ADMINISTRATOR))

desk_card(
    "admin:reviews_handout_changelist",
    group="reviews",
    position=50,
    title=_("Checklist and model letters"),
    text=_("What contributors may print to prepare with, in every language."),
    permission="reviews.change_handout",
)
