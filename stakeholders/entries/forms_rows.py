"""Questions that have several answers: names, offices, contacts, officers. A line of fields for each.

`RowsField` is a field like any other: its value is a list of dicts with codes and texts. Its widget draws a
small form for each row and two kinds of buttons that post the whole page: "Add another" and "Remove". A view
that meets one of them (`wants_rows`) shows the form again with all that was typed, and saves nothing.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from core.forms import LESS, MORE, PickOne
from core.text import clean_line, has_letters
from stakeholders.entries.enums import MOST_LINKS, MOST_ROWS, ContactAudience, ContactKind
from stakeholders.entries.forms import BlockField, LineField, WebAddressField, choices_with_blank, web_address
from taxonomy.places.models import Country
from taxonomy.terms.models import Language


class RowForm(forms.Form):
    """One row. It counts as empty, and is left out, while none of `typed` is filled in."""

    row_title: str | Promise = ""
    typed: tuple[str, ...] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Each row is optional; the rows themselves need not say so at every field.
            field.one_of = True  # type: ignore[attr-defined]

    def is_empty(self) -> bool:
        return not any(clean_line(str(self.data.get(self.add_prefix(name), ""))) for name in self.typed)


def _line(label: Any, most: int, **kwargs: Any) -> LineField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(label=label, max_length=most, widget=widget, **kwargs)


def _web_address(label: Any, missing: Any) -> WebAddressField:
    return WebAddressField(
        label=label,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "required": missing,
            "invalid": _("Please give a full address, such as https://example.org."),
        },
    )


def language_of_text(label: Any) -> forms.ChoiceField:
    """Asked where a text is in one language and may be there in others too."""
    return forms.ChoiceField(
        label=label,
        choices=lambda: choices_with_blank(Language, _("Choose a language")),
        error_messages={"required": _("Choose the language of the text.")},
    )


class NameRow(RowForm):
    row_title = _("Name %(number)d")
    typed = ("text",)
    text = _line(_("Name"), 250)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=PickOne)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices_with_blank(Language, _("Choose a language"))  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not has_letters(text):
            raise ValidationError(_("A name needs letters or digits."), code="no_letters")
        return text


class OfficeRow(RowForm):
    row_title = _("Office %(number)d")
    typed = ("country", "city")
    country = forms.ChoiceField(label=_("Country or area"), widget=PickOne)
    city = _line(_("City"), 120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = _("Choose a country or area")
        self.fields["country"].choices = choices_with_blank(Country, blank)  # type: ignore[attr-defined]
        self.fields["country"].error_messages["required"] = str(_("Please choose the country or area."))


_email = EmailValidator(_("Please give a full address, such as name@example.org."))


def _telephone(value: str) -> None:
    if sum(sign.isdigit() for sign in value) < 5:
        raise ValidationError(_("Please give the number with the code of its country."), code="invalid")


_CHECKED: dict[str, Any] = {
    ContactKind.EMAIL: _email,
    ContactKind.WEB: web_address,
    ContactKind.PHONE: _telephone,
}


class ContactRow(RowForm):
    row_title = _("Contact %(number)d")
    typed = ("value",)
    kind = forms.ChoiceField(label=_("Kind of contact"), choices=ContactKind)
    value = _line(_("Contact"), 300)
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=ContactAudience, initial=ContactAudience.NARROWEST
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if value and kind == ContactKind.WEB and "//" not in value:
            cleaned["value"] = value = f"https://{value}"
        try:
            if value and kind in _CHECKED:
                _CHECKED[kind](value)
        except ValidationError as wrong:
            self.add_error("value", wrong)
        return cleaned


class OfficerRow(RowForm):
    row_title = _("Officer %(number)d")
    typed = ("name", "position")
    name = _line(_("Full name"), 250, error_messages={"required": _("Please give the name.")})
    position = _line(_("Position"), 120, required=False)


class MissionRow(RowForm):
    row_title = _("Text %(number)d")
    typed = ("text",)
    language = language_of_text(_("Language"))
    text = BlockField(
        label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )


def _year(value: str) -> None:
    if not (value.isascii() and value.isdigit() and 1800 <= int(value) <= localdate().year + 1):
        raise ValidationError(_("Give the year with four digits, such as 2024."), code="invalid")


class PublicationRow(RowForm):
    row_title = _("Publication %(number)d")
    typed = ("title", "url")
    title = _line(_("Title"), 300, error_messages={"required": _("Give the title.")})
    year = _line(_("Year"), 4, required=False, validators=[_year])
    url = _web_address(_("Address on the web"), _("Give the address, so that people can read it."))


class LinkRow(RowForm):
    row_title = _("Link %(number)d")
    typed = ("label", "url")
    label = _line(
        _("What it is"), 200, error_messages={"required": _("Please describe what the link leads to.")}
    )
    url = _web_address(_("Address"), _("Please give the address."))


class Raw(list[dict[str, Any]]):
    """Rows as they were posted, against rows as they are kept."""


class RowsWidget(forms.Widget):
    template_name = "stakeholders/entries/rows.html"
    use_fieldset = True

    def __init__(self, row: type[RowForm], folded: str | Promise = "") -> None:
        super().__init__()
        self.row = row
        self.folded = folded
        self.label: str | Promise = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Raw:
        count = data.get(f"{name}-rows", "")
        rows = min(int(count), MOST_ROWS) if str(count).isascii() and str(count).isdigit() else 0
        typed_rows = Raw(
            {field: data.get(f"{name}-{n}-{field}", "") for field in self.row.base_fields}
            for n in range(rows)
            if data.get(LESS) != f"{name}-{n}"
        )
        if data.get(MORE) == name and len(typed_rows) < MOST_ROWS:
            typed_rows.append({})
        return typed_rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-rows" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        posted = isinstance(value, Raw)
        rows = list(value or []) or [{}]
        forms_made = [self.form_of(name, n, row, posted=posted) for n, row in enumerate(rows)]
        context["widget"] |= {
            "rows": [
                {
                    "form": form,
                    "title": self.row.row_title % {"number": n + 1},
                    "key": f"{name}-{n}",
                    "fresh": posted and not row,
                }
                for n, (form, row) in enumerate(zip(forms_made, rows, strict=True))
            ],
            "count": len(rows),
            "label": self.label,
            # While nothing is said, behind these words.
            "folded": "" if len(rows) > 1 or any(rows[0].values()) else self.folded,
            "may_add": len(rows) < MOST_ROWS,
            "following": f"id_{name}-{len(rows)}",
        }
        return context

    def form_of(self, name: str, n: int, row: Mapping[str, Any], *, posted: bool) -> RowForm:
        """Return the form of a row; a posted row that is not empty comes with its errors."""
        prefix = f"{name}-{n}"
        if posted and row:
            form = self.row({f"{prefix}-{key}": value for key, value in row.items()}, prefix=prefix)
            if form.is_empty():
                # An empty row is left out, so nothing is wrong in it.
                form.errors.clear()
            return form
        return self.row(prefix=prefix, initial={key: value for key, value in row.items() if value})

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}-0-{next(iter(self.row.base_fields))}" if id_ else ""


class RowsField(forms.Field):
    """Several answers to one question; its value is a list of dicts, empty rows left out.

    `folded`: the words behind which the first row waits, where few people have something to say.
    """

    widget: RowsWidget

    def __init__(self, row: type[RowForm], *, folded: str | Promise = "", **kwargs: Any) -> None:
        self.row = row
        super().__init__(required=False, widget=RowsWidget(row, folded), **kwargs)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows, wrong = [], []
        for n, row in enumerate(value or []):
            form = self.widget.form_of("row", n, row, posted=True)
            if not row or form.is_empty():
                continue
            if form.is_valid():
                rows.append({key: form.cleaned_data.get(key) or "" for key in self.row.base_fields})
                continue
            title = self.row.row_title % {"number": n + 1}
            wrong += [f"{title}: {text}" for texts in form.errors.values() for text in texts]
        if wrong:
            raise ValidationError([ValidationError(text, code="row") for text in wrong])
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        self.widget.label = self.label or ""
        return super().get_bound_field(form, field_name)


class LinksField(RowsField):
    """Rows of links, as many as one text takes."""

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = super().clean(value)
        if len(rows) > MOST_LINKS:
            raise ValidationError(
                _("Please give at most %(most)s links."), code="too_many", params={"most": MOST_LINKS}
            )
        return rows
