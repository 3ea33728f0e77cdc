"""The applicant's pages: begin, fill in, check and send, see how it stands."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError
from core.forms import save_on, wants_rows
from core.limits import spend
from core.views import refusal_as_error
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import FIELDS, STEPS, ApplicationStatus, Purpose, fields_of, steps_of
from stakeholders.applications.forms import AnswersForm, KindForm
from stakeholders.applications.models import Application, Paper
from stakeholders.applications.queries import applications_of, draft_of, for_page, sections
from stakeholders.claims.forms import AnotherForm
from stakeholders.claims.queries import Twin, claim_ended, twins
from stakeholders.entries.enums import Kind, Status
from stakeholders.hooks import next_steps
from stakeholders.recommendations.queries import focal_points_for, holding_of
from stakeholders.submission import actions
from stakeholders.submission.forms import APPLICATION, ChosenForm, FindForm, step_form
from stakeholders.submission.queries import answers_of, find_in_register, gaps_of, register_entries
from stakeholders.trust.queries import promised_days
from stakeholders.vetting.queries import decision_on, for_parties, reconsider_until, reconsideration_of
from workflow.hooks import Task
from workflow.items.queries import open_requests
from workflow.moves.queries import moves_open_to
from workflow.receipts.models import Receipt
from workflow.receipts.views import receipt_file, receipt_of
from workflow.writing.views import StepPages, Verb, confirm


def _own_application(request: HttpRequest, pk: int) -> Application:
    """Return the person's own application; that of another gives the same 404 as a missing one."""
    mine = for_page(Application.objects.visible_to(request.user)).filter(applicant=request.user.pk)
    return get_object_or_404(mine, pk=pk)


@form_view(public=True)
def register(request: HttpRequest) -> HttpResponse:
    """Where it begins: what is needed, how long it takes, and for whom."""
    user = request.user
    if not user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return render(request, "stakeholders/submission/start.html", {"form": None})
    draft = draft_of(user)
    form = KindForm(request.POST or None, initial={"kind": draft.kind} if draft else None)
    if request.method == "POST" and form.is_valid():
        draft = applications_actions.begin(actor=user, kind=form.cleaned_data["kind"])
        return redirect("stakeholders:step", draft.pk, steps_of(draft.kind)[0])
    sent = [application for application in applications_of(user) if not application.is_draft]
    return render(
        request, "stakeholders/submission/start.html", {"form": form, "draft": draft, "applications": sent}
    )


class ApplicationPages(StepPages):
    draft = APPLICATION
    name = "application"
    folder = "stakeholders/submission"
    step_at = "stakeholders:step"
    check_at = "stakeholders:check"
    is_sent = gettext_lazy("This application has been sent.")

    def labels(self, row: Application) -> dict[str, Any]:
        return {step: STEPS[step] for step in steps_of(row.kind)}

    def steps_before(self, row: Application) -> list[tuple[str, Any, Any]]:
        return [(reverse("stakeholders:register"), _("Kind"), row.get_kind_display())]

    def own(self, request: HttpRequest, pk: int) -> Application:
        return _own_application(request, pk)

    def is_open(self, request: HttpRequest, row: Application) -> bool:
        return row.is_draft

    def closed(self, request: HttpRequest, row: Application) -> HttpResponse | None:
        if row.is_draft and self._is_proof_of_claim(row):
            return redirect("stakeholders:claim_proof", row.pk)
        return super().closed(request, row)

    def _is_proof_of_claim(self, row: Application) -> bool:
        """Return whether other pages ask for it: `stakeholders.claims`."""
        return self.step == "papers" and row.purpose == Purpose.CLAIM

    def form(
        self, request: HttpRequest, row: Application, data: Any = None, files: Any = None
    ) -> AnswersForm:
        if self.step not in steps_of(row.kind) or self._is_proof_of_claim(row):
            raise Http404
        return step_form(row, data, files, step=self.step)

    def write_page(self, request: HttpRequest, row: Application, form: AnswersForm) -> HttpResponse:
        context = {
            **self.steps_context(row),
            "application": row,
            "form": form,
            "nothing_required": all(
                not FIELDS[name].required and name != "papers" for name in fields_of(row.kind, self.step)
            ),
            "papers": row.papers.all() if self.step == "papers" else [],
            "twins": twins(request.user, row),
        }
        return self.page(request, "step", context)

    def check_context(self, request: HttpRequest, row: Application, gaps: list[Any]) -> dict[str, Any]:
        likely = twins(request.user, row)
        return {
            **self.steps_context(row),
            "application": row,
            "sections": sections(row),
            "twins": likely,
            "another_form": _another_form(likely),
            "vetting_days": promised_days(request.user),
            "asks_regional": focal_points_for(row).exists(),
        }

    def send(self, request: HttpRequest, row: Application) -> Receipt | None:
        actions.submit(row, actor=cast("User", request.user))
        return Receipt.objects.about(row).first()

    def sent_text(self, request: HttpRequest, row: Application) -> str:
        return _("Your application has been submitted. We have sent you an e-mail about it.")

    def refusal_texts(self, refusal: DomainError) -> list[str]:
        return list(dict.fromkeys((str(refusal), *refusal.fields.values())))

    def sent_before(self, request: HttpRequest, row: Application) -> HttpResponse:
        """Lead to the receipt while the desk has it; else its page says what has become of it."""
        if row.status not in ApplicationStatus.WITH_DESK:
            return redirect(row)
        messages.success(request, self.sent_text(request, row))
        return super().sent_before(request, row)

    def receipt_page(self, row: Application, receipt: Receipt) -> HttpResponse:
        return redirect("stakeholders:receipt", row.pk, receipt.reference)


PAGES = ApplicationPages()


@form_view(public=True, fresh=True)
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    return ApplicationPages(step).write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int, step: str) -> JsonResponse:
    return ApplicationPages(step).autosave(request, pk)


@form_view()
def check(request: SignedIn, pk: int) -> HttpResponse:
    return PAGES.check(request, _own_application(request, pk))


@page_view(fresh=True)
def receipt(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    application = _own_application(request, pk)
    context = {
        "application": application,
        "receipt": receipt_of(application, reference),
        "holding": holding_of(application) if application.is_open else None,
    }
    return render(request, "stakeholders/submission/receipt.html", context)


@page_view(fresh=True)
def receipt_text(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    return receipt_file(receipt_of(_own_application(request, pk), reference))


def _another_form(twins: list[Twin]) -> AnotherForm | None:
    """Return the form by which an applicant says that likely twins are others; None without any twin."""
    return AnotherForm(shown=[twin.match.stakeholder.pk for twin in twins]) if twins else None


@page_view()
def application(request: SignedIn, pk: int) -> HttpResponse:
    """Show who looks at the application, since when, until when, what is asked and what happened."""
    application = _own_application(request, pk)
    ended, joinable = claim_ended(request.user, application)
    context = {
        "application": application,
        "claim_ended": ended,
        "joinable": joinable,
        "sections": sections(application),
        "gaps": gaps_of(application) if application.is_draft else [],
        "requests": open_requests(application),
        "moves": dict(moves_open_to(request.user, application)),
        "decision": decision_on(application),
        "lines": for_parties(timeline(application, request.user, as_subject=True)),
        "resume_at": _resume_at(application),
        "receipts": Receipt.objects.about(application),
        **_reconsideration_context(application),
        "holding": holding_of(application) if application.is_open else None,
        "next_steps": _next_steps(request, application),
    }
    return render(request, "stakeholders/submission/application.html", context)


def _next_steps(request: SignedIn, application: Application) -> list[Task]:
    if application.status != ApplicationStatus.APPROVED or application.stakeholder is None:
        return []
    return next_steps(request.user, application.stakeholder)


def _reconsideration_context(application: Application) -> dict[str, Any]:
    """Return the reconsideration of a refusal, or until when it may be asked for."""
    if application.is_draft:
        return {}
    reconsideration = reconsideration_of(application)
    until = reconsider_until(application) if reconsideration is None else None
    return {
        "reconsideration": reconsideration,
        "reconsider_until": until if until and now() <= until else None,
    }


def _resume_at(application: Application) -> str:
    """Return the step where a draft goes on: the first with a gap, or "" where only the sending is left."""
    gaps = gaps_of(application) if application.is_draft else []
    return gaps[0].step if gaps else ""


@form_view()
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Open the answers again that the desk asked about, and no others."""
    application = _own_application(request, pk)
    requests = open_requests(application)
    if "answer" not in dict(moves_open_to(request.user, application)):
        return redirect("stakeholders:application", pk)
    only = actions.reopened_questions(requests)
    if request.method == "POST":
        adding = wants_rows(request.POST)
        form = AnswersForm(
            request.POST,
            request.FILES,
            application=application,
            only=only,
            requests=requests,
            complete=not adding,
        )
        if not adding and form.is_valid() and _send_answers(request, form):
            messages.success(
                request, _("Your answers have been submitted; the time limit runs again from now.")
            )
            return redirect("stakeholders:application", pk)
    else:
        form = AnswersForm(
            application=application,
            only=only,
            requests=requests,
            initial=AnswersForm.initial_of(application, sorted(only)),
        )
    context = {
        "application": application,
        "form": form,
        "papers": application.papers.all() if "papers" in only else [],
    }
    return render(request, "stakeholders/submission/answer.html", context)


def _send_answers(request: SignedIn, form: AnswersForm) -> Application | None:
    """Return the application, or None where that was refused: then the form says why."""

    def send() -> Application:
        return actions.answer(
            form.application,
            actor=request.user,
            version=form.cleaned_data["version"],
            answers=form.answers(),
            paper=form.paper(),
        )

    return save_on(form, send, lambda: _own_application(request, form.application.pk))


@form_view()
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    application = _own_application(request, pk)
    if request.method != "POST" and not application.is_open:
        return redirect(application)
    verb = Verb(
        actions.withdraw,
        done=_("Your application is withdrawn."),
        heading=_("Withdraw the application"),
        text=_(
            "The application is no longer considered; what was submitted is kept. This cannot be undone, but "
            "you may apply again at any time."
        ),
        button=_("Withdraw the application"),
        style="danger",
    )
    back_text = pgettext("an application", "Keep the application")
    steps = [("portal:me", _("Tasks")), (application, application)]
    return confirm(request, application, verb, steps=steps, about=application, back_text=back_text)


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    application = _own_application(request, pk)
    if not application.is_draft:
        return redirect(application)
    verb = Verb(
        applications_actions.discard,
        done=_("Your draft is deleted."),
        heading=_("Delete the draft"),
        text=_(
            "All answers and documents of this draft are deleted. Only you have seen them. This cannot be "
            "undone."
        ),
        button=_("Delete the draft"),
        style="danger",
    )
    return confirm(
        request,
        application,
        verb,
        steps=[("stakeholders:register", _("Register"))],
        about=application,
        back_text=pgettext("an application", "Keep the application"),
        done_at="stakeholders:register",
    )


@act_view()
def remove_paper(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    application = _own_application(request, pk)
    stored = get_object_or_404(Paper.objects.visible_to(request.user), pk=paper, application=application)
    with refusal_as_error(request):
        applications_actions.remove_paper(stored, actor=request.user)
        messages.success(request, _("The document is removed."))
    return redirect("stakeholders:step", pk, "papers") if application.is_draft else redirect(application)


# --- A registration that begins with what a public register says -------------------------------------


@form_view()
def find(request: SignedIn, pk: int) -> HttpResponse:
    """Search the entries that the person may see; a POST fills in the draft from an unclaimed one."""
    mine = Application.objects.visible_to(request.user).filter(applicant=request.user.pk, kind=Kind.ACADEMIA)
    application = get_object_or_404(mine, pk=pk)
    if not application.is_draft:
        return redirect("stakeholders:application", pk)
    if request.method == "POST":
        return _fill(request, application)
    has_query = "q" in request.GET
    form = FindForm(request.GET if has_query else None)
    entries = []
    if form.is_valid():
        spend("stakeholders.prefill", str(request.user.pk), most=120, seconds=3600)
        entries = find_in_register(request.user, form.cleaned_data["q"])
    context = {
        "application": application,
        "form": form,
        "entries": entries,
        "has_searched": has_query and form.is_valid(),
    }
    return render(request, "stakeholders/submission/prefill.html", context)


def _fill(request: HttpRequest, application: Application) -> HttpResponse:
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise Http404
    unclaimed = register_entries(request.user).filter(status=Status.LISTED)
    entry = get_object_or_404(unclaimed, pk=form.cleaned_data["entry"])
    with refusal_as_error(request):
        applications_actions.save_answers(
            application,
            actor=request.user,  # type: ignore[arg-type]  # login_required
            version=form.cleaned_data["version"],
            answers=answers_of(entry),
        )
        messages.success(request, _("Filled in. Please check what the register says about you."))
    return redirect("stakeholders:step", application.pk, "who")
