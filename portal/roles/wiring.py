"""The roles in the desk's menu."""

from django.utils.translation import gettext_lazy as _

from accounts.people.models import Grant
from core.desk_cards import desk_card
from core.help_places import help_at

desk_card(
    "portal:roles",
    group="people",
    position=40,
    title=_("People and roles"),
    text=_("Who has which role, for which places, and what still needs a second person."),
    permission="portal.read_roles",
    rows=lambda user: Grant.objects.waiting().exclude(user=user).exclude(granted_by=user),
    listed="?status=waiting",
)
help_at(
    "people#roles",
    *("portal:roles", "portal:give_role", "portal:person_roles", "portal:confirm_role", "portal:end_role"),
)
