"""Changing an entry: its own people's pages, and the desk's."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.forms import blame, refusal_on, renew_version, wants_rows
from core.views import act_page
from notifications.delivery.preview import Letter, letter_of
from stakeholders.applications.queries import likely_matches
from stakeholders.changes import actions
from stakeholders.changes.enums import parts_of
from stakeholders.changes.forms import (
    ApproveChangeForm,
    EntryForm,
    HideForm,
    PartForm,
    RefuseChangeForm,
    VettedForm,
)
from stakeholders.changes.queries import (
    changes_visible_to,
    proposed_entry,
    published_of,
    rows_of,
    waiting_changes,
    with_stakeholders,
)
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.views import edited_entry, managed_entry, words_about
from stakeholders.hooks import published_by
from workflow.changes.models import ChangeRequest
from workflow.items.queries import next_case
from workflow.moves.enums import Move, MoveForm
from workflow.moves.queries import decisions_on, moves_open_to


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """What may be changed at once."""
    stakeholder = edited_entry(request, pk)
    form = EntryForm(request.POST or None, stakeholder=stakeholder)
    return _save_at_once(request, stakeholder, form, _("Edit the profile"))


@form_view(fresh=True)
def edit_part(request: SignedIn, pk: int, part: str) -> HttpResponse:
    """One of the further pages of what may be changed at once."""
    stakeholder = edited_entry(request, pk)
    label = dict(parts_of(stakeholder.kind)).get(part)
    if label is None:
        raise Http404
    form = PartForm(request.POST or None, stakeholder=stakeholder, part=part)
    return _save_at_once(request, stakeholder, form, label)


def _save_at_once(request: SignedIn, stakeholder: Stakeholder, form: EntryForm, heading: Any) -> HttpResponse:
    """Save what was sent; if that fails, or a row was added, render the page with all that was typed."""
    pk = stakeholder.pk
    if request.method == "POST" and not wants_rows(request.POST) and form.is_valid():
        answers, before = form.answers(), stakeholder.listing
        wanted = answers.get("listing", before)
        hides = wanted in Listing.HIDDEN and before not in Listing.HIDDEN
        if hides:  # the next page says first what that means
            answers = {**answers, "listing": before}
        try:
            actions.edit(
                stakeholder, actor=request.user, version=form.cleaned_data["version"], answers=answers
            )
        except DomainError as refusal:
            blame(form, refusal)
            if isinstance(refusal, WrongState):
                renew_version(form, Stakeholder.objects.get(pk=pk).updated_at.isoformat())
        else:
            if hides:
                message = _("Your other answers are saved. The profile is hidden once you confirm it here.")
                messages.info(request, message)
                return redirect(f"{reverse('stakeholders:hide', args=[pk])}?listing={wanted}")
            messages.success(request, _("The profile has been changed."))
            return redirect("stakeholders:manage", pk)
    return render(
        request,
        "stakeholders/changes/edit.html",
        {"stakeholder": stakeholder, "form": form, "heading": heading},
    )


@form_view(fresh=True)
def hide(request: SignedIn, pk: int) -> HttpResponse:
    """Say what goes with the name and what cannot, and offer to take down what was published."""
    stakeholder = edited_entry(request, pk)
    published = published_of(request.user, stakeholder)
    wanted = request.GET.get("listing", "")
    initial = {"listing": wanted if wanted in Listing.HIDDEN else Listing.UNLISTED}
    form = HideForm(request.POST or None, published=published, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.hide(stakeholder, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The profile is hidden. Others no longer see its name."))
            return redirect("stakeholders:manage", pk)
    groups = [(published_by[name].label, rows) for name, rows in published.items()]
    context = {"stakeholder": stakeholder, "form": form, "groups": groups}
    return render(request, "stakeholders/changes/hide.html", context)


@form_view(fresh=True)
def propose(request: SignedIn, pk: int) -> HttpResponse:
    """What the desk has judged: a change is asked for, and the page keeps the approved values meanwhile."""
    stakeholder = edited_entry(request, pk)
    if changes_visible_to(request.user).filter(subject_id=pk, status="proposed").exists():
        messages.info(request, _("A change is already with the WhatsOn team. It is decided first."))
        return redirect("stakeholders:manage", pk)
    form = VettedForm(request.POST or None, stakeholder=stakeholder)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.propose(stakeholder, actor=request.user, answers=form.answers())
            messages.success(
                request, _("The change has been submitted. Until it is approved, the page stays as it is.")
            )
            return redirect("stakeholders:manage", pk)
    return act_page(
        request,
        form,
        heading=_("Ask for a change"),
        text=_(
            "These answers were verified, so they are checked again before they change. Until then the "
            "profile keeps its current values. You get an e-mail with the decision."
        ),
        button=_("Submit the change"),
        **words_about(stakeholder),
    )


@act_view()
def withdraw_change(request: SignedIn, pk: int, change: int) -> HttpResponse:
    stakeholder = managed_entry(request, pk)
    change_request: Any = get_object_or_404(
        changes_visible_to(request.user).filter(subject_id=stakeholder.pk), pk=change
    )
    if not request.user.has_perm("workflow.withdraw_changerequest", change_request):
        raise Http404
    try:
        actions.decide(change_request, "withdraw", actor=request.user)
        messages.success(request, _("The change is withdrawn; the profile is unchanged."))
    except WrongState as late:
        messages.warning(request, str(late))
    return redirect("stakeholders:manage", pk)


# --- The desk's pages about changes of vetted fields -------------------------------------------------

PER_PAGE = 25


@page_view(permission="stakeholders.vet_application")
def change_queue(request: SignedIn) -> HttpResponse:
    """Changes that wait for the desk, the oldest first."""
    page = Paginator(waiting_changes(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": with_stakeholders(page.object_list)}
    return render(request, "stakeholders/changes/queue.html", context)


@page_view(permission="stakeholders.vet_application")
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Before and after beside each other, who else is like that, and the decision."""
    return _page(request, _visible_change(request, pk))


def _visible_change(request: HttpRequest, pk: int) -> ChangeRequest:
    rows: Any = changes_visible_to(request.user).select_related("proposed_by")
    change_request: ChangeRequest = get_object_or_404(rows, pk=pk)
    return change_request


CHANGE_FORMS: dict[str, type[Form]] = {"approve": ApproveChangeForm, "refuse": RefuseChangeForm}


def _change_forms(
    change_request: ChangeRequest, moves: dict[str, Move], bound: dict[str, Form], letters: dict[str, Letter]
) -> list[MoveForm]:
    words: dict[str, tuple[str, str]] = {
        "approve": (
            _("Approve the change"),
            _("The profile shows the new values at once, and its people get an e-mail."),
        ),
        "refuse": (_("Decline the change"), ""),
    }
    return [
        MoveForm(
            name,
            move.label,
            move.style,
            bound.get(name) or CHANGE_FORMS[name](prefix=name),
            reverse("vetting:change_move", args=[change_request.pk, name]),
            *words[name],
            tells=True,
            letter=letters.get(name),
        )
        for name, move in moves.items()
        if name in CHANGE_FORMS
    ]


def _page(
    request: HttpRequest, change_request: ChangeRequest, letters: Any = None, **bound: Form
) -> HttpResponse:
    stakeholder = get_object_or_404(
        Stakeholder.objects.visible_to(request.user).select_related("country"), pk=change_request.subject_id
    )
    moves = dict(moves_open_to(request.user, change_request))
    move_forms = _change_forms(change_request, moves, bound, letters or {})
    alike = likely_matches(
        proposed_entry(stakeholder, change_request), Stakeholder.objects.exclude(pk=stakeholder.pk), most=10
    )
    context = {
        "change": change_request,
        "stakeholder": stakeholder,
        "rows": rows_of(change_request, stakeholder.kind),
        "matches": alike,
        "decisions": decisions_on(change_request),
        "next_case": next_case(request.user, change_request, changes_visible_to(request.user)),
        "bar": [move_form.button for move_form in move_forms],
        "move_forms": move_forms,
        "recused": change_request.status == "proposed" and "approve" not in moves,
        "wrong": any(form.errors for form in bound.values()),
    }
    return render(request, "stakeholders/changes/desk.html", context)


@act_view(permission="stakeholders.vet_application")
def change_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Approve or refuse."""
    change_request = _visible_change(request, pk)
    if name not in CHANGE_FORMS:
        raise Http404
    form = CHANGE_FORMS[name](request.POST, prefix=name)
    if not form.is_valid():
        return _page(request, change_request, **{name: form})
    user: Any = request.user

    def act() -> None:
        actions.decide(change_request, name, actor=user, note=form.cleaned_data["note"])  # type: ignore[arg-type]

    try:
        if "preview" in request.POST:
            letter = letter_of(act, about=Stakeholder(pk=change_request.subject_id))
            return _page(request, _visible_change(request, pk), {name: letter}, **{name: form})
        act()
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, change_request, **{name: form})
    else:
        messages.success(
            request,
            _("Approved. The profile shows the new values.")
            if name == "approve"
            else _("Declined. The profile is unchanged; its people get an e-mail with your note."),
        )
    return redirect("vetting:change", pk)
