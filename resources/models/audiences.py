"""Who belongs to an audience: the same for records and collections."""

from typing import Any

from django.db.models import Exists, Q

from accounts.people.enums import Role
from resources.enums import Audience
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Membership


def read_by(user: Any) -> Q:
    """The rows whose `audience` the person or visitor belongs to. The desk, which reads all, is not asked."""
    everybody = Q(audience=Audience.PUBLIC)
    if not (user.is_authenticated and user.is_active):
        return everybody
    # Whoever is here for a State is never a member: some have to hide from their own State.
    if user.has_role(Role.STATE):
        return Q(audience__in=(Audience.PUBLIC, Audience.MEMBERS_STATES))
    if user.has_role(Role.REGIONAL):
        return Q(audience__in=(Audience.PUBLIC, *Audience.SHARED))
    taking_part = Membership.objects.filter(user=user, stakeholder__status__in=Status.TAKING_PART)
    members = Q(audience__in=(Audience.MEMBERS_STATES, Audience.MEMBERS))
    return everybody | (members & Q(Exists(taking_part)))
