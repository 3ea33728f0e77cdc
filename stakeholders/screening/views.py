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
from core.forms import refusal_on
from core.limits import spend
from core.views import refusal_as_warning
from stakeholders.applications.models import Application
from stakeholders.screening import actions
from stakeholders.screening.enums import ScreenedKind
from stakeholders.screening.forms import ClearForm, ListForm
from stakeholders.screening.models import Match, ProposedList, ScreeningList
from stakeholders.screening.queries import difference, latest_run, waiting_matches, with_subjects
from stakeholders.screening.reader import pieces, read

PER_PAGE = 25


def _may_screen(request: HttpRequest) -> Any:
    """Return the person, who must be allowed to screen; anybody else gets a 404."""
    if not request.user.has_perm("stakeholders.screen"):
        raise Http404
    return request.user


@form_view()
def screening_home(request: SignedIn) -> HttpResponse:
    """Show the list in use, how far it has been compared, and the hits; a POST proposes a new list."""
    user = _may_screen(request)
    form = ListForm()
    if request.method == "POST":
        spend("stakeholders.screening_list", str(user.pk), most=30, seconds=3600)
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            with refusal_on(form):
                return redirect(actions.propose(form.upload, form.cleaned_data["file"], actor=user))
    page = Paginator(waiting_matches(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "current": ScreeningList.objects.visible_to(user).select_related("loaded_by").current(),
        "run": latest_run(user),
        "proposed": ProposedList.objects.visible_to(user).waiting().select_related("sent_by"),
        "page": page,
        "rows": with_subjects(page.object_list),
    }
    return render(request, "stakeholders/screening/list.html", context)


@form_view()
def screening_list(request: SignedIn, pk: int) -> HttpResponse:
    """Show what a list that waits would change; a POST puts it into use."""
    user = _may_screen(request)
    proposed = get_object_or_404(ProposedList.objects.visible_to(user).select_related("decided_by"), pk=pk)
    if request.method == "POST":
        with refusal_as_warning(request):
            loaded = actions.approve(proposed, actor=user)
            message = _(
                "The list of %(date)s is in use. All names are now compared with it in the background."
            )
            messages.success(request, message % {"date": loaded.generated.isoformat()})
        return redirect("vetting:screening")
    context: dict[str, Any] = {"proposed": proposed}
    if proposed.is_waiting:
        current = ScreeningList.objects.visible_to(user).current()
        with proposed.file.open("rb") as stream:
            changes = difference(read(pieces(stream)), current)
        tabs = {"added": changes.added, "changed": changes.changed, "gone": changes.gone}
        tab = request.GET.get("entries", "")
        if tab not in tabs:
            tab = next((name for name, entries in tabs.items() if entries), "added")
        page = Paginator(tabs[tab], PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "changes": changes,
            "current": current,
            "tab": tab,
            "page": page,
            "query": {"entries": tab},
        }
    return render(request, "stakeholders/screening/proposed.html", context)


@act_view()
def screening_list_discard(request: SignedIn, pk: int) -> HttpResponse:
    user = _may_screen(request)
    proposed = get_object_or_404(ProposedList.objects.visible_to(user), pk=pk)
    with refusal_as_warning(request):
        actions.discard(proposed, actor=user)
        messages.success(request, _("The list is discarded. The list in use was left as it is."))
    return redirect("vetting:screening")


@form_view()
def screening_match(request: SignedIn, pk: int) -> HttpResponse:
    """Show one pair with both forms and the likeness; a POST clears it with a reason."""
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
