"""What may be typed about collections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.collections.actions import audiences_for
from resources.collections.models import Collection
from resources.collections.queries import changeable_by
from resources.records.enums import Audience


class CollectionForm(forms.ModelForm):
    class Meta:
        model = Collection
        fields = ("title", "about", "language")
        widgets = {"about": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}


class AudienceForm(forms.Form):
    """Chosen before each first publication: a draft's own audience was chosen by nobody."""

    audience = forms.ChoiceField(
        label=_("Who may read it"),
        widget=forms.RadioSelect,
        help_text=_("Each reader sees only the resources that they may read."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose who may read it.")),
    )

    def __init__(self, *args: Any, user: Any, collection: Collection, **kwargs: Any) -> None:
        if collection.published_at is not None:
            kwargs["initial"] = {"audience": collection.audience}
        super().__init__(*args, **kwargs)
        allowed = audiences_for(user, collection)
        field: Any = self.fields["audience"]
        field.choices = [pair for pair in Audience.choices if pair[0] in allowed]
        if Audience.PUBLIC not in allowed:
            field.help_text = _(
                "Each reader sees only the resources that they may read. To open it to "
                "everybody, publish it and contact the WhatsOn team."
            )


class CollectForm(forms.Form):
    """Which collection a resource is put into."""

    collection = forms.ModelChoiceField(
        Collection.objects.none(), label=_("Collection"), empty_label=None, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        help_text=_("One sentence on why it is in this collection. Optional."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["collection"]
        field.queryset = changeable_by(user)
