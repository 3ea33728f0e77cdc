"""Grants and courses: the page of each, suggesting, and what the team does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.enums import Role
from accounts.people.requests import SignedIn
from coordination.offerings import actions
from coordination.offerings.enums import MINUTES_EACH, OfferingStatus
from coordination.offerings.forms import SUGGESTION, BeginForm, DeclineForm, NoteForm
from coordination.offerings.models import Offering, OfferingTask
from coordination.offerings.queries import STATES, desk_rows, figures, is_on, last_answer
from core.drafts import Gap
from core.forms import refusal_on
from core.views import act_page, refusal_as_warning
from resources.links.queries import broken_addresses
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import holding_on
from workflow.moves.queries import moves_open_to
from workflow.writing.views import DraftPages, Verb, confirm

PER_PAGE = 25
CRUMBS = "coordination/offerings/_crumbs.html"


def visible_offering(request: HttpRequest, pk: int) -> Offering:
    rows = Offering.objects.visible_to(request.user).select_related(
        "language", "suggested_by", "suggested_for"
    )
    return get_object_or_404(rows, pk=pk)


@page_view(public=True)
def offering_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything about it; to its people and the team also its status and what they can do."""
    offering = visible_offering(request, pk)
    user: Any = request.user
    is_own = user.has_perm("coordination.write_offering", offering)
    at_desk = user.has_perm("coordination.curate_offerings")
    context = {
        "offering": offering,
        "topics": list(offering.topics.in_order()),
        "places": [*offering.regions.in_order(), *offering.countries.in_order()],
        "is_broken": offering.link in broken_addresses(),
        "is_own": is_own,
        "at_desk": at_desk,
        "moves": moves_open_to(user, offering) if user.is_authenticated else [],
        "answer": last_answer(offering) if is_own or at_desk else None,
        "holding": holding_on(offering) if is_own and offering.status == OfferingStatus.SENT else None,
    }
    return render(request, "coordination/offerings/offering.html", context)


# --- Suggesting -------------------------------------------------------------------------------------------
@page_view()
def own(request: SignedIn) -> HttpResponse:
    rows = Offering.objects.of_people(request.user)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_suggest": is_on() and request.user.has_perm("coordination.suggest_offering"),
    }
    return render(request, "coordination/offerings/own.html", context)


@form_view(permission="coordination.suggest_offering", fresh=True)
def new(request: SignedIn) -> HttpResponse:
    """Choose what is suggested and in whose name. A POST begins the draft."""
    if not is_on():
        raise Http404
    user = request.user
    alone = user.has_role(Role.REGIONAL, Role.CURATION)
    form = BeginForm(request.POST or None, stakeholders=list(written_for_by(user)), alone=alone)
    if request.method == "POST" and form.is_valid():
        offering = actions.begin(form.cleaned_data["kind"], actor=user, stakeholder=form.chosen())
        return redirect("offerings:write", offering.pk)
    return act_page(
        request,
        form,
        heading=_("Suggest a grant or a course"),
        crumbs=CRUMBS,
        lead=_("It takes about five minutes. The WhatsOn team checks it before it is listed."),
        button=_("Begin"),
        back="offerings:own",
        back_text=_("Your suggestions"),
    )


class SuggestionPages(DraftPages):
    """Its page says how it stands once it is sent; nothing is handed in that needs a receipt."""

    draft = SUGGESTION
    name = "offering"
    folder = "coordination/offerings"
    write_at = "offerings:write"
    check_at = "offerings:check"
    is_sent = gettext_lazy("This suggestion has been sent.")

    def own(self, request: HttpRequest, pk: int) -> Offering:
        offering = get_object_or_404(Offering.objects.of_people(request.user), pk=pk)
        user: Any = request.user
        if not user.has_perm("coordination.write_offering", offering):
            raise Http404
        return offering

    def write_context(self, request: HttpRequest, row: Offering) -> dict[str, Any]:
        return {"offering": row}

    def check_context(self, request: HttpRequest, row: Offering, gaps: list[Gap]) -> dict[str, Any]:
        return {
            "offering": row,
            "topics": list(row.topics.in_order()),
            "places": [*row.regions.in_order(), *row.countries.in_order()],
        }

    def send(self, request: HttpRequest, row: Offering) -> None:
        actions.send(row, actor=request.user)  # type: ignore[arg-type]  # signed in by `check`

    def sent_text(self, request: HttpRequest, row: Offering) -> str:
        return _("It has been submitted. You will be informed of the decision by e-mail.")

    def receipt_page(self, row: Offering, receipt: Any) -> HttpResponse:
        return redirect(row)


PAGES = SuggestionPages()


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    return PAGES.write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    return PAGES.autosave(request, pk)


@form_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    return PAGES.check(request, PAGES.own(request, pk))


@form_view(fresh=True)
def discard(request: SignedIn, pk: int) -> HttpResponse:
    offering = PAGES.own(request, pk)
    if not offering.is_written:
        return redirect(offering)
    verb = Verb(
        actions.discard,
        done=_("The draft is deleted."),
        heading=_("Delete the draft"),
        text=_("What you wrote is deleted for good."),
        button=_("Delete the draft"),
        style="danger",
    )
    return confirm(request, offering, verb, crumbs=CRUMBS, about=str(offering), done_at="offerings:own")


@act_view()
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    offering = PAGES.own(request, pk)
    with refusal_as_warning(request):
        actions.take_back(offering, actor=request.user)
        messages.success(request, _("It is a draft of yours again."))
    return redirect(offering)


# --- The desk ---------------------------------------------------------------------------------------------
@form_view(permission="coordination.curate_offerings")
def desk(request: SignedIn) -> HttpResponse:
    """Show suggestions and what is listed, what it adds to the work, and the switch, which a POST moves."""
    if request.method == "POST":
        if "on" in request.POST:
            actions.turn_on(actor=request.user)
            messages.success(request, _("Grants and courses are listed now."))
        elif "off" in request.POST:
            actions.turn_off(actor=request.user)
            messages.success(request, _("Grants and courses are no longer listed."))
        return redirect("offerings:desk")
    state = request.GET.get("state", "")
    state = state if state in STATES else "waiting"
    labels = {
        "waiting": _("Waiting for a decision"),
        "open": _("Listed now"),
        "closed": _("Closed"),
        "declined": _("Declined or taken out"),
    }
    context = {
        "state": state,
        "states": list(labels.items()),
        "page": Paginator(desk_rows(request.user, state), PER_PAGE).get_page(request.GET.get("page")),
        "query": {"state": state},
        "figures": figures(request.user),
        "minutes": MINUTES_EACH,
        "task": OfferingTask.objects.held().select_related("holder").first(),
    }
    return render(request, "coordination/offerings/desk.html", context)


_FORMS: dict[str, Callable[..., Any]] = {"return": NoteForm, "decline": DeclineForm, "remove": DeclineForm}


@form_view(permission="coordination.curate_offerings", fresh=True)
def decide(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Return, decline or take out, with a reason that its suggester reads."""
    offering = visible_offering(request, pk)
    if name not in _FORMS or name not in dict(moves_open_to(request.user, offering)):
        raise Http404
    form = _FORMS[name](request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.decide(offering, name, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Recorded. Who suggested it gets an e-mail."))
            return redirect("offerings:desk")
    move = Offering.MOVES[name]
    return act_page(
        request,
        form,
        heading=move.label,
        crumbs=CRUMBS,
        about=offering.title,
        language=offering.language_id,
        button=move.label,
        style=move.style,
        back=offering,
        back_text=_("Leave it as it is"),
    )


@act_view(permission="coordination.curate_offerings", fresh=True)
def publish(request: SignedIn, pk: int) -> HttpResponse:
    offering = visible_offering(request, pk)
    with refusal_as_warning(request):
        actions.decide(offering, "publish", actor=request.user)
        messages.success(request, _("It is listed among the opportunities, and its followers are informed."))
        return redirect("offerings:desk")
    return redirect(offering)
