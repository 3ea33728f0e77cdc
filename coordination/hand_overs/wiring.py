"""Hand-overs in the registries of the apps below. No names in sentences: the rows have them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from coordination.hand_overs.models import HandOver
from notifications.hooks import kind
from stakeholders.entries.enums import MemberRole

sentence("coordination.hand_over_set", _("%(actor)s scheduled a hand-over for %(on)s"))
sentence("coordination.hand_over_called_off", _("%(actor)s cancelled a hand-over"))
sentence("coordination.hand_over_stopped", _("A scheduled hand-over could not take place"))
sentence("coordination.handed_over", _("%(actor)s handed the appointment over (work passed: %(count)s)"))
sentence(
    "coordination.taken_over",
    _("%(actor)s made this appointment the successor of another (work taken over: %(count)s)"),
)


def _taken_over(user: Any, pk: int | None) -> bool:
    return (
        bool(user) and pk is not None and HandOver.objects.filter(next_appointment__user=user, pk=pk).exists()
    )


def _appoints(user: Any, _pk: int | None) -> bool:
    return bool(user and user.has_perm("coordination.hand_over"))


def _still_there(user: Any, pk: int | None) -> bool:
    """Whoever was introduced is still the regional focal point, and the reader still looks after somebody."""
    if pk is None:
        return False
    done = HandOver.objects.filter(pk=pk, next_appointment__ended_at=None).exists()
    return bool(user) and done and user.memberships.filter(role__in=MemberRole.WRITERS).exists()


def _looks_after(user: Any) -> bool:
    return bool(user.memberships.filter(role__in=MemberRole.WRITERS).exists())


kind(
    "coordination.handed_over",
    label=_("You took over from a regional focal point"),
    group=_("Your region"),
    essential=True,
    still_visible=_taken_over,
)
kind(
    "coordination.hand_over_stopped",
    label=_("A scheduled hand-over could not take place"),
    group=_("Your region"),
    essential=True,
    still_visible=_appoints,
)
kind(
    "coordination.introduced",
    label=_("Your region has a new regional focal point"),
    group=_("Messages"),
    still_visible=_still_there,
    concerns=_looks_after,
)
