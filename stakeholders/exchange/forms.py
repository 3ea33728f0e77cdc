"""What people say about an offer or a need."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PickMany, PickOne
from stakeholders.entries.forms import BlockField
from stakeholders.exchange.actions import LAST_DAY, MANY
from stakeholders.exchange.enums import Direction, OfferAudience
from stakeholders.exchange.models import Offer, today
from taxonomy.places.models import Country
from taxonomy.terms.models import EngagementArea, Language, Topic

DIRECTION_CHOICES = [
    (Direction.OFFER, _("We offer this to others")),
    (Direction.NEED, _("We need this from others")),
]


class OfferForm(forms.Form):
    """A new one asks whether it is an offer or a need; later that stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    direction = forms.ChoiceField(
        label=_("Do you offer it or need it?"),
        choices=DIRECTION_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you offer or need it.")},
    )
    area = forms.ChoiceField(
        label=_("Area"), required=False, help_text=_("What kind of help it is. An area, a topic, or both.")
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, help_text=_("What it is about."), widget=PickOne
    )
    text = BlockField(
        label=_("What exactly"),
        max_length=600,
        help_text=_("In two or three sentences: what, for whom, how much. In any language."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Describe it in a sentence or two.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=PickMany,
        help_text=_("Languages in which it can be given or used."),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries or areas"),
        required=False,
        widget=PickMany,
        help_text=_("Where it can be given or is needed; none means anywhere."),
    )
    audience = forms.ChoiceField(
        label=_("Who reads it"),
        choices=OfferAudience,
        widget=forms.RadioSelect,
        initial=OfferAudience.MEMBERS,
        help_text=_("Never more people than may find your profile."),
    )
    until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It is shown until the end of this day, Vienna time. Empty: until you close it."),
    )

    def __init__(self, *args: Any, offer: Offer | None = None, **kwargs: Any) -> None:
        if offer is not None:
            kwargs.setdefault("initial", initial_of(offer))
        super().__init__(*args, **kwargs)
        if offer is not None:
            del self.fields["direction"]
        for name, model, blank in (
            ("area", EngagementArea, _("Choose an area")),
            ("topic", Topic, _("Choose a topic")),
        ):
            self.fields[name].choices = [("", blank), *model.objects.for_choices()]  # type: ignore[attr-defined]
        self.fields["languages"].choices = Language.objects.for_choices()  # type: ignore[attr-defined]
        self.fields["countries"].choices = Country.objects.for_choices()  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day and day < today():
            raise forms.ValidationError(_("This day is over."), code="over")
        if day and day > LAST_DAY:
            raise forms.ValidationError(_("Choose an earlier day."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("area") and not cleaned.get("topic") and not {"area", "topic"} & set(self.errors):
            self.add_error(
                "area", forms.ValidationError(_("Choose an area or a topic, or both."), code="none")
            )
        return cleaned

    def offer_fields(self) -> dict[str, Any]:
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"version", "direction"}
        }


def initial_of(offer: Offer) -> dict[str, Any]:
    return {
        "version": offer.version,
        "area": offer.area_id or "",
        "topic": offer.topic_id or "",
        "text": offer.text,
        "audience": offer.audience,
        "until": offer.until,
        **{name: [place_or_language.pk for place_or_language in getattr(offer, name).all()] for name in MANY},
    }
