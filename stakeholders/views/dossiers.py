"""The dossier of a stakeholder: ask for it, see how far it is, get the file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.partial_pages import is_part
from stakeholders.actions.dossiers import ask_dossier
from stakeholders.models import Dossier
from stakeholders.queries.reports import entry_of
from stakeholders.registry import dossier_sections

TARGET = "dossier"  # the part of the page that asks for itself while the archive is being made


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, pk: int, by_desk: bool = False) -> HttpResponse:
    """The dossiers that the reader asked for; a POST asks for one more.

    Two addresses: where its administrators look after the entry, and the desk's.
    """
    entry = entry_of(request.user, pk)
    may = entry is not None and request.user.has_perm("stakeholders.ask_dossier", entry)
    if entry is None or not may or (by_desk and not request.user.is_desk):  # type: ignore[union-attr]
        raise Http404
    if request.method == "POST":
        ask_dossier(entry, actor=request.user, language=get_language() or "en")
        return redirect(request.path)
    there = list(Dossier.objects.visible_to(request.user).lasting().filter(stakeholder=entry))
    part = is_part(request, TARGET)
    response = render(
        request,
        "stakeholders/dossiers/page.html#state" if part else "stakeholders/dossiers/page.html",
        {
            "stakeholder": entry,
            "dossiers": there,
            "by_desk": by_desk,
            "parts": dossier_sections.values(),
            "total": sum(1 for _one in dossier_sections),
            "waits": any(one.is_under_way for one in there),
        },
    )
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
