"""What an institution does not say about somebody who signs up by it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.people.forms import NameField, affiliation_field, consent_field, language_field, zone_field
from accounts.people.queries import current_versions


class SignUpForm(forms.Form):
    """The address is that of the institution, and cannot be another."""

    name = NameField()
    is_unaffiliated = affiliation_field()
    language = language_field()
    time_zone = zone_field(required=False, empty=_("Not now: Vienna time"))
    agreed = consent_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if not current_versions():
            del self.fields["agreed"]
