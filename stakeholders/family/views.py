"""Parent and branches of an entry, looked after by its administrators and the desk; and of an application."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.forms import blame, refusal_on
from core.views import refusal_as_warning
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.views import managed_entry
from stakeholders.family import actions
from stakeholders.family.enums import Side
from stakeholders.family.forms import FindOrganizationForm, LinkForm
from stakeholders.family.models import FamilyLink
from stakeholders.family.queries import candidates, links_of, may_set, named_parent, parent_shown_to

OPEN = (ApplicationStatus.DRAFT, ApplicationStatus.RETURNED)


def _search_organizations(request: HttpRequest, *but: int) -> tuple[FindOrganizationForm, list[Any]]:
    """Return the search form and what it finds; a POST carries the words along, so that none is lost."""
    asks = FindOrganizationForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    return asks, candidates(request.user, words, but=but)


@form_view(fresh=True)
def family(request: SignedIn, pk: int) -> HttpResponse:
    """The links of an entry, and asking for one more; for its people and the desk."""
    stakeholder = managed_entry(request, pk)
    if stakeholder.is_expert:
        raise Http404
    leads = request.user.has_perm("stakeholders.link_stakeholder", stakeholder)
    sets = may_set(request.user, stakeholder)
    asks, organizations = _search_organizations(request, pk)
    form = LinkForm(request.POST or None, organizations=organizations)
    if request.method == "POST":
        if not leads and not sets:
            raise Http404
        if form.is_valid():
            cleaned = form.cleaned_data
            with refusal_on(form):
                family_link = actions.link(
                    stakeholder,
                    int(cleaned["other"]),
                    is_parent=cleaned["end"] == Side.PARENT,
                    actor=request.user,
                )
                messages.success(request, _linked_message(family_link))
                return redirect("stakeholders:family", pk)
    context = {
        "stakeholder": stakeholder,
        "lines": links_of(stakeholder, request.user),
        "may_link": leads or sets,
        "sets": sets,
        "asks": asks,
        "organizations": organizations,
        "form": form,
    }
    return render(request, "stakeholders/family/page.html", context)


def _linked_message(link: FamilyLink) -> str:
    if link.is_confirmed:
        return _("The two are linked. People who may find both see it.")
    return _(
        "Sent. The administrators of the other organization get an e-mail; nothing is "
        "shown before they agree."
    )


@act_view()
def family_move(request: SignedIn, pk: int, link: int, name: str) -> HttpResponse:
    """Confirm a link, or end it."""
    stakeholder = managed_entry(request, pk)
    rows = FamilyLink.objects.visible_to(request.user).about(stakeholder)
    family_link = get_object_or_404(rows, pk=link)
    acts = {"confirm": actions.confirm_link, "end": actions.end_link}
    if name not in acts:
        raise Http404
    lines = {line.link.pk: line for line in links_of(stakeholder, request.user)}
    line = lines.get(family_link.pk)
    if line is None or not (line.may_end or line.may_confirm):
        raise Http404
    with refusal_as_warning(request):
        acts[name](family_link, actor=request.user)
        messages.success(
            request,
            _("The two are linked. People who may find both see it.")
            if name == "confirm"
            else _("The link is removed."),
        )
    return redirect("stakeholders:family", pk)


@form_view(fresh=True)
def application_parent(request: SignedIn, pk: int) -> HttpResponse:
    """The applicant names the parent organization among what they may find."""
    rows = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    application = get_object_or_404(rows, pk=pk)
    if application.is_expert:
        raise Http404
    if application.status not in OPEN:
        return redirect("stakeholders:application", pk)
    asks, organizations = _search_organizations(request)
    form = LinkForm(request.POST or None, organizations=organizations, with_end=False)
    if request.method == "POST":
        none = "none" in request.POST
        if none or form.is_valid():
            try:
                other = None if none else int(form.cleaned_data["other"])
                actions.name_parent(application, other, actor=request.user)
            except WrongState as late:
                messages.warning(request, str(late))
                return redirect("stakeholders:application", pk)
            except DomainError as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("stakeholders:application", pk)
    context = {
        "application": application,
        "link": named_parent(application),
        "parent": parent_shown_to(request.user, application),
        "asks": asks,
        "organizations": organizations,
        "form": form,
    }
    return render(request, "stakeholders/family/application.html", context)


@act_view(permission="stakeholders.vet_application")
def drop_parent(request: SignedIn, pk: int) -> HttpResponse:
    """The desk takes out a parent that an application names without proof."""
    application = get_object_or_404(Application.objects.visible_to(request.user).sent(), pk=pk)
    with refusal_as_warning(request):
        actions.drop_named_parent(application, actor=request.user)
        messages.success(request, _("Removed. Approving the application creates no link."))
    return redirect("vetting:application", pk)
