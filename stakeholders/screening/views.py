"""The desk's pages of screening: the list in use, who waits to be looked at, and one pair."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.limits import spend
from stakeholders.applications.models import Application
from stakeholders.screening import actions
from stakeholders.screening.enums import ScreenedKind
from stakeholders.screening.forms import ClearForm, ListForm
from stakeholders.screening.models import Match, ScreeningList
from stakeholders.screening.queries import latest_run, waiting_matches, with_subjects

PER_PAGE = 25


def _may_screen(request: HttpRequest) -> Any:
    """The person, where they may screen; for anybody else none of this is there."""
    if not request.user.has_perm("stakeholders.screen"):
        raise Http404
    return request.user


@form_view()
def screening_home(request: SignedIn) -> HttpResponse:
    """The list in use and how far it has been compared; the hits to look at; a new list."""
    user = _may_screen(request)
    form = ListForm()
    if request.method == "POST":
        spend("stakeholders.screening_list", str(user.pk), most=30, seconds=3600)
        form = ListForm(request.POST, request.FILES)
        if form.is_valid() and _load(request, form):
            return redirect("vetting:screening")
    page = Paginator(waiting_matches(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "current": ScreeningList.objects.visible_to(user).select_related("loaded_by").current(),
        "run": latest_run(user),
        "page": page,
        "rows": with_subjects(page.object_list),
    }
    return render(request, "stakeholders/screening/list.html", context)


def _load(request: HttpRequest, form: ListForm) -> bool:
    try:
        loaded = actions.load_list(form.cleaned_data["file"], actor=request.user)  # type: ignore[arg-type]
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return False
    said = _("The list of %(date)s is in use. All names are now compared with it in the background.")
    messages.success(request, said % {"date": loaded.generated.isoformat()})
    return True


@form_view()
def screening_match(request: SignedIn, pk: int) -> HttpResponse:
    """One pair with both forms and the likeness; sent, the reason why they are not the same."""
    user = _may_screen(request)
    match = get_object_or_404(Match.objects.visible_to(user).select_related("cleared_by"), pk=pk)
    shown = with_subjects([match])
    if not shown:
        raise Http404
    form = ClearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.clear(match, actor=user, reason=form.cleaned_data["reason"])
        except WrongState as late:
            messages.warning(request, str(late))
            return _back(match)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Cleared. The pair is not raised again until either name changes."))
            return _back(match)
    return render(
        request,
        "stakeholders/screening/match.html",
        {"match": match, "subject": shown[0].subject, "form": form},
    )


def _back(match: Match) -> HttpResponse:
    if match.subject_kind == ScreenedKind.APPLICATION:
        return redirect("vetting:application", match.subject_id)
    return redirect("vetting:screening")


@act_view()
def screening_compare(request: SignedIn, pk: int) -> HttpResponse:
    """Compare one application now."""
    user = _may_screen(request)
    application = get_object_or_404(Application.objects.visible_to(user).sent(), pk=pk)
    actions.compare(application, actor=user)
    messages.success(request, _("The names were compared with the list in use."))
    return redirect("vetting:application", pk)
