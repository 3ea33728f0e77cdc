"""From where and how often a source is fetched."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.outgoing_requests import host_of
from taxonomy.sources.enums import Schedule
from taxonomy.sources.models import MOST_MEGABYTES, MOST_MONTHS, AgeRule, FetchedSource

_web = URLValidator(schemes=("http", "https"))


class AddressForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the file"),
        max_length=500,
        required=False,
        help_text=_("A public address that begins with https://. Leave it empty, and nothing is fetched."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )
    schedule = forms.ChoiceField(label=_("How often"), choices=Schedule, widget=forms.RadioSelect)
    megabytes = forms.IntegerField(
        label=_("Largest file in megabytes"), min_value=1, max_value=MOST_MEGABYTES, localize=False
    )

    def __init__(self, *args: Any, fetched: FetchedSource | None, address: str = "", **kwargs: Any) -> None:
        """`address` is the initial value where no address was ever set."""
        source = fetched or FetchedSource(url=address)
        super().__init__(*args, **kwargs)
        self.initial = {"url": source.url, "schedule": source.schedule, "megabytes": source.megabytes}

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url:
            return ""
        known = host_of(url) in settings.SOURCES_MAY_REACH
        try:
            if not known:
                _web(url)
        except ValidationError as wrong:
            raise ValidationError(
                _("Please give a full address, such as https://example.org/list.xml."), code="invalid"
            ) from wrong
        if not url.startswith("https://") and not known:
            raise ValidationError(
                _("The address has to begin with https://, so that nothing on the way can change the file.")
            )
        return url


class AgeRuleForm(forms.Form):
    is_on = forms.BooleanField(label=_("Remind the desk of facts that need a new look"), required=False)
    months = forms.IntegerField(
        label=_("Months after which a fact needs a new look"),
        min_value=1,
        max_value=MOST_MONTHS,
        localize=False,
    )

    def __init__(self, *args: Any, rule: AgeRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"is_on": rule.is_on, "months": rule.months}
