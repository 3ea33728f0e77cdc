"""Signing up, signing in, and the confirmation of an address."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.email_verification import (
    get_address_for_user,
    send_verification_email_to_address,
)
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.signals import email_confirmed
from allauth.account.utils import perform_login
from allauth.account.views import ConfirmEmailView as AllauthConfirmEmailView
from allauth.account.views import LoginView, RequestLoginCodeView, SignupView
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts.hooks import sign_in_for
from accounts.people import requests
from accounts.people.decorators import act_view
from accounts.people.models import User
from accounts.people.queries import is_taken, is_waiting
from accounts.people.requests import entered_address, only_address, remember_address
from accounts.sign_in.actions import gave_password, make_way, remember_password
from accounts.sign_in.forms import KeepPasswordForm, ResendForm
from core.limits import spend, visitor_of
from core.views import too_many

AN_HOUR = 60 * 60


def rate_limited(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The project's handler429, which allauth calls when one of its limits is reached."""
    message = _("Too many attempts. Please wait a while and try again.")
    return too_many(request, message, retry_after=300)


class ConfirmEmailView(AllauthConfirmEmailView):
    """The link in the confirmation mail. Opening it changes nothing: mail scanners open every link.

    A new account is confirmed by whoever has the mail. Its password stays where that person has typed it, in
    this browser before or on this page (`keep`): somebody else may have chosen it. An address to which
    somebody wants to change is confirmed only by a person signed in to that account, so that its owner does
    not give it away by a button.
    """

    knows_password = False  # of the new account, in this browser

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = EmailConfirmationHMAC.from_key(kwargs["key"])
        return self.render_to_response(self.get_context_data())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        confirmation = EmailConfirmationHMAC.from_key(self.kwargs["key"])
        keeps = "keep" in self.request.POST
        if keeps and confirmation is not None and is_waiting(confirmation.email_address.user):
            form = self._typed_password(confirmation.email_address.user)
            if form.errors:
                self.object = confirmation
                return self.render_to_response(self.get_context_data(password_form=form))
        try:
            with transaction.atomic():
                self.object = _hold_confirmation(confirmation)
                context = self.get_context_data()
                if not context["can_confirm"]:
                    # The address may have made way for somebody who proved it.
                    if confirmation and address_of(confirmation.key) is None:
                        context["is_taken"] = is_taken(confirmation.email_address.email)
                    return self.render_to_response(context)
                self.knows_password = context["knows_password"]
                if keeps and not self.knows_password:  # somebody signed up anew since it was compared
                    messages.warning(self.request, _("The account was changed. Please try again."))
                    return self.render_to_response(context)
                address = self.object.email_address
                make_way(address.email, to=address.user)
                return super().post(*args, **kwargs)
        except IntegrityError:
            # Somebody signed up with the address, or proved it, between the look and the writing.
            self.object = EmailConfirmationHMAC.from_key(self.kwargs["key"])
            context = self.get_context_data()
            if context["can_confirm"]:
                message = _(
                    "Another person signed up with this address at the same moment. "
                    "Please press the button again."
                )
                messages.warning(self.request, message)
            return self.render_to_response(context)

    def _typed_password(self, user: User) -> KeepPasswordForm:
        """The form as it was sent; the right password is then known to this browser."""
        spend("confirm_password", str(user.pk), most=10, seconds=AN_HOUR)
        form = KeepPasswordForm(self.request.POST, user=user)
        if form.is_valid():
            remember_password(self.request.session, user)
        return form

    def respond(self, success: bool) -> HttpResponse:
        user = self.object.email_address.user
        if success and self.knows_password and not self.request.user.is_authenticated:
            return perform_login(self.request, user, redirect_url=self.get_next_url())
        return super().respond(success)

    def get_redirect_url(self) -> str:
        """Where the person was going when they signed up: by the sign-in, which they have not seen yet."""
        target = self.get_next_url()
        if self.request.user.is_authenticated:
            return super().get_redirect_url()
        messages.info(
            self.request, _("Sign in with a code that we send to your address, then choose a new password.")
        )
        query = f"?{urlencode({'next': target})}" if target else ""
        return f"{reverse('account_request_login_code')}{query}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.object is None:
            address = address_of(self.kwargs["key"])
            context["already_confirmed"] = address is not None and address.verified
            context["form"] = ResendForm(initial={"email": address.email if address else ""})
            return context
        address = self.object.email_address
        is_new = is_waiting(address.user)
        context |= {
            "account": address.user,
            "is_new": is_new,
            "knows_password": is_new and gave_password(self.request.session, address.user),
            "is_taken": is_taken(address.email, by_other_than=address.user),
        }
        if is_new and not context["knows_password"]:
            context.setdefault("password_form", KeepPasswordForm(user=address.user))
        may = is_new or self.request.user.pk == address.user_id
        context["can_confirm"] = may and not context["is_taken"]
        return context


def _hold_confirmation(confirmation: EmailConfirmationHMAC | None) -> EmailConfirmationHMAC | None:
    """Lock the account of a link and return what the link confirms; None where that has gone."""
    if confirmation is None:
        return None
    account = User.objects.select_for_update().filter(pk=confirmation.email_address.user_id).first()
    return EmailConfirmationHMAC.from_key(confirmation.key) if account else None


def address_of(key: str) -> EmailAddress | None:
    """The address that a link was made for, however old the link; None where we did not make it."""
    try:
        pk = signing.loads(key, salt=settings.ACCOUNT_SALT)
    except signing.BadSignature:
        return None
    return EmailAddress.objects.filter(pk=pk).first()


@act_view(public=True, fresh=True)
def resend(request: HttpRequest) -> HttpResponse:
    """Send a new confirmation link. The answer is the same for every address."""
    form = ResendForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/sign_in/resend.html", {"form": form})
    email = form.cleaned_data["email"]
    requests.remember_address(request, email)
    spend("resend", email, most=3, seconds=AN_HOUR)
    spend("resend", visitor_of(request), most=30, seconds=AN_HOUR)
    user = User.objects.filter(email__iexact=email).first()
    waiting = get_address_for_user(user) if user and is_waiting(user) else None
    # Without an account a mail goes out as well, saying so: neither page nor clock tell whom we know.
    send_verification_email_to_address(request, waiting or EmailAddress(user=None, email=email))
    return redirect("account_email_verification_sent")


# --- Signing up and signing in, with what the portal knows already: the address, and what it is for --


def _target(request: HttpRequest) -> str:
    return request.GET.get("next") or request.POST.get("next") or ""


def purpose_of(request: HttpRequest) -> str:
    """What the page is for that asked the visitor to sign in; empty where nothing is to be said."""
    try:
        match = resolve(_target(request).partition("?")[0])
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
        context = {"purpose": purpose_of(self.request), "institutions": settings.SINGLE_SIGN_ON}
        return super().get_context_data(**context, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        remember_address(self.request, form.cleaned_data["login"])
        return super().form_valid(form)


class SignUpView(SignupView):
    """As `SignInView`. The page after it names the address, whether or not it has an account.

    On the way to an invitation it takes the address that was invited, and no other.
    """

    def get_initial(self) -> dict[str, Any]:
        return {"email": entered_address(self.request), **super().get_initial()}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        only = only_address(self.request, _target(self.request))
        if only:
            form.only_for(only)
        return form

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
