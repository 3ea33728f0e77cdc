"""One application as a regional focal point sees it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from stakeholders.applications.queries import for_page
from stakeholders.recommendations import queries
from stakeholders.recommendations.actions import recommend
from stakeholders.recommendations.forms import RecommendForm
from workflow.moves.enums import BarButton


@form_view()
def regional_application(request: SignedIn, pk: int) -> HttpResponse:
    """Show an application as far as its entry would show it, with one's own recommendation."""
    user: Any = request.user
    application = get_object_or_404(for_page(queries.shared_applications(user)), pk=pk)
    (line,) = queries.lines(user, [application])
    initial = {name: getattr(line.mine, name) for name in ("view", "reason", "text")} if line.mine else None
    form = RecommendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save_recommendation(request, application, form):
        return redirect("regional:application", pk)
    is_open = application.is_open and not line.party
    label = _("Change your view") if line.mine else _("Give your view")
    context = {
        "application": application,
        "bar": [BarButton("view", label, "primary", leads_to="#view")] if is_open else [],
        "line": line,
        "sections": queries.shared_sections(application),
        "form": form if is_open else None,
        "wrong": form.errors,
    }
    return render(request, "stakeholders/recommendations/application.html", context)


def _save_recommendation(request: HttpRequest, application: Any, form: RecommendForm) -> bool:
    user: Any = request.user
    try:
        recommend(application, actor=user, **form.cleaned_data)
    except WrongState as late:
        messages.warning(request, str(late))
        return True
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("Thank you. The WhatsOn team has your opinion; you can change it until the decision.")
    )
    return True
