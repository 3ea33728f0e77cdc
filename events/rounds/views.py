"""The desk's pages of one round: its rules, more time, a second proposal, who reviews what, whom to trust."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import refusal_as_warning
from events.events.models import Event
from events.proposals.models import ProposalRound, ReviewArea
from events.proposals.queries_reviewers import reviewers
from events.rounds import actions
from events.rounds.forms import AreaForm, EndTrustForm, RoundForm, SecondForm, TimeForm, TrustForm
from events.rounds.models import TrustedProposer
from stakeholders.entries.models import Stakeholder
from workflow.windows.models import Extension


def the_event(request: SignedIn, pk: int) -> Event:
    if not request.user.has_perm("events.run_events"):
        raise Http404
    return get_object_or_404(Event.objects.visible_to(request.user).select_related("language"), pk=pk)


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """The rules of the round."""
    event = the_event(request, pk)
    rules = ProposalRound.objects.filter(event=event).first()
    form = RoundForm(request.POST or None, event=event, rules=rules)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.set_up(
                event, actor=request.user, values=form.values(), themes=form.cleaned_data["themes"]
            )
            messages.success(request, _("The round is saved."))
            return redirect("eventdesk:round", pk)
    return _page(request, event, rules, form=form)


FORMS: dict[str, Any] = {
    "time": lambda data, rules: TimeForm(data, rules=rules, prefix="time"),
    "second": lambda data, rules: SecondForm(data, prefix="second"),
    "area": lambda data, rules: AreaForm(data, rules=rules, prefix="area"),
    "trust": lambda data, rules: TrustForm(data, prefix="trust"),
}


def _page(request: SignedIn, event: Event, rules: ProposalRound | None, **bound: Any) -> HttpResponse:
    forms = (
        {name: bound.get(name) or make_form(None, rules) for name, make_form in FORMS.items()}
        if rules
        else {}
    )
    context = {
        "event": event,
        "rules": rules,
        "form": bound.get("form") or RoundForm(event=event, rules=rules),
        "forms": forms,
        "wrong": next((form for form in bound.values() if form.errors), None),
        "areas": ReviewArea.objects.filter(event=event).select_related("reviewer", "theme", "region"),
        "extensions": _extensions(rules) if rules else [],
        "trusted": TrustedProposer.objects.filter(ended_at=None).select_related("stakeholder", "given_by"),
        "end_trust": EndTrustForm(),
    }
    return render(request, "events/rounds/round.html", context)


def _extensions(rules: ProposalRound) -> list[tuple[Extension, str]]:
    """Return each extension with the name of who has more time."""
    rows = list(Extension.objects.about(rules))
    pks = [int(extension.party.partition(":")[2]) for extension in rows]
    names = dict(Stakeholder.objects.filter(pk__in=pks).values_list("pk", "name"))
    return [(extension, names.get(pk, "")) for extension, pk in zip(rows, pks, strict=True)]


@act_view(fresh=True)
def act_on(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One of the small forms beside the rules."""
    event = the_event(request, pk)
    rules = get_object_or_404(ProposalRound.objects.select_related("event"), event=event)
    if name not in FORMS:
        raise Http404
    form = FORMS[name](request.POST, rules)
    if not form.is_valid():
        return _page(request, event, rules, **{name: form})
    with refusal_on(form):
        done = _do(name, event, rules, form.cleaned_data, request.user)
        messages.success(request, done)
        return redirect("eventdesk:round", pk)
    return _page(request, event, rules, **{name: form})


def _do(name: str, event: Event, rules: ProposalRound, cleaned: Any, actor: Any) -> str:
    """Do the act of one form and return the message for the person. Raises as the acts do."""
    if name == "time":
        actions.give_time(
            rules, cleaned["stakeholder"], actor=actor, until=cleaned["until"], reason=cleaned["reason"]
        )
        return _("Given. Its administrators get an e-mail; it is not shown to others.")
    if name == "second":
        actions.allow_second(event, cleaned["stakeholder"], actor=actor, note=cleaned["note"])
        return _("Allowed. A draft is ready for its administrators, who get an e-mail.")
    if name == "trust":
        actions.trust(cleaned["stakeholder"], actor=actor, note=cleaned["note"])
        return _("From now on its proposals need no checklist.")
    reviewer = reviewers().get(pk=cleaned["reviewer"])
    actions.set_area(event, actor=actor, reviewer=reviewer, theme=cleaned["theme"], region=cleaned["region"])
    return _("Saved. Unassigned and new proposals go to this person.")


@act_view()
def drop_area(request: SignedIn, pk: int, area: int) -> HttpResponse:
    event = the_event(request, pk)
    actions.drop_area(get_object_or_404(ReviewArea, pk=area, event=event), actor=request.user)
    messages.success(request, _("Taken out."))
    return redirect("eventdesk:round", pk)


@act_view()
def end_trust(request: SignedIn, pk: int, trusted: int) -> HttpResponse:
    event = the_event(request, pk)
    row = get_object_or_404(TrustedProposer, pk=trusted)
    form = EndTrustForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason why the trust ends."))
    else:
        with refusal_as_warning(request):
            actions.end_trust(row, actor=request.user, note=form.cleaned_data["note"])
            messages.success(request, _("Its proposals are checked against the checklist again."))
    return redirect("eventdesk:round", event.pk)
