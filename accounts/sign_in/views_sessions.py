"""Where a person is signed in, and the buttons that end it."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, page_view
from accounts.people.requests import SignedIn
from accounts.sign_in.actions_sessions import end_other_sessions, end_session
from accounts.sign_in.queries_sessions import own_sessions


@page_view(fresh=True)
def sessions(request: SignedIn) -> HttpResponse:
    rows = own_sessions(request.user, request.session.session_key)
    return render(request, "accounts/sign_in/sessions.html", {"sessions": rows})


@act_view()
def end(request: SignedIn, pk: int) -> HttpResponse:
    rows = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    end_session(get_object_or_404(rows, pk=pk), actor=request.user)
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:sessions")


@act_view()
def end_others(request: SignedIn) -> HttpResponse:
    end_other_sessions(request.user, here=request.session.session_key)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("accounts:sessions")
