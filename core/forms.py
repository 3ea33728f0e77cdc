"""How every form looks: one column, label above, help under it, error under that, a summary on top."""

from typing import Any

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting

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
