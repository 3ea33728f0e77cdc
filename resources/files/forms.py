"""A file of an edition."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.uploads import ENDINGS, UploadField


def _accepted_types_text() -> str:
    return _(
        "PDF, DOCX, PPTX, XLSX, HTML, PNG or JPEG, at most %(most)s. PDF is best: its pages can be cited."
    ) % {"most": filesizeformat(settings.RESOURCES_MAX_BYTES)}


class FileForm(forms.Form):
    """`upload` and, from the second version on, what is new in it."""

    upload = UploadField(
        label=gettext_lazy("File"),
        media_types=ENDINGS,
        most=settings.RESOURCES_MAX_BYTES,
        help_text=lazy(_accepted_types_text, str)(),
    )
    label = forms.CharField(
        label=gettext_lazy("What is new in it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For readers, as “corrected tables” or “second edition”."),
    )

    def __init__(self, *args: object, is_first: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if is_first:
            del self.fields["label"]
