"""Projects of a stakeholder: the page that everybody reads, and the pages of those who manage the profile."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.forms import blame, refusal_on, renew_version, wants_rows
from core.views import refusal_as_warning
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import entry_of
from stakeholders.entries.views import edited_entry, managed_entry
from stakeholders.projects import actions
from stakeholders.projects.forms import ProjectForm
from stakeholders.projects.models import Project
from stakeholders.projects.queries import projects_of, shown_projects

PER_PAGE = 20


@page_view(public=True)
def projects(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the projects that the reader may see, in full; a merged entry gives a 404."""
    stakeholder = entry_of(request.user, pk)
    if stakeholder is None or stakeholder.merged_into_id is not None:
        raise Http404
    page = Paginator(projects_of(request.user, stakeholder), PER_PAGE).get_page(request.GET.get("page"))
    context = {"stakeholder": stakeholder, "page": page, "projects": shown_projects(page.object_list)}
    return render(request, "stakeholders/projects/list.html", context)


@page_view(fresh=True)
def own_projects(request: SignedIn, pk: int) -> HttpResponse:
    """Show the projects to the people of the profile and the desk."""
    stakeholder = managed_entry(request, pk)
    context = {
        "stakeholder": stakeholder,
        "projects": shown_projects(projects_of(request.user, stakeholder)),
        "may_edit": request.user.has_perm("stakeholders.change_stakeholder", stakeholder),
    }
    return render(request, "stakeholders/projects/own.html", context)


@form_view(fresh=True)
def project_add(request: SignedIn, pk: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and not wants_rows(request.POST) and form.is_valid():
        with refusal_on(form):
            actions.add_project(stakeholder, actor=request.user, answers=form.answers())
            messages.success(request, _("The profile shows the project now."))
            return redirect("stakeholders:own_projects", pk)
    context = {"stakeholder": stakeholder, "form": form, "project": None}
    return render(request, "stakeholders/projects/form.html", context)


@form_view(fresh=True)
def project(request: SignedIn, pk: int, project: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    stored_project = _own_project(request, stakeholder, project)
    form = ProjectForm(request.POST or None, project=stored_project)
    if request.method == "POST" and not wants_rows(request.POST) and form.is_valid():
        try:
            actions.change_project(
                stored_project,
                actor=request.user,
                version=form.cleaned_data["version"] or 0,
                answers=form.answers(),
            )
        except DomainError as refusal:
            blame(form, refusal)
            if isinstance(refusal, WrongState):
                renew_version(
                    form, Project.objects.values_list("version", flat=True).get(pk=stored_project.pk)
                )
        else:
            messages.success(request, _("The project is changed."))
            return redirect("stakeholders:own_projects", pk)
    context = {"stakeholder": stakeholder, "form": form, "project": stored_project}
    return render(request, "stakeholders/projects/form.html", context)


@act_view()
def project_remove(request: SignedIn, pk: int, project: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    with refusal_as_warning(request):
        actions.remove_project(_own_project(request, stakeholder, project), actor=request.user)
        messages.success(request, _("The project is removed."))
    return redirect("stakeholders:own_projects", pk)


@act_view()
def project_move(request: SignedIn, pk: int, project: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    with refusal_as_warning(request):
        actions.move_project(
            _own_project(request, stakeholder, project), actor=request.user, up="up" in request.POST
        )
    return redirect("stakeholders:own_projects", pk)


def _own_project(request: HttpRequest, stakeholder: Stakeholder, pk: int) -> Project:
    rows = Project.objects.visible_to(request.user).filter(stakeholder=stakeholder)
    return get_object_or_404(rows.select_related("stakeholder"), pk=pk)
