"""Splitting a record, merging and relating it, each on a page of its own; proposed changes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import act_page
from notifications.delivery.preview import Letter, letter_of
from resources.curation import actions_changes, actions_merging, queries
from resources.curation.forms import CreditForm, DecideForm, SplitForm
from resources.curation.forms_record import ChoiceOfRecord, WordsForm
from resources.curation.views import record_for_desk, words_about
from resources.records.enums import Relation
from resources.records.models import Resource
from stakeholders.entries.forms import FindForm
from stakeholders.entries.models import Stakeholder
from workflow.items.queries import next_case
from workflow.moves.enums import MoveForm
from workflow.moves.queries import moves_open_to


# --- Two from one, one from two -----------------------------------------------------------------------------
@form_view()
def split(request: SignedIn, pk: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.judge_resource")
    form = SplitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            other = actions_merging.split(resource, actor=request.user, title=form.cleaned_data["title"])
            messages.success(request, _("This is the second resource. Correct what differs."))
            return redirect("resourcedesk:edit", other.pk)
    return act_page(
        request,
        form,
        heading=_("Split the resource in two"),
        button=_("Add the second resource"),
        lead=_(
            "The second resource has the same contributor and the same topics; each is decided separately."
        ),
        **words_about(request, resource),
    )


@form_view()
def merge(request: SignedIn, pk: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.merge_resource")
    if resource.status not in resource.MOVES["merge"].sources:
        return redirect("resourcedesk:record", pk)
    return _act_with_another(
        request,
        resource,
        lambda other, _kind: actions_merging.merge(resource, other, actor=request.user),
        heading=_("Merge the resource into another"),
        button=_("Merge into it"),
        style="danger",
        lead=_(
            "This one is removed; its address leads to the other, which receives its "
            "files, languages and bookmarks."
        ),
        message=_("Merged. The old address leads here now."),
    )


@form_view()
def relate(request: SignedIn, pk: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.edit_resource")
    return _act_with_another(
        request,
        resource,
        lambda other, kind: actions_merging.relate(resource, other, kind, actor=request.user),
        kinds=Relation.choices,
        heading=_("Relate the resource to another"),
        button=_("Relate them"),
        lead=_("Readers find each from the other, as far as they may read both."),
        message=_("The two resources are now related."),
        stay=True,
    )


def _act_with_another(
    request: HttpRequest,
    resource: Resource,
    do: Callable[[Resource, str], Any],
    *,
    message: str,
    kinds: Any = (),
    stay: bool = False,
    **page: Any,
) -> HttpResponse:
    words = WordsForm(request.POST if request.method == "POST" else request.GET)
    text = words.cleaned_data["q"] if words.is_valid() else ""
    records = queries.other_records(request.user, text, but=resource.pk)
    form = ChoiceOfRecord(request.POST or None, records=records, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        other = next(record for record in records if str(record.pk) == form.cleaned_data["record"])
        with refusal_on(form):
            do(other, form.cleaned_data.get("kind", ""))
            messages.success(request, message)
            return redirect("resourcedesk:record", resource.pk if stay else other.pk)
    page |= {"words": words, "query": text, "choices": records}
    return act_page(request, form, **page, **words_about(request, resource))


@form_view()
def credit(request: SignedIn, pk: int) -> HttpResponse:
    """Name a stakeholder of the directory as author or publisher."""
    resource = record_for_desk(request, pk, "resources.edit_resource")
    words = FindForm(request.POST if request.method == "POST" else request.GET)
    text = words.cleaned_data["q"] if words.is_valid() else ""
    rows = Stakeholder.objects.visible_to(request.user).listed_publicly()
    stakeholders = list(rows.filter(name__icontains=text).order_by("sort_key", "pk")[:10]) if text else []
    form = CreditForm(request.POST or None, stakeholders=stakeholders)
    if request.method == "POST" and form.is_valid():
        chosen = next(
            stakeholder
            for stakeholder in stakeholders
            if str(stakeholder.pk) == form.cleaned_data["stakeholder"]
        )
        with refusal_on(form):
            actions_merging.credit(resource, chosen, form.cleaned_data["role"], actor=request.user)
            messages.success(request, _("%(name)s is named now.") % {"name": chosen.name})
            return redirect("resourcedesk:record", pk)
    return act_page(
        request,
        form,
        words=words,
        query=text,
        choices=stakeholders,
        heading=_("Name a stakeholder"),
        button=_("Name it"),
        lead=_("The other resource is then shown on its page, too."),
        **words_about(request, resource),
    )


@act_view()
def unlink(request: SignedIn, pk: int, link_kind: str, row: int) -> HttpResponse:
    resource = record_for_desk(request, pk, "resources.edit_resource")
    do = actions_merging.uncredit if link_kind == "stakeholders" else actions_merging.unrelate
    do(resource, row, actor=request.user)
    messages.success(request, _("Taken out."))
    return redirect("resourcedesk:record", pk)


# --- Changes that are proposed ------------------------------------------------------------------------------
@form_view(permission="resources.curate_resources")
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Show a proposed change with its differences, or decide on it."""
    proposed = get_object_or_404(queries.changes_visible_to(request.user), pk=pk)
    resource = record_for_desk(request, proposed.subject_id)
    submit = {"approve": _("Make the change"), "refuse": _("Do not make it")}
    bound: dict[str, DecideForm] = {}
    letters: dict[str, Letter] = {}
    previewed = request.POST.get("preview", "")
    name = next((name for name in submit if name in request.POST or name == previewed), "")
    if request.method == "POST" and name:
        form = bound[name] = DecideForm(request.POST, auto_id=f"id_{name}_%s")

        def act() -> None:
            actions_changes.decide(proposed, name, actor=request.user, note=form.cleaned_data["note"])

        if form.is_valid():
            with refusal_on(form):
                if name != previewed:
                    act()
                    done = _("The change is made.") if name == "approve" else _("The change is not made.")
                    messages.success(request, done)
                    return redirect("resourcedesk:record", resource.pk)
                letters[name] = letter_of(act, about=resource)
    move_forms = [
        MoveForm(
            name,
            move.label,
            move.style,
            bound.get(name) or DecideForm(auto_id=f"id_{name}_%s"),
            request.path,
            submit[name],
            tells=resource.is_suggestion,
            letter=letters.get(name),
        )
        for name, move in moves_open_to(request.user, proposed)
        if name in submit
    ]
    context = {
        "change": proposed,
        "resource": resource,
        "move_forms": move_forms,
        "next_case": next_case(request.user, proposed, queries.changes_visible_to(request.user)),
        "wrong": next((form for form in bound.values() if form.errors), None),
        "rows": queries.rows_of(proposed),
        "bar": [move_form.button for move_form in move_forms],
    }
    return render(request, "resources/curation/change.html", context)
