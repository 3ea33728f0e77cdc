"""The entry that a page for its own people is about."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from stakeholders.entries.models import Stakeholder


def managed_entry(request: HttpRequest, pk: int) -> Stakeholder:
    """A stakeholder that the person acts for, or the desk looks after; for anybody else it is not there."""
    rows = Stakeholder.objects.visible_to(request.user).select_related("country", "mission_language")
    stakeholder = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("stakeholders.manage_stakeholder", stakeholder):
        raise Http404
    return stakeholder


def edited_entry(request: HttpRequest, pk: int) -> Stakeholder:
    """Return a stakeholder whose profile the person may change; for anybody else there is no such page."""
    stakeholder = managed_entry(request, pk)
    if not request.user.has_perm("stakeholders.change_stakeholder", stakeholder):
        raise Http404
    return stakeholder
