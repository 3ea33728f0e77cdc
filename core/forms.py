"""How every form looks: one column, label above, help under it, error under that, a summary on top."""

from collections.abc import Mapping
from typing import Any

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting

from core.errors import DomainError

_PLAIN = (
    widgets.CheckboxInput,
    widgets.RadioSelect,
    widgets.CheckboxSelectMultiple,
    widgets.MultiWidget,
    widgets.HiddenInput,
    widgets.MultipleHiddenInput,
)


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


def blame(form: Any, refusal: DomainError) -> None:
    """Put each message of a refusal at its field, or on top of the form where it has none there."""
    at_fields = {name: text for name, text in refusal.fields.items() if name in form.fields and text}
    for name, text in at_fields.items():
        form.add_error(name, text)
    if not at_fields:
        form.add_error(None, str(refusal))


def blame_by_column(form: Any, refusal: DomainError, fields: Mapping[str, str]) -> None:
    """As `blame`, for a form whose fields are called otherwise: `fields` is {column: field}.

    Where no field is to blame, what was said of each stands on top too.
    """
    told = False
    for name, text in refusal.fields.items():
        field = name if name in form.fields else fields.get(name, name)
        if field in form.fields and text:
            form.add_error(field, text)
            told = True
    if not told:
        form.add_error(None, " ".join([str(refusal), *refusal.fields.values()]).strip())
