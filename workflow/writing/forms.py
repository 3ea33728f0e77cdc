"""A form that is written in steps, and its answers as the page that checks them shows them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.markdown_editor import MarkdownTextarea


class Steps:
    """For a form that is written a step at a time; `STEPS`: code of a step → its label and fields."""

    STEPS: ClassVar[dict[str, tuple[Any, tuple[str, ...]]]]
    fields: dict[str, forms.Field]

    @classmethod
    def fields_of(cls, step: str) -> tuple[str, ...]:
        return cls.STEPS[step][1]

    @classmethod
    def step_of(cls, field: str) -> str:
        """Return the step that asks for the field; the first for what no field asks for."""
        steps = [step for step, (_label, names) in cls.STEPS.items() if field in names]
        return steps[0] if steps else next(iter(cls.STEPS))

    def keep_step(self, step: str) -> None:
        """Leave the fields of this step alone, beside the version."""
        for name in self.fields.keys() - {"version", *self.fields_of(step)}:
            del self.fields[name]


class Answer(NamedTuple):
    label: str
    text: str
    # Whether a person has typed the text, in any language, and whether it has the signs of Markdown.
    is_own: bool
    is_marked: bool = False


def answers_of(form: Any, names: Iterable[str]) -> list[Answer]:
    """Return what the form would begin with, as text, in the order of these names."""
    return [_answer(form[name]) for name in names if name in form.fields]


def _answer(bound: forms.BoundField) -> Answer:
    field: Any = bound.field
    value = bound.value()
    if isinstance(field, forms.ModelChoiceField):
        rows: Any = field.queryset
        row = rows.filter(pk=getattr(value, "pk", value)).first() if value else None
        return Answer(str(bound.label), str(row or ""), True)
    if isinstance(field, forms.ChoiceField):
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value or ""])}
        choices: Any = field.choices
        labels = [str(label) for code, label in _pairs(choices) if code and str(code) in chosen]
        return Answer(str(bound.label), " · ".join(labels), False)
    is_own = isinstance(field, forms.CharField) and not isinstance(field, forms.URLField)
    return Answer(str(bound.label), _text(value), is_own, isinstance(field.widget, MarkdownTextarea))


def _pairs(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Return code and label of each choice, also of those in groups."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from _pairs(label)
        else:
            yield code, label


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{date_format(value)}, {time_format(value)}"
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, time):
        return time_format(value)
    return "\n".join(value) if isinstance(value, list) else str(value if value is not None else "")
