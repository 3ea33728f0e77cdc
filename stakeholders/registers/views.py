"""The desk's page of the public sources: how many unclaimed entries come from each, and taking one out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.views import refusal_as_error
from stakeholders.registers.actions import remove_listed
from stakeholders.registers.forms import SourceForm
from stakeholders.registers.queries import sources

PER_PAGE = 25


@form_view(permission="stakeholders.remove_listed")
def listed_sources(request: SignedIn) -> HttpResponse:
    """List the sources; a POST takes one out."""
    all_sources = sources()
    if request.method == "POST":
        form = SourceForm(request.POST, sources=all_sources)
        if form.is_valid():
            _remove(request, form.cleaned_data["source"])
        else:
            messages.error(request, _("There is no unclaimed profile of this source."))
        return redirect("vetting:listed")
    page = Paginator(all_sources, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stakeholders/registers/list.html", {"page": page})


def _remove(request: SignedIn, source: str) -> None:
    with refusal_as_error(request):
        removed, staying = remove_listed(source=source, actor=request.user)
        message = ngettext(
            "%(count)d profile of “%(source)s” was removed.",
            "%(count)d profiles of “%(source)s” were removed.",
            removed,
        )
        messages.success(request, message % {"count": removed, "source": source})
        if staying:
            message = ngettext(
                "%(count)d profile stays, because another source names it too.",
                "%(count)d profiles stay, because other sources name them too.",
                staying,
            )
            messages.success(request, message % {"count": staying})
