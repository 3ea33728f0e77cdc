"""Fields that several forms of stakeholders are made of."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.text import clean_block, clean_line
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


class LineField(forms.CharField):
    """One line of text in one Unicode form; whoever types only signs or spaces is told so."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class BlockField(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class LongCheckboxSelectMultiple(forms.CheckboxSelectMultiple):
    """Ticks of a list too long for a page: in a box of its own that scrolls, what is ticked on top."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "long-list"})

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: not any(option["selected"] for option in group[1]))
