"""A consolidated list, and why a hit is none."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.text import clean_block
from stakeholders.screening.reader import MOST_BYTES, ReadList, Unreadable, read


class ListForm(forms.Form):
    """`cleaned_data["file"]` is the list as read, `upload` the file once the form is valid."""

    upload: UploadedFile

    file = forms.FileField(
        label=_("Consolidated list"),
        help_text=_("The XML file that the Security Council publishes, as it is."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
        error_messages={"empty": _("This file is empty. Nothing was changed.")},
    )

    def clean_file(self) -> ReadList:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("This file is too large for a consolidated list. Nothing was changed."))
        try:
            consolidated_list = read(upload.chunks())
        except Unreadable as problem:
            raise ValidationError(str(problem)) from problem
        self.upload = upload
        return consolidated_list


class ClearForm(forms.Form):
    reason = forms.CharField(
        label=_("Why these are not the same"),
        help_text=_("Only those who vet can read it. The pair then stays cleared until either name changes."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Give the reason why these are not the same.")},
    )

    def clean_reason(self) -> Any:
        reason = clean_block(self.cleaned_data["reason"])
        if not reason:
            raise ValidationError(_("Give the reason why these are not the same."))
        return reason
