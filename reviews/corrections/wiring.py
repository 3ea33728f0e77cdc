"""Corrections in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import erasers
from accounts.people.enums import Role
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from reviews.corrections.actions import KIND as ANSWERED
from reviews.corrections.actions import forget_addresses
from workflow.hooks import desk_pages, desk_roles

desk_pages.register("reviews.correction", "reviews_desk:correction")
desk_roles.register("reviews.correction", (Role.REVIEWS,))
kind(ANSWERED, label=_("Answer to your correction of a review page"), group=_("Your reports"), essential=True)

desk_card(
    "reviews_desk:home",
    group="reviews",
    position=10,
    title=_("Steps and sources"),
    text=_("What is recorded of each country review, and corrections that readers suggest."),
    permission="reviews.keep_reviews",
    work=("correction",),
    do=_("Answer correction"),
)

erasers.register("reviews.corrections", forget_addresses)

help_at("visitors#report", "reviews:correct", "reviews:corrected")
help_at("calls#steps", "reviews_desk")
