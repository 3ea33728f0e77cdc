"""What the desk fills in of a link to news elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PickMany, PickOne
from core.text import clean_block
from news.elsewhere.models import NewsLink
from stakeholders.entries.forms import LineField, web_address
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic


class LinkForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        error_messages={
            "required": _("Give the address of the page."),
            "unique": _("There is a link to this page already."),
        },
    )
    title = LineField(
        label=_("Title"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Give the title that the page prints, or one in our words.")},
    )
    publisher = LineField(
        label=_("Publisher"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Enter who published the page.")},
    )
    summary = LineField(
        label=_("Summary"),
        max_length=400,
        help_text=_("One sentence in our own words, in English."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en", "dir": "ltr", "class": "short-text"}),
        error_messages={"required": _("Describe in one sentence what the page says.")},
    )

    class Meta:
        model = NewsLink
        fields = [
            "url",
            "title",
            "title_is_ours",
            "publisher",
            "published_on",
            "language",
            "topics",
            "countries",
            "summary",
            "source",
            "source_date",
            "confidence",
            "note",
        ]
        widgets = {
            "language": PickOne,
            "topics": PickMany,
            "countries": PickMany,
            "source": forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short-text"}),
            "source_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 2, "lang": "en", "dir": "ltr", "class": "short-text"}),
        }
        labels = {"source": _("Where it was read"), "source_date": _("Read on")}
        error_messages = {"source_date": {"required": _("Enter the day on which you read the page.")}}
        help_texts = {"source": _("Leave this empty if it is the page itself.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].queryset = Language.objects.all().offered().in_order()  # type: ignore[attr-defined]
        self.fields["topics"].queryset = Topic.objects.all().offered().in_order()  # type: ignore[attr-defined]
        self.fields["countries"].queryset = Country.objects.in_order()  # type: ignore[attr-defined]
        self.fields["source_date"].required = True

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        web_address(url)
        return url

    def clean_note(self) -> str:
        return clean_block(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["source"] = clean_block(cleaned.get("source") or "") or cleaned.get("url", "")
        return cleaned
