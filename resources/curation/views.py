"""The desk of the library: the queue, one record, writing it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.drafts import Gap
from core.errors import DomainError
from core.forms import blame, refusal_on, save_on, wants_rows
from core.text import clean_line, whole
from core.views import act_page, refusal_as_warning
from notifications.delivery.preview import letter_of
from resources.curation import actions, queries
from resources.curation.forms_record import RecordForm
from resources.curation.views_moves import bind, make, move_forms
from resources.files.queries import with_files
from resources.records.actions import gaps
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from resources.records.queries import facts_of, people_who_curate
from workflow.items.forms import AssignForm
from workflow.items.queries import holding_of, labelled_requests, next_case, open_items
from workflow.moves.enums import BarButton, Move, MoveForm, permission
from workflow.moves.queries import decisions_on, is_recused, moves_open_to


def must_curate(request: HttpRequest) -> None:
    if not request.user.has_perm("resources.curate_resources"):
        raise Http404


def record_for_desk(request: HttpRequest, pk: int, permission: str = "resources.view_resource") -> Resource:
    """Return a record with which the person may do this at the desk. Raises Http404."""
    must_curate(request)
    rows = Resource.objects.visible_to(request.user).select_related("suggested_for", "merged_into")
    resource = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, resource):
        raise Http404
    return resource


def words_about(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    """Return what the page of every act on a record says about it."""
    return {
        "template": "resources/curation/act.html",
        "title_name": resource,
        "crumbs": "resources/curation/_crumbs.html",
        "resource": resource,
        "about": resource,
        "language": resource.language_id,
        "version": seen_version(request, resource),
        "back": reverse("resourcedesk:record", args=[resource.pk]),
        "back_text": _("Back without doing it"),
    }


def seen_version(request: HttpRequest, resource: Resource) -> int:
    """Return the version that the page showed; -1, which no record has, where it cannot be read."""
    text = request.POST.get("version", "") if request.method == "POST" else str(resource.version)
    return whole(text, -1)


PER_PAGE = 25


@page_view(permission="resources.curate_resources")
def home(request: SignedIn) -> HttpResponse:
    """Show the queue: records by state, by holder and by origin (K-13)."""
    user: Any = request.user
    numbers = queries.counts(user)
    state = request.GET.get("state", "")
    if state not in queries.STATES:
        state = next((name for name in ("pending", "after", "hold", "draft") if numbers[name]), "pending")
    holder, origin = request.GET.get("holder", ""), request.GET.get("origin", "")
    holder = holder if holder in queries.HOLDERS else ""
    origin = origin if origin in queries.ORIGINS else ""
    words = clean_line(request.GET.get("q", ""))[:200]
    rows = queries.queue(user, state, holder=holder, origin=origin, words=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    items = queries.holders_of(list(page.object_list))
    context = {
        "state": state,
        "holder": holder,
        "origin": origin,
        "words": words,
        "page": page,
        "states": [(name, label, numbers[name]) for name, label in queries.STATES.items()],
        "holders": queries.HOLDERS.items(),
        "origins": queries.ORIGINS.items(),
        "rows": [(resource, items.get(resource.pk)) for resource in page.object_list],
        "changes": queries.open_changes(user),
        "query": {"state": state, "holder": holder, "origin": origin, "q": words},
    }
    return render(request, "resources/curation/home.html", context)


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.edit_resource")
    if resource.status in (ResourceStatus.WITHDRAWN, ResourceStatus.MERGED):
        return redirect("resourcedesk:record", pk)
    form = RecordForm(request.POST or None, desk=True, resource=resource)
    if request.method == "POST" and not wants_rows(request.POST) and form.is_valid():
        cleaned = form.cleaned_data
        if save_on(
            form,
            lambda: actions.edit(
                resource, actor=request.user, version=cleaned["version"], facts=form.facts()
            ),
            lambda: record_for_desk(request, pk, "resources.edit_resource"),
        ):
            messages.success(request, _("The resource is saved."))
            return redirect("resourcedesk:record", pk)
    context = {"form": form, "resource": resource, "guidance": queries.guidance()}
    return render(request, "resources/curation/edit.html", context)


@page_view()
def record(request: SignedIn, pk: int) -> HttpResponse:
    return _record_page(request, record_for_desk(request, pk))


def _record_page(request: SignedIn, resource: Resource, letters: Any = None, **bound: Form) -> HttpResponse:
    """Show one record: what it says, its relations, the possible moves, its changes.

    `letters`: the e-mail that a move would send.
    """
    user: Any = request.user
    items = open_items(resource)
    moves = dict(moves_open_to(user, resource))
    forms = move_forms(user, resource, moves, bound, letters or {})
    to_confirm = any(item.what == actions.REVIEW for item in items)
    may_edit = user.has_perm("resources.edit_resource", resource) and resource.status not in (
        ResourceStatus.WITHDRAWN,
        ResourceStatus.MERGED,
    )
    missing = gaps(resource) if resource.status not in ResourceStatus.SHOWN else {}
    context = {
        "resource": resource,
        "same_symbol": queries.same_symbol(user, resource),
        "facts": facts_of(resource),
        "bar": _buttons(resource, moves, forms, to_confirm=to_confirm),
        "move_forms": forms,
        "wrong": next((form for form in bound.values() if form.errors), None),
        "may_edit": may_edit,
        "gaps": [Gap(field if may_edit else "", text) for field, text in missing.items()],
        "requests": labelled_requests(resource),
        "items": items,
        "item": items[0] if items else None,
        "holding": holding_of(items[0]) if items else None,
        "next_case": next_case(user, resource, Resource.objects.visible_to(user)),
        "by_author": True,
        "recused": is_recused(user, resource) if items else False,
        "to_confirm": to_confirm,
        "decisions": [decision for decision in decisions_on(resource) if decision.reason or decision.note],
        "lines": timeline(resource, user),
        "revisions": queries.revisions(resource),
        "changes": queries.last_changes(resource, user),
        "credits": resource.stakeholder_links.select_related("stakeholder"),
        "relations": resource.relations.select_related("other"),
        "assign": AssignForm(people=people_who_curate().order_by("name", "pk")),
        "editions": with_files(user, resource.editions.all()),
        "keeps": user.has_perm("resources.file_resource", resource),
    }
    return render(request, "resources/curation/record.html", context)


def _buttons(
    resource: Resource, moves: dict[str, Move], forms: list[MoveForm], *, to_confirm: bool
) -> list[BarButton]:
    """Return what may be done with the record: the confirmation at once, a form on the page, the merger."""
    buttons = [move_form.button for move_form in forms]
    if to_confirm:
        address = reverse("resourcedesk:confirm", args=[resource.pk])
        buttons.insert(0, BarButton("confirm", _("Read, it may stay"), "primary", posts_to=address))
    if merge := moves.get("merge"):
        address = reverse("resourcedesk:merge", args=[resource.pk])
        buttons.append(BarButton("merge", merge.label, merge.style, leads_to=address))
    return buttons


@form_view()
def make_move(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Make one move. Its form is on the page of the record, where a refusal is shown, too."""
    resource = record_for_desk(request, pk, permission(Resource, verb))
    if resource.status not in resource.MOVES[verb].sources:
        messages.warning(request, _("This decision is not possible now. Please check the status."))
        return redirect("resourcedesk:record", pk)
    if request.method != "POST":
        return redirect(reverse("resourcedesk:record", args=[pk]) + f"#move-{verb}")
    form = bind(verb, resource, request.POST)
    if form.is_valid():

        def act() -> str:
            version = seen_version(request, resource)
            return make(verb, resource, form, actor=request.user, version=version)

        try:
            if "preview" in request.POST:
                letters = {verb: letter_of(act, about=resource)}
                return _record_page(request, resource, letters, **{verb: form})
            done = act()
        except DomainError as refusal:
            if verb not in dict(moves_open_to(request.user, resource)):
                messages.warning(request, str(refusal))
                return redirect("resourcedesk:record", pk)
            blame(form, refusal)
            for name, text in refusal.fields.items():
                if name not in form.fields and text:
                    form.add_error(None, text)
            resource.refresh_from_db()
        else:
            messages.success(request, done)
            return redirect("resourcedesk:record", pk)
    return _record_page(request, resource, **{verb: form})


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.edit_resource")
    if not resource.is_draft:
        return redirect("resourcedesk:record", pk)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.discard(resource, actor=request.user)
            messages.success(request, _("The draft is gone."))
            return redirect("resourcedesk:home")
    return act_page(
        request,
        form,
        heading=_("Delete the draft"),
        button=_("Delete the draft"),
        style="danger",
        lead=_("Only the desk has seen it. This cannot be undone."),
        **words_about(request, resource),
    )


# --- Who does it --------------------------------------------------------------------------------------------
@act_view()
def take(request: SignedIn, pk: int) -> HttpResponse:
    return _act_and_return(
        request, pk, lambda resource: actions.take(resource, actor=request.user), _("It is assigned to you.")
    )


@act_view()
def put_back(request: SignedIn, pk: int) -> HttpResponse:
    return _act_and_return(
        request,
        pk,
        lambda resource: actions.put_back(resource, actor=request.user),
        _("It is unassigned again."),
    )


@act_view()
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    return _act_and_return(
        request, pk, lambda resource: actions.confirm(resource, actor=request.user), _("It stays as it is.")
    )


@act_view()
def assign(request: SignedIn, pk: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.judge_resource")
    form = AssignForm(request.POST, people=people_who_curate())
    if not form.is_valid():
        messages.warning(request, _("Choose a colleague from the list."))
        return redirect("resourcedesk:record", resource.pk)
    to = form.cleaned_data["to"]
    return _act_and_return(
        request,
        pk,
        lambda stored: actions.assign(stored, actor=request.user, to=to),
        _("It is assigned to %(name)s.") % {"name": to},
    )


def _act_and_return(request: HttpRequest, pk: int, do: Any, message: str) -> HttpResponse:
    with refusal_as_warning(request):
        do(record_for_desk(request, pk, "resources.judge_resource"))
        messages.success(request, message)
    return redirect("resourcedesk:record", pk)
