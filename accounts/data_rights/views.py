"""What is known of oneself: take it along, or leave."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.data_rights.actions import Blocked, ask_copy, delete_account
from accounts.data_rights.forms import CopyForm, LeaveForm
from accounts.data_rights.models import DataExport
from accounts.data_rights.queries import blockers_of, days_of, parts_of
from accounts.hooks import End, sections
from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.partial_pages import render_state


@page_view(fresh=True)
def data(request: SignedIn) -> HttpResponse:
    """Where the two ways begin."""
    return render(request, "accounts/data_rights/page.html", {"days": days_of("accounts.data_export")})


@form_view(fresh=True)
def copies(request: SignedIn) -> HttpResponse:
    """One's own copies; a POST asks for one more."""
    form = CopyForm(request.POST if request.method == "POST" else None)
    person = request.user
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["sections"]
            return redirect(ask_copy(actor=person, chosen=chosen, language=get_language() or "en"))
        except DomainError as refusal:
            _blame(form, refusal)
    exports = DataExport.objects.visible_to(person).lasting()
    return render(
        request,
        "accounts/data_rights/copies.html",
        {"form": form, "copies": exports, "days": days_of("accounts.data_export")},
    )


@page_view(fresh=True)
def copy(request: SignedIn, pk: int) -> HttpResponse:
    """How far a copy is, and its archive; htmx asks the same address for the part that changes."""
    export = get_object_or_404(DataExport.objects.visible_to(request.user).lasting(), pk=pk)
    chosen = [sections[name].label for name in export.sections if name in sections]
    context = {"export": export, "chosen": chosen, "total": len(export.sections)}
    return render_state(request, "accounts/data_rights/copy.html", context, target="copy")


@form_view(fresh=True)
@reauthentication_required(allow_get=True)
def leave(request: SignedIn) -> HttpResponse:
    """What goes, what stays, what stands in the way; a POST by somebody who has just shown who they are."""
    person = request.user
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(person, actor=person)
        except Blocked:
            pass  # the page names what stands in the way
        except WrongState as refusal:
            messages.error(request, str(refusal))
            return redirect("rights:delete")
        else:
            logout(request)
            messages.success(
                request,
                _("Your account is deleted. We have sent a last e-mail to your address to confirm it."),
            )
            return redirect("portal:home")
    parts = parts_of(person)
    context = {
        "form": form,
        "blockers": blockers_of(person),
        "erased_parts": parts[End.ERASED],
        "nameless_parts": parts[End.WITHOUT_NAME],
    }
    return render(request, "accounts/data_rights/leave.html", context)


def _blame(form: CopyForm, refusal: DomainError) -> None:
    for field, text in (refusal.fields or {"": str(refusal)}).items():
        form.add_error(field or None, text)
