"""Corrections in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from notifications.hooks import kind
from reviews.corrections.actions import KIND as ANSWERED
from workflow.hooks import desk_pages, desk_roles

desk_pages.register("reviews.correction", "reviews_desk:correction")
desk_roles.register("reviews.correction", (Role.REVIEWS,))
kind(
    ANSWERED,
    label=_("The desk answers your correction of a review page"),
    group=_("Your reports"),
    essential=True,
)
