"""The entry that a page for its own people is about."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from stakeholders.entries.models import Stakeholder


def managed_entry(request: HttpRequest, pk: int) -> Stakeholder:
    """A stakeholder that the person acts for, or the desk looks after; for anybody else it is not there."""
    rows = Stakeholder.objects.visible_to(request.user).select_related("country", "mission_language")
    stakeholder = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("stakeholders.manage_stakeholder", stakeholder):
        raise Http404
    return stakeholder


def words_about(stakeholder: Stakeholder) -> dict[str, Any]:
    """Return what the pages of its own people on which something is done with a stakeholder say about it."""
    home = reverse("stakeholders:manage", args=[stakeholder.pk])
    return {
        "steps": [("portal:me", _("Tasks")), (home, stakeholder.name)],
        "about": stakeholder.name,
        "back": home,
        "back_text": _("Back without a change"),
    }


def edited_entry(request: HttpRequest, pk: int) -> Stakeholder:
    """Return a stakeholder whose profile the person may change; for anybody else there is no such page."""
    stakeholder = managed_entry(request, pk)
    if not request.user.has_perm("stakeholders.change_stakeholder", stakeholder):
        raise Http404
    return stakeholder
