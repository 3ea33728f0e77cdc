"""What people fill in to join and to sign in: allauth's forms in the portal's words, with its limits."""

from secrets import token_hex
from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import signup as signup_flow
from allauth.core import context, ratelimit
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.hashing import HashesPassword
from accounts.people.actions import give_consent, revoke_tokens
from accounts.people.forms import (
    NameField,
    PortalWords,
    affiliation_field,
    consent_field,
    language_field,
    zone_field,
)
from accounts.people.models import User
from accounts.people.queries import current_versions, is_taken, is_waiting, person_with_address
from accounts.sign_in.actions import warn_of_tries
from accounts.sign_in.known_browsers import counted_as
from core.errors import TooMany
from core.forms import AddressField
from core.limits import visitor_of

TOO_OFTEN = ("too_many_login_attempts",)


class LimitAnswered(forms.Form):
    """Past a limit, allauth's own forms show a field error; here it is the same 429 as everywhere."""

    too_often = _("Too many attempts. Please wait a while and try again.")

    def full_clean(self) -> None:
        super().full_clean()
        for errors in self.errors.as_data().values():
            for error in errors:
                if error.code in TOO_OFTEN:
                    raise TooMany(str(self.too_often), retry_after=300)


class SignupForm(HashesPassword, PortalWords, allauth_forms.SignupForm):
    """Joining. Says and does the same whether or not the address already has an account."""

    name = NameField()
    is_unaffiliated = affiliation_field()
    language = language_field()
    time_zone = zone_field(required=False, empty=_("Not now: Vienna time"))
    agreed = consent_field()
    account_already_exists: bool
    field_order = ("name", "email", "password1", "is_unaffiliated", "language", "time_zone", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if not current_versions():
            del self.fields["agreed"]

    def only_for(self, address: str) -> None:
        """Let the form open an account for this address alone, which somebody's organization invited."""
        self.fields.pop("is_unaffiliated", None)
        field = self.fields["email"]
        field.disabled = True
        field.help_text = _("The invitation was sent to this address, and can only be accepted with it.")
        self.initial["email"] = address

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = is_taken(value)
        return value

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth between making the user and sending the confirmation."""
        self._fill(user)

    def _fill(self, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.is_unaffiliated = self.cleaned_data.get("is_unaffiliated", False)
        if self.cleaned_data["time_zone"]:
            user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "language", "time_zone", "is_unaffiliated"])
        give_consent(user, current_versions())

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                # Somebody took the address between the check and now.
                self.account_already_exists = True
        with transaction.atomic():
            self._make_and_forget(request)
            transaction.set_rollback(True)
        return None, signup_flow.prevent_enumeration(request, email=self.cleaned_data["email"])

    def save(self, request: HttpRequest) -> User:
        """Who signs up with an address for which an account waits goes on with it, and nothing said is left.

        So every link that was sent to the address keeps working.
        """
        address = self.cleaned_data["email"]
        waiting = User.objects.select_for_update().filter(email__iexact=address).first()
        if waiting is None or not is_waiting(waiting):
            return cast("User", super().save(request))
        waiting.consents.all().delete()
        waiting.date_joined = now()
        get_adapter().save_user(request, waiting, self)
        self.signup(request, waiting)
        return waiting

    def _make_and_forget(self, request: HttpRequest) -> None:
        """The work of a real sign-up, undone at once, so that the clock tells nobody whom we know."""
        stranger = User(email=f"{token_hex(16)}@nobody.invalid")
        stranger.set_password(self.cleaned_data["password1"])
        stranger.save()
        allauth_forms.setup_user_email(request, stranger, [])
        self._fill(stranger)


class LoginForm(HashesPassword, LimitAnswered, PortalWords, allauth_forms.LoginForm):
    too_often = _(
        "Too many attempts. Please wait a while, use a browser in which you have signed "
        "in before, or ask for a code."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.fields["remember"].help_text = _("Do not use on a shared computer.")
        # The way to a new password stands behind the button: Tab leads from the address to the password.
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(LimitAnswered, PortalWords, allauth_forms.RequestLoginCodeForm):
    too_often = _(
        "Too many attempts. Please wait a while, or use a browser in which you have signed in before."
    )

    def clean_email(self) -> str:
        """What strangers ask for keeps the person from no code where they have signed in before."""
        email = str(self.cleaned_data["email"])
        from_here = f"{email.lower()}:{visitor_of(context.request)}"
        if not ratelimit.consume(context.request, action="request_login_code", key=from_here):
            raise get_adapter().validation_error("too_many_login_attempts")
        from_anywhere = counted_as(context.request, email)
        if not ratelimit.consume(context.request, action="request_login_code_anywhere", key=from_anywhere):
            warn_of_tries(email)
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = person_with_address(email)
        return email


class ConfirmLoginCodeForm(PortalWords, allauth_forms.ConfirmLoginCodeForm):
    pass


class ResetPasswordForm(PortalWords, allauth_forms.ResetPasswordForm):
    def clean_email(self) -> str:
        email = str(super().clean_email())
        person = person_with_address(email)
        self.users = [person] if person else []
        return email


class ResetPasswordKeyForm(PortalWords, allauth_forms.ResetPasswordKeyForm):
    def save(self) -> None:
        with transaction.atomic():
            super().save()
            revoke_tokens(self.user, actor=self.user, why="password_reset")


class AsksAboutTokens(forms.Form):
    """Who sets a password says whether access tokens go too; who has none is asked nothing."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user.access_tokens.live().exists():
            self.fields["revoke_tokens"] = forms.BooleanField(
                label=_("Revoke my access tokens"),
                required=False,
                initial=True,
                help_text=_("Remove the tick only if you know every program that uses them."),
            )

    def save(self) -> None:
        with transaction.atomic():
            super().save()  # type: ignore[misc]
            if self.cleaned_data.get("revoke_tokens"):
                revoke_tokens(self.user, actor=self.user, why="password_changed")


class ChangePasswordForm(AsksAboutTokens, PortalWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(AsksAboutTokens, PortalWords, allauth_forms.SetPasswordForm):
    pass


class AddEmailForm(PortalWords, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ReauthenticateForm(LimitAnswered, PortalWords, allauth_forms.ReauthenticateForm):
    pass


class KeepPasswordForm(HashesPassword, PortalWords):
    """The password that was chosen at the sign-up, typed by the reader of the confirmation mail."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("The one that you chose when you signed up."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> Any:
        cleaned = super().clean()
        password = self.cleaned_data.get("password")
        if password and not self.user.check_password(password):
            self.add_error("password", _("This is not the password with which this account was made."))
        return cleaned


class ResendForm(forms.Form):
    """The address that should get a new confirmation link."""

    email = AddressField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
        help_text=_("The one that you signed up with."),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()
