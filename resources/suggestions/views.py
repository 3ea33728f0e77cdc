"""A stakeholder's way: begin, write with or without script, send, answer, take back, propose changes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import refusal_on, wants_rows
from core.views import act_page, refusal_as_warning
from resources.curation import actions_changes as curation_actions_changes
from resources.curation import queries as curation_queries
from resources.curation.forms_record import RecordForm
from resources.files.forms import FileForm
from resources.files.queries import with_files
from resources.records.actions import gaps
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from resources.records.queries import facts_of
from resources.suggestions import actions
from resources.suggestions.forms import SUGGESTION
from resources.suggestions.queries import last_decision, may_be_written, own_suggestions, saved_since_asked
from stakeholders.entries.queries import written_for_by
from stakeholders.trust.enums import Trust
from stakeholders.trust.queries import levels_of
from workflow.items.queries import holding_on, labelled_requests, open_requests
from workflow.moves.queries import moves_open_to
from workflow.writing.views import DraftPages

PER_PAGE = 25


def own_suggestion(request: HttpRequest, pk: int, *, writes: bool = False) -> Resource:
    """Return a suggestion of the person's stakeholders. Raises Http404 for any other."""
    user: Any = request.user
    rows = Resource.objects.of_people(user).select_related("suggested_for", "merged_into")
    resource = get_object_or_404(rows, pk=pk)
    if writes and not user.has_perm("resources.write_resource", resource):
        raise Http404
    return resource


@page_view()
def own_list(request: SignedIn) -> HttpResponse:
    page = Paginator(own_suggestions(request.user), PER_PAGE).get_page(request.GET.get("page"))
    may = written_for_by(request.user).exists()
    return render(request, "resources/suggestions/list.html", {"page": page, "may_suggest": may})


class SuggestionPages(DraftPages):
    """What is on hold with questions. A draft is written in steps: `resources.adding`."""

    draft = SUGGESTION
    name = "resource"
    folder = "resources/suggestions"
    write_at = "resources:write"
    check_at = "resources:suggestion"
    shows_both = True
    is_sent = gettext_lazy("It has been submitted.")

    def own(self, request: HttpRequest, pk: int) -> Resource:
        return own_suggestion(request, pk, writes=True)

    def is_open(self, request: HttpRequest, row: Resource) -> bool:
        return not row.is_draft and may_be_written(row, open_requests(row))

    def closed(self, request: HttpRequest, row: Resource) -> HttpResponse | None:
        if row.is_draft:
            return redirect("resources:add", row.pk, "describe")
        if self.is_open(request, row):
            return None
        if request.method == "POST":
            messages.warning(request, _("It has been submitted already. What you typed was not saved."))
        return redirect("resources:suggestion", row.pk)

    def take_note_of(self, form: RecordForm, row: Resource) -> None:
        if form.is_valid():
            form.take_note_of(row)

    def write_context(self, request: HttpRequest, row: Resource) -> dict[str, Any]:
        return {"resource": row, "guidance": curation_queries.guidance()}


PAGES = SuggestionPages()


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    return PAGES.write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    return PAGES.autosave(request, pk)


@page_view(fresh=True)
def suggestion(request: SignedIn, pk: int) -> HttpResponse:
    """Show how it stands, what the desk asks or decided, and what may be done (K-04)."""
    resource = own_suggestion(request, pk)
    user: Any = request.user
    requests = open_requests(resource)
    writes = user.has_perm("resources.write_resource", resource)
    moves = dict(moves_open_to(user, resource))
    missing = gaps(resource) if may_be_written(resource, requests) else {}
    level = Trust.READ_FIRST
    if resource.is_draft and writes and resource.suggested_for:
        level = levels_of(user, resource.suggested_for).lowest
    context = {
        "resource": resource,
        "facts": facts_of(resource),
        "requests": labelled_requests(resource),
        "holding": holding_on(resource) if resource.status == ResourceStatus.PENDING else None,
        "gaps": missing,
        "decisions": last_decision(resource),
        "may_write": writes and may_be_written(resource, requests),
        "may_send": "submit" in moves and not missing,
        "may_answer": "resubmit" in moves and not missing and saved_since_asked(resource),
        "may_take_back": "take_back" in moves,
        "may_revise": "revise" in moves,
        "may_discard": writes and resource.is_draft,
        "may_change": writes and resource.status == ResourceStatus.PUBLISHED,
        "at_once": level == Trust.TRUSTED,
        "changes": curation_queries.last_changes(resource, user),
        "editions": with_files(user, resource.editions.all()),
        "keeps": user.has_perm("resources.file_resource", resource),
    }
    return render(request, "resources/suggestions/suggestion.html", context)


@act_view()
def submit(request: SignedIn, pk: int) -> HttpResponse:
    resource = own_suggestion(request, pk, writes=True)
    try:
        sent = actions.submit(resource, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, " ".join([str(refusal), *refusal.fields.values()]))
        return redirect("resources:suggestion", pk)
    messages.success(request, what_follows(sent))
    return redirect("resources:suggestion", pk)


def what_follows(sent: actions.Sent) -> str:
    if sent.at_once:
        return _("It is in the library. The WhatsOn team reads it afterwards.")
    return _("It has been submitted. You will be informed of the decision by e-mail.")


_ACTS = {"answer": actions.resubmit, "take-back": actions.take_back, "revise": actions.revise_again}


@act_view()
def act_on_suggestion(request: SignedIn, pk: int, act: str) -> HttpResponse:
    """Make an act without a form: answer, take back, revise."""
    resource = own_suggestion(request, pk)
    confirmations = {
        "answer": _("Your answers have been submitted."),
        "take-back": _("It is a draft of yours again."),
        "revise": _("It is a draft again. Correct it, then submit it."),
    }
    try:
        _ACTS[act](resource, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, " ".join([str(refusal), *refusal.fields.values()]))
    else:
        messages.success(request, confirmations[act])
    return redirect("resources:suggestion", pk)


@act_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    resource = own_suggestion(request, pk, writes=True)
    with refusal_as_warning(request):
        actions.discard(resource, actor=request.user)
        messages.success(request, _("The draft is gone."))
        return redirect("resources:suggestions")
    return redirect("resources:suggestion", pk)


@form_view(fresh=True)
def propose(request: SignedIn, pk: int) -> HttpResponse:
    """Propose a change of what is published (K-18)."""
    resource = own_suggestion(request, pk, writes=True)
    if resource.status != ResourceStatus.PUBLISHED:
        return redirect("resources:suggestion", pk)
    form = RecordForm(request.POST or None, resource=resource)
    form.fields.pop("note")
    if request.method == "POST" and not wants_rows(request.POST) and form.is_valid():
        with refusal_on(form):
            actions.propose(resource, actor=request.user, facts=form.facts())
            messages.success(
                request, _("The change has been submitted. Until it is approved the resource stays as it is.")
            )
            return redirect("resources:suggestion", pk)
    context = {"resource": resource, "form": form, "guidance": curation_queries.guidance(), "proposes": True}
    return render(request, "resources/suggestions/write.html", context)


@form_view(fresh=True)
def propose_file(request: SignedIn, pk: int, language: str) -> HttpResponse:
    """Propose a newer file of what is published. The old one stays until the desk approves."""
    resource = own_suggestion(request, pk, writes=True)
    edition = get_object_or_404(resource.editions.select_related("language"), language=language)
    if resource.status != ResourceStatus.PUBLISHED:
        return redirect("resources:suggestion", pk)
    is_first = not edition.files.exists()
    form = FileForm(is_first=is_first)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, is_first=is_first)
        if form.is_valid() and _propose_file_if_allowed(request, resource, language, form):
            messages.success(
                request, _("The change has been submitted. Until it is approved the resource stays as it is.")
            )
            return redirect("resources:suggestion", pk)
    return act_page(
        request,
        form,
        heading=_("Propose a newer file in %(language)s") % {"language": edition.language},
        title=_("Propose a change"),
        title_name=resource,
        here=_("Propose a change"),
        about=edition.title,
        language=edition.language_id,
        lead=_("Until it is approved, readers get the current file. It remains as an earlier version."),
        crumbs="resources/suggestions/_crumbs.html",
        resource=resource,
        button=_("Submit for review"),
        back=reverse("resources:suggestion", args=[pk]),
        back_text=_("Back to the resource"),
    )


def _propose_file_if_allowed(request: SignedIn, resource: Resource, language: str, form: FileForm) -> bool:
    cleaned = form.cleaned_data
    with refusal_on(form):
        actions.propose_file(
            resource,
            actor=request.user,
            language=language,
            upload=cleaned["upload"],
            label=cleaned.get("label", ""),
        )
        return True
    return False


@act_view()
def withdraw_change(request: SignedIn, pk: int, change: int) -> HttpResponse:
    resource = own_suggestion(request, pk)
    row = get_object_or_404(
        curation_queries.changes_visible_to(request.user), pk=change, subject_id=resource.pk
    )
    if not request.user.has_perm("workflow.withdraw_changerequest", row):
        raise Http404
    with refusal_as_warning(request):
        curation_actions_changes.decide(row, "withdraw", actor=request.user)
        messages.success(request, _("The change is withdrawn."))
    return redirect("resources:suggestion", pk)
