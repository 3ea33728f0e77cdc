"""An image of a story and the words with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.pictures import MEDIA_TYPES
from core.uploads import UploadField
from stakeholders.entries.forms import LineField


# --- Images -------------------------------------------------------------------------------------------------
class ImageWordsForm(forms.Form):
    alt = LineField(
        label=_("What the image shows"),
        max_length=300,
        help_text=_("For people who do not see it: who and what, in a sentence or two."),
        error_messages={"required": _("Describe what the image shows, for people who do not see it.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    caption = LineField(
        label=_("Caption"),
        max_length=300,
        required=False,
        help_text=_("Shown below the image."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    credit = LineField(
        label=_("Credit"),
        max_length=200,
        required=False,
        help_text=_("Who made it, and under which licence."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ImageForm(ImageWordsForm):
    image = UploadField(
        label=_("Image"),
        media_types=MEDIA_TYPES,
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. Images are re-encoded, and location and "
            "camera data are removed. Do not show people without their consent, or "
            "identifiable children."
        ),
        error_messages={"required": _("Choose an image.")},
    )
    field_order = ("image", "alt", "caption", "credit")
