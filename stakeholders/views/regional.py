"""The pages of a regional focal point: what waits for a view, what comes from the region, one application."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, WrongState
from stakeholders.actions.recommendations import recommend
from stakeholders.forms.regional import RecommendForm
from stakeholders.models import Application
from stakeholders.queries import regional as queries
from stakeholders.queries.applications import for_page

PER_PAGE = 25
MOST_WAITING = 50


@login_required
@require_http_methods(["GET", "HEAD"])
def regional_home(request: HttpRequest) -> HttpResponse:
    """My region: what waits for my view, every application from there, and its stakeholders."""
    user: Any = request.user
    if not user.has_perm("stakeholders.cover_region"):
        raise Http404
    unanswered = queries.unanswered(user)
    page = Paginator(queries.shared(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "places": queries.places_of(user),
        "terms": queries.own_terms(user),
        "waiting": queries.lines(user, unanswered[:MOST_WAITING]),
        "page": page,
        "lines": queries.lines(user, page.object_list),
        "stakeholders": queries.stakeholders_in(user).count(),
    }
    return render(request, "stakeholders/regional/home.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regional_application(request: HttpRequest, pk: int) -> HttpResponse:
    """What an application of my region says, as far as its entry would show it, and my view of it."""
    user: Any = request.user
    application = get_object_or_404(for_page(Application.objects.shared_with(user)), pk=pk)
    (line,) = queries.lines(user, [application])
    initial = {name: getattr(line.mine, name) for name in ("view", "reason", "text")} if line.mine else None
    form = RecommendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _recommended(request, application, form):
        return redirect("regional:application", pk)
    context = {
        "application": application,
        "line": line,
        "sections": queries.shared_sections(application),
        "form": form if application.is_open and not line.party else None,
        "wrong": form.errors,
    }
    return render(request, "stakeholders/regional/application.html", context)


def _recommended(request: HttpRequest, application: Application, form: RecommendForm) -> bool:
    user: Any = request.user
    try:
        recommend(application, actor=user, **form.cleaned_data)
    except WrongState as late:
        messages.warning(request, str(late))
        return True
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Thank you. The desk has your view; you can change it until it decides."))
    return True
