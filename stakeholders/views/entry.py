"""Changing an entry: what its own people change at once, and what they ask the desk to change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.forms import blame
from stakeholders.actions import changes as act
from stakeholders.enums.changes import parts_of
from stakeholders.forms.entry import EntryForm, PartForm, VettedForm
from stakeholders.forms.rows import wants_rows
from stakeholders.models import Stakeholder
from stakeholders.queries.changes import changes_visible_to
from stakeholders.views.members import managed


def _edited(request: HttpRequest, pk: int) -> Stakeholder:
    stakeholder = managed(request, pk)
    if not request.user.has_perm("stakeholders.change_stakeholder", stakeholder):
        raise Http404
    return stakeholder


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """What may be changed at once."""
    stakeholder = _edited(request, pk)
    form = EntryForm(request.POST or None, stakeholder=stakeholder)
    return _changed_at_once(request, stakeholder, form, _("Change the entry"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: SignedIn, pk: int, part: str) -> HttpResponse:
    """One of the further pages of what may be changed at once."""
    stakeholder = _edited(request, pk)
    label = dict(parts_of(stakeholder.kind)).get(part)
    if label is None:
        raise Http404
    form = PartForm(request.POST or None, stakeholder=stakeholder, part=part)
    return _changed_at_once(request, stakeholder, form, label)


def _changed_at_once(
    request: SignedIn, stakeholder: Stakeholder, form: EntryForm, heading: Any
) -> HttpResponse:
    """Save what was sent; where that cannot be, or a row was added, the page with all that was typed."""
    pk = stakeholder.pk
    if request.method == "POST" and not wants_rows(request.POST) and form.is_valid():
        try:
            act.edit(
                stakeholder, actor=request.user, version=form.cleaned_data["version"], answers=form.answers()
            )
        except DomainError as refusal:
            blame(form, refusal)
            if isinstance(refusal, WrongState):
                form.renew(Stakeholder.objects.get(pk=pk))
        else:
            messages.success(request, _("The entry is changed."))
            return redirect("stakeholders:manage", pk)
    return render(
        request,
        "stakeholders/manage/edit.html",
        {"stakeholder": stakeholder, "form": form, "heading": heading},
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedIn, pk: int) -> HttpResponse:
    """What the desk has judged: a change is asked for, and the page keeps the approved values meanwhile."""
    stakeholder = _edited(request, pk)
    if changes_visible_to(request.user).filter(subject_id=pk, status="proposed").exists():
        messages.info(request, _("A change already waits for the desk. It is decided on first."))
        return redirect("stakeholders:manage", pk)
    form = VettedForm(request.POST or None, stakeholder=stakeholder)
    if request.method == "POST" and form.is_valid():
        try:
            act.propose(stakeholder, actor=request.user, answers=form.answers())
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("The desk looks at the change. Until it agrees, the page stays as it is.")
            )
            return redirect("stakeholders:manage", pk)
    return render(request, "stakeholders/manage/propose.html", {"stakeholder": stakeholder, "form": form})


@login_required
@require_POST
def withdraw_change(request: SignedIn, pk: int, change: int) -> HttpResponse:
    stakeholder = managed(request, pk)
    one: Any = get_object_or_404(
        changes_visible_to(request.user).filter(subject_id=stakeholder.pk), pk=change
    )
    if not request.user.has_perm("workflow.withdraw_changerequest", one):
        raise Http404
    try:
        act.decide(one, "withdraw", actor=request.user)
        messages.success(request, _("The change is withdrawn; the entry stays as it is."))
    except WrongState as late:
        messages.warning(request, str(late))
    return redirect("stakeholders:manage", pk)
