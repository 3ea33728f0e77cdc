"""What people say about a project."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import PickMany
from core.partial_dates import check_partial
from core.text import clean_line
from stakeholders.entries.enums import MOST_ROWS
from stakeholders.entries.forms import BlockField, LineField
from stakeholders.entries.forms_rows import LinkRow, LinksField, RowForm, RowsField, language_of_text
from stakeholders.projects.models import Project
from stakeholders.projects.queries import answers_of
from taxonomy.places.models import Country


def _title() -> LineField:
    return LineField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give the title.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _block(label: Any, most: int, rows: int, help_text: Any = "") -> BlockField:
    return BlockField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def _date(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=10,
        validators=[check_partial],
        help_text=_("As exactly as you know it: 2024-10-30, 2024-10 or 2024."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class TextRow(RowForm):
    row_title = _("Text %(number)d")
    typed = ("title", "aim", "results")
    language = language_of_text(_("Language"))
    title = _title()
    aim = _block(_("Aim"), 1500, 3)
    results = _block(_("Results"), 3000, 4)


class ProjectForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = _title()
    language = language_of_text(_("Language of this text"))
    aim = _block(_("Aim"), 1500, 4, _("What it is for, and whom it reaches, in a few sentences."))
    starts = _date(_("From"))
    ends = _date(_("To"))
    countries = forms.MultipleChoiceField(
        label=_("Countries or areas"), required=False, widget=PickMany, help_text=_("Where it is or was.")
    )
    partners = _block(
        _("Partners"),
        5000,
        4,
        _("One name a line. A name that is in the directory becomes a link to the profile."),
    )
    results = _block(_("Results"), 3000, 5, _("What it has reached so far."))
    links = LinksField(LinkRow, label=_("Links"), help_text=_("Its website, reports, films."))
    others = RowsField(TextRow, label=_("The same in other languages"))
    has_rows = True  # "Add another" and "Remove" are among the buttons

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        if project is None:
            kwargs.setdefault("initial", {"language": get_language()})
        else:
            answers = answers_of(project)
            answers["partners"] = "\n".join(answers["partners"])
            kwargs.setdefault("initial", {**answers, "version": project.version})
        super().__init__(*args, **kwargs)
        self.fields["countries"].choices = Country.objects.for_choices()  # type: ignore[attr-defined]

    def clean_partners(self) -> list[str]:
        names = [clean_line(line) for line in self.cleaned_data["partners"].splitlines()]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MOST_ROWS:
            raise ValidationError(_("At most %(most)d can be given."), "too_many", {"most": MOST_ROWS})
        if any(len(name) > 250 for name in names):
            raise ValidationError(_("Give one name a line, at most 250 characters long."), "too_long")
        return names

    def answers(self) -> dict[str, Any]:
        return {name: answer for name, answer in self.cleaned_data.items() if name != "version"}
