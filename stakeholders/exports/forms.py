"""What the desk says when it asks for an export."""

from django import forms

from stakeholders.exports.enums import ExportFormat


class ExportForm(forms.Form):
    """A format, and the directory's own filters as a query string, which `DirectoryFilter` then reads."""

    format = forms.ChoiceField(choices=ExportFormat)
    filters = forms.CharField(required=False, max_length=8000)
