"""Signing up and signing in, with what the portal knows already: the address, and what it is for."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.account.views import LoginView, RequestLoginCodeView, SignupView
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from accounts.registry import sign_in_for
from accounts.requests import entered_address, remember_address


def purpose_of(request: HttpRequest) -> str:
    """What the page is for that asked the visitor to sign in; empty where nothing is to be said."""
    target = request.GET.get("next") or request.POST.get("next") or ""
    try:
        match = resolve(target.partition("?")[0])
    except Resolver404:
        return ""
    if match.view_name not in sign_in_for:
        return ""
    return sign_in_for[match.view_name](**match.kwargs) or ""


class SignInView(LoginView):
    """Names the page that one was going to. The address is there after a sign-up, or an invitation."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "login": entered_address(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(purpose=purpose_of(self.request), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        remember_address(self.request, form.cleaned_data["login"])
        return super().form_valid(form)


class SignUpView(SignupView):
    """As `SignInView`. The page after it names the address, whether or not it has an account."""

    def get_initial(self) -> dict[str, Any]:
        return {"email": entered_address(self.request), **super().get_initial()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(purpose=purpose_of(self.request), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        remember_address(self.request, form.cleaned_data["email"])
        return super().form_valid(form)


class SignInByCodeView(RequestLoginCodeView):
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "email": entered_address(self.request)}


@receiver(email_confirmed)
def _sign_in_with_it_next(request: HttpRequest, email_address: EmailAddress, **_kwargs: Any) -> None:
    if not request.user.is_authenticated:
        remember_address(request, email_address.email)
