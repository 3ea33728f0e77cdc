"""Who has which role: the list, giving one, confirming it and ending it, and the roles of one person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.people.actions import confirm_grant, end_grant, grant_role
from accounts.people.decorators import form_view, page_view
from accounts.people.models import Grant, User
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.views import act_page, refusal_as_warning
from portal.roles.enums import Standing
from portal.roles.forms import GiveRoleForm, ListForm
from portal.roles.queries import describe, grants_in, grants_of, history_of

PER_PAGE = 50


@page_view(permission="portal.read_roles", fresh=True)
def role_list(request: SignedIn) -> HttpResponse:
    form = ListForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    words = filters.get("q") or ""
    standing = filters.get("status") or Standing.CURRENT.value
    page = Paginator(grants_in(standing, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "grants": describe(page.object_list, request.user),
        "words": words,
        "standing": standing,
        "standings": [(code, label, grants_in(code, words).count()) for code, label in Standing.choices],
        "query": urlencode({"q": words}) if words else "",
    }
    return render(request, "portal/roles/list.html", context)


@page_view(permission="portal.read_roles", fresh=True)
def person_roles(request: SignedIn, pk: int) -> HttpResponse:
    """The roles of one person, and what happened to those that they had."""
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "grants": describe(grants_of(person), request.user),
        "lines": history_of(person, request.user),
    }
    return render(request, "portal/roles/person.html", context)


@form_view(permission="portal.read_roles", fresh=True)
def give_role(request: SignedIn) -> HttpResponse:
    form = GiveRoleForm(request.POST or None, initial={"person": request.GET.get("person", "")})
    if request.method == "POST" and form.is_valid():
        person = form.chosen_person
        try:
            grant = grant_role(person, actor=request.user, **form.grant_fields())
        except DomainError as refusal:
            form.add_error("role", str(refusal))
        else:
            _tell_given(request, grant)
            return redirect("portal:person_roles", person.pk)
    return act_page(
        request,
        form,
        heading=_("Give a role"),
        lead=_(
            "An administrator who neither gives nor gets a role of the desk has to confirm it. The other "
            "roles work at once."
        ),
        steps=_steps(),
        button=_("Give the role"),
        back="portal:roles",
        back_text=_("Back without giving a role"),
        template="portal/roles/give.html",
    )


@form_view(permission="portal.read_roles", fresh=True)
def confirm_role(request: SignedIn, pk: int) -> HttpResponse:
    grant = _grant(request, pk, "accounts.confirm_grant")
    if request.method == "POST":
        with refusal_as_warning(request):
            confirm_grant(grant, actor=request.user)
            messages.success(request, _("The role is confirmed. The person can use it now."))
        return redirect("portal:person_roles", grant.user_id)
    return _act(
        request,
        grant,
        heading=_("Confirm the role"),
        text=_("You are the second person: check that this person should have the role."),
        button=_("Confirm the role"),
        back_text=_("Back without confirming"),
    )


@form_view(permission="portal.read_roles", fresh=True)
def end_role(request: SignedIn, pk: int) -> HttpResponse:
    """End a role, or decline one that waits for its confirmation."""
    grant = _grant(request, pk, "accounts.end_grant")
    waits = grant.confirmed_at is None
    if request.method == "POST":
        with refusal_as_warning(request):
            end_grant(grant, actor=request.user)
            done = _("The role is declined.") if waits else _("The role has ended.")
            messages.success(request, done)
        return redirect("portal:person_roles", grant.user_id)
    if waits:
        words = {
            "heading": _("Decline the role"),
            "text": _("The person does not get the role. It can be given again."),
            "button": _("Decline the role"),
            "back_text": _("Back without declining"),
        }
    else:
        words = {
            "heading": _("End the role"),
            "text": _("It stops at once, and the person's access tokens with it. It can be given again."),
            "button": _("End the role"),
            "back_text": _("Back without ending the role"),
        }
    return _act(request, grant, style="danger", **words)


def _grant(request: SignedIn, pk: int, permission: str) -> Grant:
    grant = get_object_or_404(Grant.objects.select_related("user", "granted_by"), pk=pk)
    if not request.user.has_perm(permission, grant):
        raise Http404
    return grant


def _act(request: SignedIn, grant: Grant, **words: Any) -> HttpResponse:
    described: Any = describe([grant], request.user)[0]
    facts = [grant.get_role_display(), described.place or grant.get_scope_kind_display()]
    if grant.granted_by:
        facts.append(_("Given by %(name)s") % {"name": grant.granted_by})
    if described.last_day:
        facts.append(_("Until %(day)s") % {"day": described.last_day})
    return act_page(
        request,
        about=f"{grant.user} ({grant.user.email})",
        lead=" · ".join(map(str, facts)),
        steps=_steps(),
        back="portal:roles",
        **words,
    )


def _steps() -> list[tuple[Any, Any]]:
    return [("portal:desk", _("Desk")), ("portal:roles", _("People and roles"))]


def _tell_given(request: SignedIn, grant: Grant) -> None:
    if grant.confirmed_at is None:
        text = _("The role takes effect once an administrator other than you and %(name)s confirms it.")
        messages.warning(request, text % {"name": grant.user})
    else:
        messages.success(request, _("The role is given. The person can use it now."))
