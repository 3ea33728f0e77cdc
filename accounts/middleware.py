"""What a signed-in person brings to every page: time zone, sleeping roles, consent asked once per version."""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.people.queries import current_versions, missing_consents, zone_of
from accounts.second_factor import sessions
from accounts.sign_in.actions_sessions import note_use
from accounts.single_sign_on.sessions import where_roles_work, withheld_roles

# Who covers which countries is public.
BACK_OFFICE = re.compile(r"^/[a-z]{2}/(desk|regional(?!/focal-points/)|admin)(/|$)")
# Pages that stay open before the question is answered: the texts themselves, the account with one's data
# (whoever does not agree takes it along and leaves), the files.
OPEN_BEFORE_CONSENT = re.compile(
    r"^(accounts:.*|rights:.*|account_.*|mfa_.*|portal:page|core:.*|set_language)$"
)
# Pages that set up, show or take away a second factor.
OF_FACTORS = re.compile(r"^mfa_(activate|deactivate|add|edit|remove|list|view|generate|download)_")
# Acts that a password alone must not do for whoever has a second factor.
FOR_GOOD = ("rights:delete", "rights:new_token")
# Buttons of the page about one's security: it is that page to which one comes back.
OF_INSTITUTIONS = ("accounts:add_institution", "accounts:remove_institution")
# Pages that change how one signs in.
WAYS_IN = re.compile(r"^account_(change_password|set_password|email)$")
CONSENT_SESSION_KEY = "consents"


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        # Asked once per page, and only for somebody who holds a guarded role.
        user.withheld_roles = withheld_roles(request.session)
        user.second_factor_shown = cache(partial(sessions.is_shown, request.session, user))
        if request.method in ("GET", "HEAD"):
            user.known = {}
        note_use(request)
        with timezone.override(zone_of(user)):
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        return guard(request) or guard_factors(request) or ask_consent(request)


def guard(request: HttpRequest) -> HttpResponse | None:
    """The back office opens only to a session that has shown a second factor."""
    if not BACK_OFFICE.match(request.path_info):
        return None
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if user.lacks_roles and not user.is_guarded:
        return say_where_roles_work(request)
    if not user.is_guarded or (user.second_factor_shown and user.second_factor_shown()):
        return None
    if sessions.is_enrolled(user):
        messages.info(request, _("Please confirm that it is you before you open the back office."))
        return show_factor(request.get_full_path())
    messages.info(
        request,
        _(
            "Your role opens other people's data, so the portal asks for a second proof that it is you. "
            "Please set up an authenticator app or a passkey first; it takes two minutes."
        ),
    )
    return redirect("mfa_index")


def guard_factors(request: HttpRequest) -> HttpResponse | None:
    """Whoever has a second factor changes it only after showing it; the password alone takes none away."""
    user, match = request.user, request.resolver_match
    name = (match.view_name or "") if match else ""
    of_security = OF_FACTORS.match(name) is not None or name in OF_INSTITUTIONS
    if not user.is_authenticated:
        return None
    if user.lacks_roles and (of_security or name in FOR_GOOD or WAYS_IN.match(name)):
        return say_where_roles_work(request)
    if not (of_security or name in FOR_GOOD):
        return None
    if sessions.is_shown_here(request.session, user) or not sessions.is_enrolled(user):
        return None
    messages.info(request, _("Please confirm that it is you before you go on."))
    return show_factor(reverse("mfa_index") if of_security else request.path)


def say_where_roles_work(request: HttpRequest) -> HttpResponse:
    """For a session that began at an institution which may not give the person's roles.

    It opens nothing of theirs, and makes no new way in by which they would open.
    """
    messages.warning(request, where_roles_work(request.session))
    return redirect("mfa_index")


def show_factor(then: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': then})}")


def ask_consent(request: HttpRequest) -> HttpResponse | None:
    """Send a signed-in person once per version to the question. Never in the middle of sending something."""
    user = request.user
    if request.method != "GET" or not user.is_authenticated or request.headers.get("HX-Request"):
        return None
    match = request.resolver_match
    # Addresses without a language (feeds, files, health) are not pages that a person reads.
    if match is None or OPEN_BEFORE_CONSENT.match(match.view_name or "") or not has_language(request):
        return None
    if not consent_is_missing(request):
        return None
    here = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('accounts:consent')}?{here}")


def has_language(request: HttpRequest) -> bool:
    return re.match(r"^/[a-z]{2}/", request.path_info) is not None


def consent_is_missing(request: HttpRequest) -> bool:
    """Asks the database once per session and version."""
    versions = current_versions()
    if request.session.get(CONSENT_SESSION_KEY, {}) == versions:
        return False
    if missing_consents(cast("User", request.user)):
        return True
    request.session[CONSENT_SESSION_KEY] = versions
    return False
