"""What the desk decides on a record, each on a page of its own; proposed changes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import blame, refusal_on
from core.time_display import by_both_clocks
from core.views import act_page
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight
from resources.curation import actions, actions_changes, actions_merging, queries
from resources.curation.forms import (
    CreditForm,
    DecideForm,
    HoldForm,
    PublishForm,
    RefuseForm,
    SplitForm,
    WithdrawForm,
)
from resources.curation.forms_record import ChoiceOfRecord, WordsForm
from resources.curation.views import record_for_desk, seen_version, words_about
from resources.records.enums import Audience, Relation
from resources.records.models import Resource
from resources.records.queries import terms_of
from stakeholders.entries.forms import FindForm
from stakeholders.entries.models import Stakeholder
from workflow.moves.enums import BarButton, permission


def _act_on_page(
    request: SignedIn,
    pk: int,
    verb: str,
    make_form: Callable[[Resource], Any],
    do: Callable[[Resource, Any], Any],
    *,
    message: str | Callable[[Resource], str],
    **page: Any,
) -> HttpResponse:
    """Show the page of one move, or make the move. A refusal is shown at the field that caused it."""
    resource = record_for_desk(request, pk, permission(Resource, verb))
    if resource.status not in resource.MOVES[verb].sources:
        return redirect("resourcedesk:record", pk)
    form = make_form(resource)
    if request.method == "POST" and form.is_valid():
        try:
            moved = do(resource, form)
        except DomainError as refusal:
            blame(form, refusal)
            missing = [text for name, text in refusal.fields.items() if name not in form.fields and text]
            for text in missing:
                form.add_error(None, text)
        else:
            messages.success(request, message(moved) if callable(message) else message)
            return redirect("resourcedesk:record", pk)
    if verb == "publish":
        page["lead"] = who_reads(request, resource)
        if resource.audience != Audience.DESK and not resource.is_embargoed:
            page["reached"] = number_told(terms_of(resource), Weight.NEWS)
    return act_page(request, form, **page, **words_about(request, resource))


def who_reads(request: SignedIn, resource: Resource) -> str:
    """Return who can read it once it is published, and from when."""
    if resource.audience == Audience.DESK:
        return _("Only the desk can read it.")
    audience = resource.get_audience_display()
    if resource.embargo_until and resource.is_embargoed:
        at = by_both_clocks(resource.embargo_until, request.user.time_zone)
        return _("Who can read it from %(at)s: %(audience)s.") % {"at": at, "audience": audience}
    return _("Who can read it: %(audience)s.") % {"audience": audience}


@form_view()
def publish(request: SignedIn, pk: int) -> HttpResponse:
    return _act_on_page(
        request,
        pk,
        "publish",
        lambda _resource: PublishForm(request.POST or None),
        lambda resource, form: actions.publish(
            resource,
            actor=request.user,
            note=form.cleaned_data["note"],
            version=seen_version(request, resource),
        ),
        message=lambda resource: " ".join((_("The resource is published."), who_reads(request, resource))),
        heading=_("Publish the resource"),
        button=_("Publish it"),
    )


@form_view()
def hold(request: SignedIn, pk: int) -> HttpResponse:
    return _act_on_page(
        request,
        pk,
        "hold",
        lambda resource: HoldForm(request.POST or None, asks=resource.is_suggestion),
        lambda resource, form: actions.hold(
            resource,
            actor=request.user,
            questions=form.questions,
            note=form.cleaned_data["note"],
            version=seen_version(request, resource),
        ),
        message=_("It is on hold."),
        heading=_("Put the resource on hold"),
        button=_("Put it on hold"),
        lead=_("With a question at a field the suggester is asked, and only those fields open again."),
    )


@form_view()
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    return _act_on_page(
        request,
        pk,
        "refuse",
        lambda _resource: RefuseForm(request.POST or None),
        lambda resource, form: actions.refuse(
            resource, actor=request.user, version=seen_version(request, resource), **form.cleaned_data
        ),
        message=_("It was declined. Its contributor is informed now."),
        heading=_("Decline the suggestion"),
        button=_("Decline"),
        style="danger",
        lead=_("The suggester reads the reason and your line, and may revise it and suggest it again."),
    )


@form_view()
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    return _act_on_page(
        request,
        pk,
        "withdraw",
        lambda _resource: WithdrawForm(request.POST or None),
        lambda resource, form: actions.withdraw(resource, actor=request.user, **form.cleaned_data),
        message=_("The resource is withdrawn."),
        heading=_("Withdraw the resource"),
        button=_("Withdraw it"),
        style="danger",
        lead=_("Its page then shows only the title, the date, the reason and your note."),
    )


_PLAIN: dict[str, tuple[Callable[..., Any], Any, Any, Any, Any]] = {
    "resume": (
        actions.resume,
        # Translators: A button: go on examining a suggestion that was put on hold. Not a summary.
        gettext_lazy("Resume"),
        gettext_lazy("Resume"),
        gettext_lazy("It is back with the desk; open questions are closed."),
        gettext_lazy("It is back with the desk."),
    ),
    "archive": (
        actions.archive,
        gettext_lazy("Archive the resource"),
        gettext_lazy("Archive it"),
        gettext_lazy("It leaves lists and search. Its page stays and says that it is archived."),
        gettext_lazy("The resource is archived."),
    ),
    "restore": (
        actions.restore,
        gettext_lazy("Publish the resource again"),
        gettext_lazy("Publish it again"),
        gettext_lazy("It is in lists and search again."),
        gettext_lazy("The resource is published again."),
    ),
}


@form_view()
def make_plain_move(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Make one of the moves that have no form of their own."""
    do, heading, button, lead, message = _PLAIN[verb]
    return _act_on_page(
        request,
        pk,
        verb,
        lambda _resource: forms.Form(request.POST or None),
        lambda resource, _form: do(resource, actor=request.user),
        message=message,
        heading=heading,
        button=button,
        lead=lead,
    )


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
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = request.POST.get("decide", "")
        if name not in ("approve", "refuse"):
            raise Http404
        with refusal_on(form):
            actions_changes.decide(proposed, name, actor=request.user, note=form.cleaned_data["note"])
            messages.success(
                request, _("The change is made.") if name == "approve" else _("The change is not made.")
            )
            return redirect("resourcedesk:record", resource.pk)
    is_open = proposed.status == "proposed"
    context = {
        "change": proposed,
        "resource": resource,
        "form": form,
        "rows": queries.rows_of(proposed),
        "is_open": is_open,
        "bar": [BarButton.to_form("decide", _("Decide"), "primary")] if is_open else [],
    }
    return render(request, "resources/curation/change.html", context)
