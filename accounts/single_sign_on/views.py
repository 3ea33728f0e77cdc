"""To an institution and back; signing up after it; the links of one's account; signing out by its word."""

from typing import Any

import structlog
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.views import IndexView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.signup import complete_social_signup
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from accounts.single_sign_on.actions import end_sessions_of, remove_link, sign_up
from accounts.single_sign_on.adapter import PENDING, pending_sign_up
from accounts.single_sign_on.forms import SignUpForm
from accounts.single_sign_on.id_tokens import refuse_other_server
from accounts.single_sign_on.openid import OpenIDAdapter
from accounts.single_sign_on.queries import links_of, links_page, name_of, provider_or_404
from accounts.single_sign_on.refusals import answer_with, sentence_of
from core.errors import TooMany
from core.limits import spend, visitor_of
from core.next_pages import next_of
from core.views import refusal_as_warning

log = structlog.get_logger(__name__)
LANGUAGE = (
    "single_sign_on_language"  # in the session: the address to which an institution leads back has none
)


@act_view(public=True, fresh=True)
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """To the institution, for somebody who wants to sign in."""
    provider_or_404(code)
    target = next_of(request, "")
    if request.user.is_authenticated:
        return redirect(target or settings.LOGIN_REDIRECT_URL)
    return _lead(request, code, AuthProcess.LOGIN, target)


@act_view(fresh=True)
def link(request: SignedIn, code: str) -> HttpResponseBase:
    """To the institution, for somebody who is signed in here and adds it."""
    provider_or_404(code)
    if is_reauthentication_required(request, app="allauth.socialaccount"):
        messages.info(request, _("Please confirm that it is you before you go on."))
        return redirect(f"{reverse('account_reauthenticate')}?next={reverse('mfa_index')}")
    return _lead(request, code, AuthProcess.CONNECT, reverse("mfa_index"))


def _lead(request: HttpRequest, code: str, process: str, target: str) -> HttpResponseBase:
    """A page that leads on by itself: browsers follow no form to another site, which our policy forbids."""
    institution = provider_or_404(code)
    # As other sign-ins: so many a minute from one address of the network.
    if not ratelimit.consume(request, action="login"):
        raise TooMany(_("Too many attempts. Please wait a while and try again."), retry_after=60)
    request.session[LANGUAGE] = get_language()
    provider = get_adapter().get_provider(request, code)
    try:
        answer: Any = provider.redirect(request, process, next_url=target or None)
    except OAuth2Error as why:
        return answer_with(request, sentence_of(institution, AuthError.UNKNOWN, why, has_state=True))
    context = {"institution": institution, "url": answer.url}
    return render(request, "accounts/single_sign_on/leading.html", context)


# At the end of a day's work many sign out at once.
LOGOUTS_PER_MINUTE = 600


class _CallbackView(OAuth2CallbackView):
    """The adapter learns what was kept when the person left, the nonce among it."""

    adapter: OpenIDAdapter

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, answer


@page_view(public=True, fresh=True)
def callback(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where an institution leads back, in the language in which the person left."""
    institution = provider_or_404(code)
    with override(request.session.get(LANGUAGE) or get_language()):
        try:
            refuse_other_server(request.GET.get("iss"), institution)
            return _CallbackView.adapter_view(OpenIDAdapter(request, code))(request)
        except OAuth2Error as why:
            return answer_with(request, sentence_of(institution, AuthError.UNKNOWN, why, has_state=True))


@csrf_exempt  # the institution's server asks, with a signed token
@act_view(public=True, fresh=True)
def back_channel_logout(request: HttpRequest, code: str) -> HttpResponse:
    """Sign out whom the institution has signed out (OpenID Connect Back-Channel Logout 1.0)."""
    provider_or_404(code)
    spend("accounts.back_channel", visitor_of(request), most=LOGOUTS_PER_MINUTE, seconds=60)
    try:
        claims = OpenIDAdapter(request, code).logout_claims(request.POST.get("logout_token", ""))
    except OAuth2Error as why:
        log.warning("back_channel_logout_refused", institution=code, reason=str(why))
        return JsonResponse({"error": "invalid_request"}, status=400)
    log.info("back_channel_logout", institution=code, sessions=end_sessions_of(code, claims))
    return HttpResponse()


@form_view(public=True, fresh=True)
def sign_up_page(request: HttpRequest) -> HttpResponseBase:
    """For somebody who has come from an institution and has no account: what it did not say."""
    if not settings.SINGLE_SIGN_ON:
        raise Http404
    login = None if request.user.is_authenticated else pending_sign_up(request)
    if login is None:
        return redirect("account_login")
    form = SignUpForm(request.POST or None, initial={"name": str(login.user)})
    if request.method == "POST" and form.is_valid():
        try:
            sign_up(request, login, form.cleaned_data)
        except IntegrityError:
            return answer_with(
                request, _("Another sign-up with this address was finished first. Please sign in.")
            )
        del request.session[PENDING]
        try:
            return complete_social_signup(request, login)
        except ImmediateHttpResponse as answer:
            return answer.response
    context = {
        "form": form,
        "name": name_of(login.account.provider),
        "email": login.account.extra_data["email"],
    }
    return render(request, "accounts/single_sign_on/sign_up.html", context)


class SecurityView(IndexView):
    """allauth's page, with the institutions by which one may sign in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(**links_page(user), **kwargs)


@act_view(fresh=True)
def unlink(request: SignedIn, pk: int) -> HttpResponse:
    if not settings.SINGLE_SIGN_ON:
        raise Http404
    account_link = get_object_or_404(links_of(request.user), pk=pk)
    if is_reauthentication_required(request, app="allauth.socialaccount"):
        messages.info(request, _("Please confirm that it is you before you go on."))
        return redirect(f"{reverse('account_reauthenticate')}?next={reverse('mfa_index')}")
    with refusal_as_warning(request):
        remove_link(request, account_link, actor=request.user)
        messages.success(
            request, _("You can no longer sign in with %(name)s.") % {"name": name_of(account_link.provider)}
        )
    return redirect("mfa_index")
