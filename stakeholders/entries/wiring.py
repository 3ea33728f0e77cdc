"""Entries in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.entries.enums import STAKEHOLDER, MemberRole
from stakeholders.entries.models import Stakeholder
from workflow.hooks import parties_of, parties_on

sentence(
    "stakeholders.member_added",
    _("%(actor)s added a member as %(role)s"),
    audience=Audience.SUBJECT,
    labels={"role": dict(MemberRole.choices)},
)


def _parties_of(user: Any) -> set[str]:
    ids = user.memberships.values_list("stakeholder_id", flat=True) if user.is_authenticated else ()
    return {f"stakeholder:{pk}" for pk in ids}


parties_of.fill(_parties_of)


def _parties_on_stakeholder(stakeholder: Stakeholder) -> set[str]:
    return {f"stakeholder:{stakeholder.pk}"}


parties_on.register(STAKEHOLDER, _parties_on_stakeholder)
