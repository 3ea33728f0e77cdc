"""Plans of networks: read with their time line, built by coordinators, moved by those responsible."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.networks.enums import STEP_MOVES, NetworkKind, PlanKind
from coordination.networks.forms import StepNoteForm
from coordination.networks.models_parts import NetworkPlan, PlanGoal, PlanStep
from coordination.networks.views import coordinated_network, words_about
from coordination.plans import actions, queries
from coordination.plans.forms import GoalForm, PlanForm, StepForm
from core.errors import DomainError
from core.forms import refusal_on
from core.text import whole
from core.views import act_page, refusal_as_warning
from workflow.moves.queries import decisions_on, moves_open_to

COORDINATE, RUN = "coordination.coordinate_network", "coordination.run_networks"


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", ""), -1)


def _plan(request: HttpRequest, pk: int) -> NetworkPlan:
    """Return a plan that the person may change, or raise Http404."""
    plan = get_object_or_404(queries.plans_of(request.user), pk=pk)
    if not request.user.has_perm(COORDINATE, plan.network):
        raise Http404
    return plan


@page_view(public=True)
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(queries.plans_of(request.user), pk=pk)
    user: Any = request.user
    may_change = user.is_authenticated and user.has_perm(COORDINATE, plan.network)
    context = {
        "plan": plan,
        "network": plan.network,
        "time": queries.timeline_of(user, plan),
        "may_change": may_change,
        "lines": timeline(plan, user, as_subject=True)[:20] if may_change else [],
    }
    return render(request, "coordination/plans/plan.html", context)


@form_view(fresh=True)
def begin(request: SignedIn, pk: int) -> HttpResponse:
    network = coordinated_network(request, pk)
    kind = PlanKind.ROADMAP if network.kind == NetworkKind.VPI else PlanKind.WORK
    initial = {"language": network.language_id, "kind": kind}
    form = PlanForm(request.POST or None, network=network, initial=initial)
    if request.method == "POST" and form.is_valid():
        plan = actions.begin_plan(network, actor=request.user, values=form.values())
        messages.success(request, _("The plan has been created. Now add its objectives."))
        return redirect(plan)
    return act_page(request, form, heading=_("Begin a plan"), **words_about(network))


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = PlanForm(request.POST or None, instance=_plan(request, pk), network=plan.network)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_plan(
                plan, actor=request.user, values=form.values(), version=form.cleaned_data["version"] or 0
            )
            messages.success(request, _("Your changes are saved."))
            return redirect(plan)
    words = words_about(plan.network) | {
        "crumbs": "coordination/plans/_crumbs.html",
        "plan": plan,
        "back": plan,
    }
    return act_page(request, form, heading=_("Change the plan"), **words)


@form_view(fresh=True)
def goal(request: SignedIn, pk: int, goal_pk: int | None = None) -> HttpResponse:
    """Add an objective to a plan, or change the one with `goal_pk`."""
    plan = _plan(request, pk)
    goal = get_object_or_404(PlanGoal.objects.filter(plan=plan), pk=goal_pk) if goal_pk else None
    form = GoalForm(request.POST or None, plan=plan, instance=goal)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_goal(
                plan, goal, actor=request.user, values=form.values(), version=form.cleaned_data["version"]
            )
            messages.success(request, _("It is in the plan."))
            return redirect(plan)
    context = {"form": form, "network": plan.network, "plan": plan, "goal": goal}
    return render(request, "coordination/plans/goal.html", context)


@act_view()
def remove_goal(request: SignedIn, pk: int, goal_pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    goal = get_object_or_404(PlanGoal.objects.filter(plan=plan).select_related("plan__network"), pk=goal_pk)
    return _take_out(
        request, plan, lambda: actions.remove_goal(goal, actor=request.user, version=_version(request))
    )


@form_view(fresh=True)
def add_step(request: SignedIn, pk: int, goal_pk: int) -> HttpResponse:
    """Add a step under an objective."""
    plan = _plan(request, pk)
    under = get_object_or_404(PlanGoal.objects.filter(plan=plan), pk=goal_pk)
    return _step_form(request, plan, under, None)


@form_view(fresh=True)
def edit_step(request: SignedIn, pk: int) -> HttpResponse:
    step = get_object_or_404(queries.steps_of(request.user), pk=pk)
    return _step_form(request, _plan(request, step.goal.plan_id), step.goal, step)


def _step_form(request: SignedIn, plan: NetworkPlan, under: PlanGoal, step: PlanStep | None) -> HttpResponse:
    choices = queries.choices_of(plan.network, step)
    form = StepForm(
        request.POST or None,
        plan=plan,
        instance=step,
        choices=choices,
        names_states=request.user.has_perm(RUN),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_step(
                under,
                step,
                actor=request.user,
                version=form.cleaned_data["version"],
                values=form.values(),
                responsible=form.cleaned_data["responsible"],
            )
            messages.success(request, _("It is in the plan."))
            return redirect(step or plan)
    context = {"form": form, "network": plan.network, "plan": plan, "goal": under, "step": step}
    return render(request, "coordination/plans/step_form.html", context)


@act_view()
def remove_step(request: SignedIn, pk: int) -> HttpResponse:
    step = get_object_or_404(queries.steps_of(request.user), pk=pk)
    plan = _plan(request, step.goal.plan_id)
    return _take_out(
        request, plan, lambda: actions.remove_step(step, actor=request.user, version=_version(request))
    )


def _take_out(request: SignedIn, plan: NetworkPlan, take: Any) -> HttpResponse:
    with refusal_as_warning(request):
        take()
        messages.success(request, _("It is no longer in the plan."))
    return redirect(plan)


@page_view(public=True)
def step_page(request: HttpRequest, pk: int) -> HttpResponse:
    step = get_object_or_404(queries.steps_of(request.user), pk=pk)
    return _step_page(request, step)


def _step_page(
    request: HttpRequest, step: PlanStep, form: StepNoteForm | None = None, name: str = ""
) -> HttpResponse:
    user: Any = request.user
    moves = moves_open_to(user, step) if user.is_authenticated else []
    context = {
        "step": step,
        "plan": step.goal.plan,
        "network": step.goal.plan.network,
        "acts": [
            (
                key,
                move,
                form if key == name and form else StepNoteForm(required=move.needs_reason, prefix=key),
            )
            for key, move in moves
        ],
        "wrong": bool(form and form.errors),
        "may_change": user.is_authenticated and user.has_perm(COORDINATE, step.goal.plan.network),
        "decisions": decisions_on(step),
    }
    return render(request, "coordination/plans/step.html", context)


@act_view(fresh=True)
def move_step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    step = get_object_or_404(queries.steps_of(request.user), pk=pk)
    if name not in STEP_MOVES:
        raise Http404
    form = StepNoteForm(request.POST, required=STEP_MOVES[name].needs_reason, prefix=name)
    if not form.is_valid():
        return _step_page(request, step, form, name)
    try:
        actions.act(step, name, actor=request.user, note=form.cleaned_data["note"])
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. Everybody who reads the plan sees it."))
    return redirect(step)
