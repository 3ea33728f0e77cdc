"""What is filled in about a letter to many: to whom, in which words, why beyond the limit, and the limits."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from coordination.mailings.enums import PLACEHOLDERS, Hat
from coordination.mailings.models import SUBJECT_LENGTH, TEXT_LENGTH, Letter
from coordination.mailings.queries import unknown_in
from core.facets import Chip, chips_of
from core.forms import ByLanguage, PickMany
from search.facets import word_chips
from stakeholders.directory.filters import DirectoryFilter
from stakeholders.directory.queries import CODES, DirectoryQuery, query_of
from stakeholders.entries.forms import BlockField, LineField, articles_by_instrument

# Only who takes part is written to, in no order, and the words stand as they are typed.
_LEFT_OUT = ("sort", "exact", "standing")
# The filters that are used most; the others are folded.
_OPEN = ("region", "country", "kind", "topic")


class Audience(DirectoryFilter):
    """The directory's own filters as one form: lists of ticks. A focal point chooses among their places."""

    only_asked = False

    def __init__(self, data: QueryDict | None = None, *, user: Any, hat: str) -> None:
        super().__init__(data)
        fields = self.form.fields
        for name in _LEFT_OUT:
            del fields[name]
        places = user.places_of(Role.REGIONAL) if hat == Hat.REGIONAL else None
        if places is not None:
            del fields["region"]
            fields["country"].choices = [
                choice for choice in fields["country"].choices if choice[0] in places
            ]
        fields["article"].choices = articles_by_instrument()
        for name in CODES:
            if name in fields:
                choices = list(fields[name].choices)
                fields[name].widget = PickMany()
                fields[name].choices = choices
        fields["q"].help_text = _("A name, a subject or a place, as in the directory.")

    @property
    def open_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in _OPEN if name in self.form.fields]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self.form.visible_fields() if field.name not in _OPEN]

    @property
    def is_more_open(self) -> bool:
        """Return whether a folded filter is set, or was filled in wrongly."""
        return any(field.value() or field.errors for field in self.more_fields)

    @property
    def query_string(self) -> str:
        """Return the query string that is stored of a valid form."""
        return self.question.query()

    @property
    def chips(self) -> list[Chip]:
        """Return what was chosen, each with the address of the page without it."""
        return _chips(self.question, self.form.fields)


def filter_chips(filters: str) -> list[Chip]:
    """Return stored filters as chips in the reader's language; empty for everybody."""
    return _chips(query_of(filters), DirectoryFilter(QueryDict(filters)).form.fields)


def _chips(query: DirectoryQuery, fields: Mapping[str, Any]) -> list[Chip]:
    names = {
        name: dict(_flat(field.choices))
        for name, field in fields.items()
        if name in CODES and query.codes(name)
    }
    return word_chips(query) + chips_of(query, names)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for code, label in choices:
        flat += _flat(label) if isinstance(label, (list, tuple)) else [(code, label)]
    return flat


class TextsForm(ByLanguage):
    """Subject and text in each language, as subject_fr and text_fr."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            f"{name}_{code}": text for code, words in letter.texts.items() for name, text in words.items()
        }
        super().__init__(*args, **{"initial": {**initial, "version": letter.version}, **kwargs})
        for code, _name in settings.LANGUAGES:
            info = get_language_info(code)
            written = {"lang": code, "dir": "rtl" if info["bidi"] else "ltr"}
            language = info["name_translated"]
            self.fields[f"subject_{code}"] = LineField(
                label=_now("Subject (%(language)s)") % {"language": language},
                max_length=SUBJECT_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={**written, "autocomplete": "off"}),
            )
            self.fields[f"text_{code}"] = BlockField(
                label=_now("Text (%(language)s)") % {"language": language},
                max_length=TEXT_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={**written, "rows": 7}),
            )
            # A draft may be saved without them, but not sent: they are not marked as optional.
            for name in (f"subject_{code}", f"text_{code}"):
                self.fields[name].one_of = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        for code, _name in settings.LANGUAGES:
            for name in (f"subject_{code}", f"text_{code}"):
                for wrong in unknown_in(cleaned.get(name) or ""):
                    values = {"wrong": f"{{{wrong}}}", "names": names}
                    self.add_error(
                        name, _now("%(wrong)s stands for nothing. What can be filled in: %(names)s") % values
                    )
            subject, text = f"subject_{code}", f"text_{code}"
            if cleaned.get(subject) and text not in self.errors and not cleaned.get(text):
                self.add_error(text, _("Write the text that goes with this subject."))
            if cleaned.get(text) and subject not in self.errors and not cleaned.get(subject):
                self.add_error(subject, _("Give the text a subject."))
        return cleaned

    def texts(self) -> dict[str, dict[str, str]]:
        return {
            code: {name: self.cleaned_data[f"{name}_{code}"] for name in ("subject", "text")}
            for code, _name in settings.LANGUAGES
        }


class SendForm(forms.Form):
    """A reason, which only a person whose limit is spent gives."""

    def __init__(self, *args: Any, beyond: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beyond:
            self.fields["plea"] = BlockField(
                label=_("Why it cannot wait"),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("The head of the WhatsOn team reads it and decides whether the message is sent."),
                error_messages={"required": _("Explain why this message cannot wait.")},
            )


class DecideForm(forms.Form):
    note = BlockField(
        label=_("Message to the author"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required if you return it."),
    )


class LimitsForm(forms.Form):
    """Two numbers for each hat, as regional_per_day."""

    def __init__(self, *args: Any, limits: dict[str, tuple[int, int]], **kwargs: Any) -> None:
        names = ("per_day", "per_month")
        initial = {f"{hat}_{n}": v for hat, pair in limits.items() for n, v in zip(names, pair, strict=True)}
        super().__init__(*args, **{"initial": initial, **kwargs})
        labels = {
            (Hat.REGIONAL, "per_day"): _("Each regional focal point: messages within 24 hours"),
            (Hat.REGIONAL, "per_month"): _("Each regional focal point: messages within 30 days"),
            (Hat.DESK, "per_day"): _("Per staff member: messages within 24 hours"),
            (Hat.DESK, "per_month"): _("Per staff member: messages within 30 days"),
        }
        for (hat, name), label in labels.items():
            self.fields[f"{hat}_{name}"] = forms.IntegerField(
                label=label, min_value=0, validators=[MaxValueValidator(1000)]
            )

    def limits(self) -> dict[str, tuple[int, int]]:
        clean = self.cleaned_data
        return {hat: (clean[f"{hat}_per_day"], clean[f"{hat}_per_month"]) for hat in Hat.values}
