"""What readers of the newsletter fill in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from news.actions.newsletter_subscribing import Wish
from stakeholders.entries.forms import LongCheckboxSelectMultiple
from taxonomy.terms.models import Topic


def languages() -> list[tuple[str, str]]:
    """The six, each by its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


class _WithoutPrograms(forms.Form):
    # People do not see it; programs that fill in everything do.
    homepage = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["homepage"].widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    @property
    def by_a_program(self) -> bool:
        return bool(self.data.get("homepage"))


def _address_field() -> AddressField:
    return AddressField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={"required": _("Give the address to which it shall come.")},
    )


class ChoicesForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=languages,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each issue comes once, in the first of these that it has."),
        error_messages={"required": _("Choose at least one language.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.objects.for_choices,
        required=False,
        widget=LongCheckboxSelectMultiple(),
        help_text=_("Choose none to get every issue."),
    )

    def wish(self, preferred: str = "") -> Wish:
        """With the language that the reader prefers, or uses now, first."""
        first = preferred or (get_language() or "en")[:2]
        chosen = self.cleaned_data["languages"]
        return Wish(sorted(chosen, key=lambda code: code != first), self.cleaned_data["topics"])


class SubscribeForm(_WithoutPrograms, ChoicesForm):
    address = _address_field()
    agree = forms.BooleanField(
        label=_(
            "Send me the newsletter. "
            "WhatsOn keeps my address, languages and topics for this alone until I leave."
        ),
        error_messages={"required": _("Without your consent nothing can be sent to you.")},
    )
    field_order = ["address", "languages", "topics", "agree", "homepage"]


class AddressForm(_WithoutPrograms):
    address = _address_field()
    field_order = ["address", "homepage"]
