"""Drafting a call in steps, the last of which are its questions; publishing it has a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.drafts import Gap
from core.text import whole
from reviews.call_desk.forms import BUTTON, CALL, CallForm, QuestionsForm, rearrange
from reviews.call_desk.queries import is_handed_in
from reviews.call_desk.views import the_call
from reviews.calls import actions
from reviews.calls.models import Call
from reviews.calls.queries import places_to_draft
from workflow.writing.forms import Answer
from workflow.writing.views import FormSteps


class CallPages(FormSteps):
    draft, form_class = CALL, CallForm
    name = "call"
    folder = "reviews/call_desk"
    page_at, step_at, check_at = "calldesk:call", "calldesk:step", "calldesk:check"
    is_sent = gettext_lazy("This call has been published.")

    def own(self, request: HttpRequest, pk: int) -> Call:
        return the_call(request, pk)

    def is_open(self, request: HttpRequest, row: Call) -> bool:
        return row.is_draft

    def form(self, request: HttpRequest, row: Call, data: Any = None, files: Any = None) -> Any:
        return self.draft.form(row, data, files, step=self.step, places=places_to_draft(request.user))

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer also the buttons of the questions, which post all of them and save nothing."""
        if BUTTON not in request.POST or self.step != "questions":
            return super().write(request, pk)
        row = self.own(request, pk)
        form = QuestionsForm(call=row, questions=rearrange(request.POST))
        form.initial["version"] = whole(request.POST.get("version", ""), -1)
        return self.closed(request, row) or self.write_page(request, row, form)

    def write_context(self, request: HttpRequest, row: Call) -> dict[str, Any]:
        return {**super().write_context(request, row), "call": row}

    def check_context(self, request: HttpRequest, row: Call, gaps: list[Gap]) -> dict[str, Any]:
        user: Any = request.user
        return {
            "call": row,
            "language": row.language_id,
            "keeps": user.has_perm("reviews.keep_call", row),
            "handed_in": is_handed_in(row),
        }

    def sections(self, row: Call) -> list[tuple[Any, str, list[Any]]]:
        *sections, (label, address, _none) = super().sections(row)
        answers = [
            Answer(_("Question %(number)s") % {"number": number}, question.text, True)
            for number, question in enumerate(row.questions.all(), 1)
        ]
        return [*sections, (label, address, answers)]


PAGES = CallPages()


@form_view(permission="reviews.draft_call")
def new(request: SignedIn) -> HttpResponse:
    pages = CallPages("what")
    form = CallForm(
        request.POST if request.method == "POST" else None,
        step="what",
        places=places_to_draft(request.user),
        initial={"language": request.user.language},
    )
    if request.method == "POST" and form.is_valid():
        call = actions.draft_call(actor=request.user, values=form.values(), questions=())
        messages.success(request, _("The draft is saved. Only people who run calls see it."))
        return pages.go_on(request, call, form)
    context = {**pages.begin_context(), "form": form, "call": None, "back": reverse("calldesk:home")}
    return render(request, "reviews/call_desk/write.html", context)


@page_view()
def edit(request: SignedIn, pk: int) -> HttpResponse:
    call = PAGES.own(request, pk)
    if not call.is_draft:
        messages.info(request, _("What a published call asks stays as it is."))
    return PAGES.resumed_at(request, call)


@form_view(fresh=True)
def step(request: SignedIn, pk: int, step: str) -> HttpResponse:
    return CallPages.at(step).write(request, pk)


@act_view(fresh=True)
def autosave(request: SignedIn, pk: int, step: str) -> JsonResponse:
    return CallPages.at(step).autosave(request, pk)


@page_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    return PAGES.check_page(request, PAGES.own(request, pk))
