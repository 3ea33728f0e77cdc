"""What people fill in to take a copy of their data along, or to leave."""

from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, sections


class CopyForm(forms.Form):
    """Which parts of one's data to take along; all, unless something else is said."""

    sections = forms.MultipleChoiceField(
        label=_("What you take along"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["sections"])
        field.choices = [(name, _section_label(section)) for name, section in sections.items()]
        field.initial = list(sections)


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my account for good"),
        error_messages={"required": _("Tick this box if you are sure. It cannot be undone.")},
    )


def _section_label(section: Section) -> SafeString:
    return format_html("<span><strong>{}</strong>: {}</span>", section.label, section.about)
