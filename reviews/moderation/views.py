"""Where contributions are screened: the queue, and one page with everything that was sent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, page_view
from accounts.people.requests import SignedIn
from audit.actions import record
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import refusal_on, renew_version
from core.spreadsheets import Table, filters_of, table_response
from core.views import refusal_as_warning
from notifications.delivery.preview import letter_of
from reviews.call_desk.views import the_call
from reviews.calls.models import Call
from reviews.contributions.enums import CONSEQUENCES_TOLD, Visibility
from reviews.contributions.models import Contribution, ScreeningRule
from reviews.contributions.queries import for_page, is_alone, questions_with_answers, words_of
from reviews.moderation import actions, queries
from reviews.moderation.files import columns_of, with_answers
from reviews.moderation.forms import AcceptForm, DeclineForm, QueueFilter, ReturnForm, SentFilter
from workflow.items.forms import assign_form
from workflow.items.queries import holding_of, item_of, next_case
from workflow.moves.enums import BarButton
from workflow.moves.queries import is_recused, moves_open_to
from workflow.receipts.models import Receipt

PER_PAGE, BATCH = 25, 200
HOLDING = ("take", "release", "assign")
FORMS: dict[str, Any] = {
    "publish": AcceptForm,
    "keep": AcceptForm,
    "return": ReturnForm,
    "decline": DeclineForm,
}


def _must_screen(request: HttpRequest) -> None:
    if not request.user.has_perm("reviews.screen_contributions"):
        raise Http404


def _sent_contribution(request: HttpRequest, pk: int) -> Contribution:
    """Return a contribution that was sent; 404 for those who do not screen."""
    _must_screen(request)
    contributions = for_page(Contribution.objects.visible_to(request.user).exclude(submitted_at=None))
    return get_object_or_404(contributions, pk=pk)


@page_view(permission="reviews.screen_contributions")
def queue(request: SignedIn) -> HttpResponse:
    """What waits for the desk, the longest waiting first."""
    filters = QueueFilter(request.GET, queryset=queries.queue(request.user), request=request)
    items = filters.qs if filters.is_valid() else filters.queryset.none()
    page_of = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page_of,
        "rows": queries.with_contributions(page_of.object_list),
        "filtered": any(request.GET.get(name) for name in filters.filters),
    }
    return render(request, "reviews/moderation/queue.html", context)


@page_view()
def of_call(request: SignedIn, pk: int) -> HttpResponse:
    """Every contribution that was sent to one call, however it stands, with filters."""
    call = the_call(request, pk, "reviews.keep_call")
    filters = _sent_filter(request, call)
    context = {
        "call": call,
        "filters": filters,
        "filtered": any(request.GET.get(name) for name in filters.filters),
        "page": Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reviews/moderation/of_call.html", context)


def _sent_filter(request: SignedIn, call: Call) -> SentFilter:
    return SentFilter(request.GET, queryset=queries.sent_to(call, request.user), request=request)


@page_view(fresh=True)
def file(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """The same contributions with all answers, as CSV or as a workbook. Logged."""
    call = the_call(request, pk, "reviews.keep_call")
    filters = _sent_filter(request, call)
    rows = with_answers(filters.qs).iterator(chunk_size=BATCH)
    record(call, "reviews.call.export", actor=request.user)
    table = Table(
        f"contributions-{call.pk}",
        _("Contributions"),
        columns_of(call),
        page=reverse("calldesk:contributions", args=[call.pk]),
        filters=filters_of(filters.form),
        notes=[(_("Call for contributions"), call.told_title[0])],
    )
    return table_response(form, table, rows)


@page_view()
def page(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _sent_contribution(request, pk))


def _page(
    request: HttpRequest, contribution: Contribution, letters: Any = None, **bound: Form
) -> HttpResponse:
    """Render all that was sent, earlier requests with their answers, and the forms of the decisions."""
    recused = is_recused(request.user, contribution)
    item = item_of(contribution)
    offered = _offered_acts(request.user, contribution)
    acts = [
        (
            button,
            bound.get(button.name) or FORMS[button.name](contribution=contribution, prefix=button.name),
            (letters or {}).get(button.name),
        )
        for button in _buttons(offered, contribution)
    ]
    requests = queries.with_labels(queries.requests_on(contribution), contribution)
    context = {
        "contribution": contribution,
        "call": contribution.call,
        "answers": questions_with_answers(contribution),
        "words": words_of(contribution),
        "consequence": CONSEQUENCES_TOLD.get(contribution.visibility, ""),  # type: ignore[call-overload]
        "alone": contribution.visibility == Visibility.UNNAMED and is_alone(contribution.stakeholder),
        "open_requests": [
            (label, item_request) for label, item_request in requests if item_request.answered_at is None
        ],
        "answered_requests": [
            (label, item_request) for label, item_request in requests if item_request.answered_at is not None
        ],
        "notes": queries.notes_on(contribution),
        "receipts": Receipt.objects.about(contribution),
        "item": item,
        "holding": holding_of(item) if item is not None else None,
        "next_case": next_case(request.user, contribution, Contribution.objects.visible_to(request.user)),
        "recused": recused,
        "bar": [button for button, _form, _letter in acts],
        "acts": acts,
        "assign_form": bound.get("assign") or assign_form(item),
        "by_author": True,
        "lines": timeline(contribution, request.user),
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "reviews/moderation/contribution.html", context)


def _offered_acts(user: Any, contribution: Contribution) -> list[str]:
    moves = dict(moves_open_to(user, contribution))
    return [name for name in FORMS if name in moves and _fits(name, contribution)]


def _buttons(offered: list[str], contribution: Contribution) -> list[BarButton]:
    """Return the name and the look of each act that is offered, for the bar and for the panel."""
    buttons = []
    for name in offered:
        move = contribution.MOVES[name]
        is_again = name == "return" and contribution.status == "returned"
        label = _("Ask again, or give more time") if is_again else move.label
        buttons.append(BarButton.to_form(name, label, move.style))
    return buttons


def _fits(name: str, contribution: Contribution) -> bool:
    """What its author keeps for the desk is kept, and the rest is published: only one of them is offered."""
    if name == "publish":
        return contribution.visibility != Visibility.DESK
    return name != "keep" or contribution.visibility == Visibility.DESK


@act_view()
def act_on(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One act of the desk: take, release, publish, keep, return or decline."""
    contribution = _sent_contribution(request, pk)
    if name in HOLDING:
        return _hold(request, contribution, name)
    if name not in FORMS:
        raise Http404
    if name not in _offered_acts(request.user, contribution):
        messages.warning(request, _("This decision is not possible now. Please check the status."))
        return redirect("calldesk:contribution", pk)
    return _decide(request, contribution, name)


def _decide(request: SignedIn, contribution: Contribution, name: str) -> HttpResponse:
    """Make the decision of a form, or show its e-mail first."""
    pk = contribution.pk
    form = FORMS[name](request.POST, contribution=contribution, prefix=name)
    if not form.is_valid():
        return _page(request, contribution, **{name: form})
    try:
        if "preview" in request.POST:
            letter = letter_of(lambda: _do(name, contribution, form, request.user), about=contribution)
            return _page(request, _sent_contribution(request, pk), {name: letter}, **{name: form})
        done = _do(name, contribution, form, request.user)
    except WrongState as late:
        return _show_too_late(request, pk, name, str(late))
    except DomainError as refusal:
        form.add_error(None, " ".join([str(refusal), *refusal.fields.values()]).strip())
        return _page(request, contribution, **{name: form})
    else:
        messages.success(request, done)
    return redirect("calldesk:contribution", pk)


def _show_too_late(request: HttpRequest, pk: int, name: str, why: str) -> HttpResponse:
    """The text as it is now, with all that was typed; sending it again is a choice made with open eyes."""
    contribution = _sent_contribution(request, pk)
    if name not in _offered_acts(request.user, contribution):
        messages.warning(request, why)
        return redirect("calldesk:contribution", pk)
    form = FORMS[name](request.POST, contribution=contribution, prefix=name)
    renew_version(form, contribution.version, "seen")
    form.add_error(None, why)
    return _page(request, contribution, **{name: form})


def _hold(request: SignedIn, contribution: Contribution, name: str) -> HttpResponse:
    if name == "assign":
        return _assign(request, contribution)
    with refusal_as_warning(request):
        if name == "take":
            actions.take(contribution, actor=request.user)
            messages.success(request, _("The contribution is assigned to you; colleagues see that."))
        else:
            actions.put_back(contribution, actor=request.user)
            messages.success(request, _("The contribution is unassigned."))
    return redirect("calldesk:contribution", contribution.pk)


def _assign(request: SignedIn, contribution: Contribution) -> HttpResponse:
    form = assign_form(item_of(contribution), request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        with refusal_on(form):
            actions.assign(contribution, actor=request.user, to=form.cleaned_data["to"])
            messages.success(request, _("Reassigned to %(name)s.") % {"name": form.cleaned_data["to"]})
            return redirect("calldesk:contribution", contribution.pk)
    return _page(request, contribution, assign=form)


def _do(name: str, contribution: Contribution, form: Any, actor: Any) -> str:
    """Act, and say what was done. Raises as the acts do."""
    given = form.cleaned_data
    common = {"actor": actor, "note": given["note"], "version": given["seen"]}
    if name == "publish":
        actions.publish(contribution, checked=form.checked_rules(), **common)
        return _("Published as its author chose. They get an e-mail.")
    if name == "keep":
        actions.keep(contribution, checked=form.checked_rules(), **common)
        return _("Accepted for the desk. Its author gets an e-mail.")
    if name == "return":
        actions.return_with_questions(contribution, requests=form.requests(), days=given["days"], **common)
        return _("Returned. Its author gets an e-mail; the time limit is paused until the answer comes.")
    actions.decline(contribution, rule=given["rule"], **common)
    return _("Declined. Its author gets an e-mail with the rule and your note.")


@page_view(public=True)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of screening as everybody reads them, with where they come from."""
    screening_rules = ScreeningRule.objects.visible_to(request.user).in_use().in_order()
    return render(request, "reviews/moderation/rules.html", {"rules": screening_rules})
