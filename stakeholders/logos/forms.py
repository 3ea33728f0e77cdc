"""The picture of a profile, and the words for it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.pictures import MEDIA_TYPES
from core.uploads import UploadField
from stakeholders.entries.forms import LineField
from stakeholders.entries.models import Stakeholder
from stakeholders.logos.models import Logo

MOST_BYTES = 5_000_000


class PictureField(UploadField):
    """Says of an SVG why it is not taken."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        if data and data is not initial:
            head = data.read(4096).lower()
            data.seek(0)
            if b"<svg" in head:
                raise ValidationError(
                    _(
                        "SVG files can carry programs, so they are not accepted. Save the picture as PNG and "
                        "try again."
                    ),
                    code="svg",
                )
        return super().clean(data, initial)


class LogoForm(forms.Form):
    logo = PictureField(
        label=_("Picture"),
        media_types=MEDIA_TYPES,
        most=MOST_BYTES,
        help_text=_(
            "PNG, JPEG or WebP, up to 5 MB; a square with a narrow margin looks best. It "
            "is re-encoded in a small size, and location and camera data are removed."
        ),
        error_messages={"required": _("Choose an image.")},
    )
    alt = LineField(
        label=_("What the image shows"),
        max_length=200,
        help_text=_("For people who do not see it."),
        error_messages={"required": _("Describe what the image shows, for people who cannot see it.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, stakeholder: Stakeholder, logo: Logo | None, **kwargs: Any) -> None:
        words = _("Photo of %(name)s") if stakeholder.is_expert else _("Logo of %(name)s")
        kwargs.setdefault("initial", {"alt": logo.alt if logo else words % {"name": stakeholder.name}})
        super().__init__(*args, **kwargs)
        if logo is not None:
            self.fields["logo"].required = False
            self.fields["logo"].label = _("Another picture")
