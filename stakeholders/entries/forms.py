"""Fields and small forms that several subjects are made of."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.forms import offer_found
from core.text import clean_block, clean_line
from stakeholders.entries.enums import MemberRole
from taxonomy.law.models import Article

_address = URLValidator(schemes=("http", "https"))


def web_address(value: str) -> None:
    """An address of the web that leads where it seems to: no name before the host, no reordering marks."""
    _address(value)
    if "@" in urlsplit(value).netloc or clean_line(value) != value:
        raise ValidationError(_("Please give a full address, such as https://example.org."), code="invalid")


def choices_with_blank(model: Any, blank: Any) -> list[tuple[str, Any]]:
    return [("", blank), *model.objects.for_choices()]


def articles_by_instrument() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices in groups, as they are numbered there."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for article in Article.objects.in_order().select_related("instrument"):
        name = _("%(number)d. %(title)s") % {"number": article.number, "title": article.name}
        groups.setdefault(article.instrument.name, []).append((article.pk, str(name)))
    return list(groups.items())


class WebAddressField(forms.URLField):
    """An address of the web; who leaves out the scheme means https."""

    default_validators = [*forms.URLField.default_validators, web_address]

    def __init__(self, *, max_length: int = 500, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, assume_scheme="https", **kwargs)


class LineField(forms.CharField):
    """One line of text in one Unicode form; whoever types only signs or spaces is told so."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class BlockField(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class TextAreaField(forms.CharField):
    """A text of several lines, cleaned."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


NOTE_HELP = _("The applicant reads it, in the e-mail and on the page of the application.")


class NoteField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("label", _("Note to the applicant"))
        kwargs.setdefault("help_text", NOTE_HELP)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


ROLE_CHOICES = [
    (MemberRole.ADMIN, _("Administrator: edits the profile, invites and removes members")),
    (MemberRole.EDITOR, _("Editor: edits the profile")),
    (MemberRole.READER, _("Reader: sees what members see")),
]

# --- Finding a stakeholder by words, and choosing one of those that were found -----------------------


class FindForm(forms.Form):
    """Words by which a stakeholder is looked for; an address, not an act."""

    q = forms.CharField(
        label=_("Name or acronym"),
        required=False,
        max_length=200,
        help_text=_("As the directory shows it; a part of the name is enough."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"] or "")


def offer_stakeholders(field: Any, stakeholders: Iterable[Any]) -> None:
    """Offer these stakeholders, each by its name and country."""
    choices = []
    for stakeholder in stakeholders:
        names = [stakeholder.name, *([stakeholder.country.name] if stakeholder.country else [])]
        choices.append((str(stakeholder.pk), " · ".join(names)))
    offer_found(field, choices)


class ChooseForm(forms.Form):
    """One of the stakeholders that were found."""

    stakeholder = forms.ChoiceField(
        label=_("Select a stakeholder"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a stakeholder from the list."),
            "invalid_choice": _("Choose a stakeholder from the list."),
        },
    )

    def __init__(self, *args: Any, candidates: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_stakeholders(self.fields["stakeholder"], candidates)
