"""What people fill in about themselves: joining, signing in, settings, consent."""

import zoneinfo
from secrets import token_hex
from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import signup as signup_flow
from allauth.core import context, ratelimit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions import give_consent
from accounts.enums import TokenScope
from accounts.hashing import HashesPassword
from accounts.known_browsers import counted_as
from accounts.models import User
from accounts.queries import current_versions
from accounts.queries.addresses import is_taken, is_waiting, person_with_address
from accounts.registry import Section, sections
from core.errors import TooMany
from core.forms import AddressField
from core.limits import visitor_of
from core.text import clean_line

TOO_OFTEN = ("too_many_login_attempts",)


def _in_the_portals_words(form: forms.BaseForm) -> None:
    """One label above each field, nothing inside it that vanishes while typing."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in ("email", "login"):
            field.label = _("E-mail address")
            field.widget.attrs["autocomplete"] = "username"
            field.widget.attrs["dir"] = "ltr"
        if name == "code":
            field.widget.attrs |= {
                "autocomplete": "one-time-code",
                "dir": "ltr",
                "autocapitalize": "characters",
            }
        if name in ("password1", "password2", "oldpassword", "password"):
            field.widget.attrs["dir"] = "ltr"


class PortalWords(forms.Form):
    """Mixed into allauth's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_the_portals_words(self)


class LimitAnswered(forms.Form):
    """Past a limit, allauth's own forms show a field error; here it is the same 429 as everywhere."""

    too_often = _("That was too often. Please wait a while and try again.")

    def full_clean(self) -> None:
        super().full_clean()
        for errors in self.errors.as_data().values():
            for error in errors:
                if error.code in TOO_OFTEN:
                    raise TooMany(str(self.too_often), retry_after=300)


def _zone_choices() -> list[tuple[str, str]]:
    names = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [(name, name.replace("_", " ")) for name in names]


def zone_field(*, empty: Any = None, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [*([("", empty)] if empty else []), *_zone_choices()],
        help_text=_("Deadlines are shown in the time of the event, and in yours beside it."),
        **kwargs,
    )


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Your name"),
            max_length=150,
            help_text=_("As you want to be addressed, in any script."),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return super().clean(clean_line(value or ""))


def _consent_label() -> SafeString:
    return format_html(
        str(
            _(
                'I have read and accept the <a href="{terms}">terms of use</a> and the '
                '<a href="{privacy}">privacy notice</a>.'
            )
        ),
        terms=reverse("portal:page", args=["terms"]),
        privacy=reverse("portal:page", args=["privacy"]),
    )


def consent_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=lazy(_consent_label, SafeString)(),
        error_messages={
            "required": _("Please read both texts and tick the box; without it we cannot go on.")
        },
    )


class SignupForm(HashesPassword, PortalWords, allauth_forms.SignupForm):
    """Joining. Says and does the same whether or not the address already has an account."""

    name = NameField()
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The language of the portal and of the mail that we send you."),
    )
    time_zone = zone_field(required=False, empty=_("Not now: Vienna time"))
    agreed = consent_field()
    account_already_exists: bool
    field_order = ("name", "email", "password1", "language", "time_zone", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if not current_versions():
            del self.fields["agreed"]

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = is_taken(value)
        return value

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth between making the user and sending the confirmation."""
        self._fill(user)

    def _fill(self, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        if self.cleaned_data["time_zone"]:
            user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "language", "time_zone"])
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
        "That was too often. Please wait a while, use a browser in which you have signed in before, "
        "or ask for a code."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.fields["remember"].help_text = _("Do not use on a shared computer.")
        # The way to a new password stands behind the button: Tab leads from the address to the password.
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(LimitAnswered, PortalWords, allauth_forms.RequestLoginCodeForm):
    too_often = _(
        "That was too often. Please wait a while, or use a browser in which you have signed in before."
    )

    def clean_email(self) -> str:
        """What strangers ask for keeps the person from no code where they have signed in before."""
        email = str(self.cleaned_data["email"])
        keys = {
            "request_login_code": f"{email.lower()}:{visitor_of(context.request)}",
            "request_login_code_anywhere": counted_as(context.request, email),
        }
        if not all(ratelimit.consume(context.request, action=name, key=key) for name, key in keys.items()):
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
    pass


class ChangePasswordForm(PortalWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PortalWords, allauth_forms.SetPasswordForm):
    pass


class AddEmailForm(PortalWords, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ReauthenticateForm(LimitAnswered, PortalWords, allauth_forms.ReauthenticateForm):
    pass


class ResendForm(forms.Form):
    """The address that should get a new confirmation link."""

    email = AddressField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
        help_text=_("The one that you signed up with."),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class LostFactorForm(forms.Form):
    contact = forms.CharField(
        label=_("How can the desk reach you?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "A telephone number with its country code and good hours, or a colleague whom the desk knows."
        ),
    )

    def clean_contact(self) -> str:
        contact = clean_line(self.cleaned_data["contact"])
        if not contact:  # signs that nobody sees
            raise ValidationError(self.fields["contact"].error_messages["required"], code="required")
        return contact


class ProfileForm(forms.ModelForm):
    name = NameField()
    time_zone = zone_field()

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone not in zoneinfo.available_timezones():
            raise ValidationError(_("Please choose a time zone from the list."))
        return str(zone)


class ConsentForm(forms.Form):
    agreed = consent_field()


class CopyForm(forms.Form):
    """Which parts of one's data to take along; all, unless something else is said."""

    sections = forms.MultipleChoiceField(
        label=_("What you take along"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["sections"])
        field.choices = [(name, _said(section)) for name, section in sections.items()]
        field.initial = list(sections)


def _said(section: Section) -> SafeString:
    return format_html("<span><strong>{}</strong>: {}</span>", section.label, section.about)


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my account for good"),
        error_messages={"required": _("Tick this box if you are sure. It cannot be undone.")},
    )


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What the token is for, so that you know it later.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=TokenScope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may yourself, and nothing that asks for a second factor."),
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=90,
        choices=[
            (7, _("7 days")),
            (30, _("30 days")),
            (90, _("90 days")),
            (180, _("180 days")),
            (365, _("365 days")),
        ],
    )
