"""How every form looks: one column, label above, help under it, error under that, a summary on top."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField, CharField, EmailField, Form, widgets
from django.forms.renderers import TemplatesSetting, get_default_renderer
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, TooMany, WrongState

_PLAIN = (
    widgets.CheckboxInput,
    widgets.RadioSelect,
    widgets.CheckboxSelectMultiple,
    widgets.MultiWidget,
    widgets.HiddenInput,
    widgets.MultipleHiddenInput,
)


# The buttons of a question that has rows: "Add another" and "Remove".
MORE, LESS = "more", "less"

LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64  # characters, as RFC 5321 has room for


def can_be_written_to(address: str) -> None:
    """What Django lets pass and no mail server does: an address too long, or with signs that nobody sees."""
    if not address.isprintable():
        raise ValidationError(
            _("Please leave out the signs that cannot be seen. Type the address again."), code="unprintable"
        )
    if len(address) > LONGEST_ADDRESS or len(address.rpartition("@")[0]) > LONGEST_LOCAL:
        raise ValidationError(
            _("An e-mail address has at most 64 characters before the @, and at most 254 in all."),
            code="too_long",
        )


class AddressField(EmailField):
    """An e-mail address to which a mail can go."""

    default_validators = [*EmailField.default_validators, can_be_written_to]


FEW = 12  # so many choices are shown at once; more are picked by typing


def _picker_words() -> dict[str, Any]:
    """What `picker.js` says in the language of the page."""
    return {
        "data-type": _("Type to search"),
        "data-none": _("Nothing found"),
        "data-remove": _("Remove {}"),
        "data-added": _("Added: {}"),
        "data-removed": _("Removed: {}"),
        "data-chosen": _("Chosen: {}"),
    }


class Picker(widgets.ChoiceWidget):
    """Mixed into a widget: more than a few choices become a list in which one types to search."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["is_long"] = sum(len(options) for _group, options, _number in widget["optgroups"]) > FEW
        if widget["is_long"]:
            widget["attrs"] |= _picker_words() | {
                "class": "form-select",
                "multiple": self.allow_multiple_selected,
            }
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)
        template: Any = "components/picker.html" if context["widget"]["is_long"] else self.template_name
        return mark_safe((renderer or get_default_renderer()).render(template, context))  # noqa: S308  a template


class PickMany(Picker, widgets.CheckboxSelectMultiple):
    """Any of some choices: boxes to tick, or a picker."""

    @cached_property
    def _is_long(self) -> bool:
        self.choices = list(self.choices)  # to be read once: they may cost a statement
        groups = (label if isinstance(label, (list, tuple)) else [label] for _value, label in self.choices)
        return sum(map(len, groups)) > FEW

    @property
    def use_fieldset(self) -> bool:  # type: ignore[override]  # a plain value in Django
        return not self._is_long

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return id_ if self._is_long else super().id_for_label(id_, index)


class PickOne(Picker, widgets.Select):
    """One of some choices: a menu, or a picker."""


def offer_found(field: Any, choices: Iterable[tuple[str, str]]) -> None:
    """Offer what was found by words; where that is one alone, it is chosen already."""
    field.choices = list(choices)
    if len(field.choices) == 1:
        only = field.choices[0][0]
        field.initial = [only] if field.widget.allow_multiple_selected else only


class PortalBoundField(BoundField):
    """A field whose box carries the classes of the look, so that no form has to name them."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        name = ""
        if isinstance(widget, (widgets.Select, widgets.SelectMultiple)) and not isinstance(widget, _PLAIN):
            name = "form-select"
        elif not isinstance(widget, _PLAIN):
            name = "form-control"
        if name:
            own = attrs.get("class") or widget.attrs.get("class", "")
            attrs["class"] = f"{own} {name}".strip()
        return attrs


class PortalRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField


def wants_rows(data: Mapping[str, Any]) -> bool:
    """Return whether "Add another" or "Remove" was pressed."""
    return MORE in data or LESS in data


class TrapForm(Form):
    """A form with a field that people do not see, and that programs which fill in everything do.

    Its template shows it by `components/trap.html`.
    """

    homepage = CharField(
        required=False, widget=widgets.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    @property
    def by_a_program(self) -> bool:
        return bool(self.data.get("homepage"))


class Folded:
    """For a form whose fields in `folded` wait behind a link at its end: they have an answer already."""

    folded: ClassVar[tuple[str, ...]]
    folded_label: ClassVar[Any]

    @property
    def folded_open(self) -> bool:
        """Return whether one of them was refused."""
        errors: Any = self.errors  # type: ignore[attr-defined]
        return any(name in errors for name in self.folded)


class VisitorForm(TrapForm):
    """A form that anybody may send. Of people who are signed in no address is asked: the account has one."""

    address = AddressField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only if you want an answer. It is used for nothing else."),
        widget=widgets.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["address"]


def blame(form: Any, refusal: DomainError) -> None:
    """Put each message of a refusal at its field, or on top of the form where it has none there."""
    at_fields = {name: text for name, text in refusal.fields.items() if name in form.fields and text}
    for name, text in at_fields.items():
        form.add_error(name, text)
    if not at_fields:
        form.add_error(None, str(refusal))


@contextmanager
def refusal_on(form: Any, columns: Mapping[str, str] | None = None) -> Iterator[None]:
    """Act inside it: what refuses the act is put on the form, and the page goes on to show that again.

    `columns`: as `fields` of `blame_by_column`, for a form whose fields are called otherwise.
    Whoever acts too often gets a page of its own.
    """
    try:
        yield
    except TooMany:
        raise
    except DomainError as refusal:
        if columns is None:
            blame(form, refusal)
        else:
            blame_by_column(form, refusal, columns)


def save_on[Row](form: Any, save: Callable[[], Row], again: Callable[[], Any]) -> Row | None:
    """The row that `save` keeps, or None: then the form says why, and still has what was typed.

    Where another window was first, the form takes note of what that has saved, as `again` reads it.
    """
    with refusal_on(form):
        try:
            return save()
        except WrongState as late:
            form.add_error(None, str(late))
            form.take_note_of(again())
    return None


def renew_version(form: Any, version: object, field: str = "version") -> None:
    """What was typed stays, and is sent next on top of this version: a choice made with open eyes."""
    form.data = form.data.copy()
    form.data[form.add_prefix(field)] = str(version)


def blame_by_column(form: Any, refusal: DomainError, fields: Mapping[str, str]) -> None:
    """As `blame`, for a form whose fields are called otherwise: `fields` is {column: field}.

    Where no field is to blame, what was said of each stands on top too.
    """
    is_blamed = False
    for name, text in refusal.fields.items():
        field = name if name in form.fields else fields.get(name, name)
        if field in form.fields and text:
            form.add_error(field, text)
            is_blamed = True
    if not is_blamed:
        form.add_error(None, " ".join([str(refusal), *refusal.fields.values()]).strip())


class ByLanguage(Form):
    """Texts in each language, called as text_fr: that of the reader first, the others folded while empty."""

    template_name = "components/form_by_language.html"

    @property
    def language_parts(self) -> list[dict[str, Any]]:
        here, parts = get_language(), []
        for code in sorted(dict(settings.LANGUAGES), key=lambda code: code != here):
            fields = [self[name] for name in self.fields if name.endswith(f"_{code}")]
            is_filled = any(field.value() or field.errors for field in fields)
            if fields:
                name = get_language_info(code)["name_translated"]
                parts.append({"name": name, "fields": fields, "open": is_filled or code == here})
        return parts

    @property
    def other_fields(self) -> list[BoundField]:
        by_language = {field.name for part in self.language_parts for field in part["fields"]}
        return [field for field in self.visible_fields() if field.name not in by_language]
