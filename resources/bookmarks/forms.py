"""What may be typed about a saved search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.bookmarks.enums import Alerts
from resources.bookmarks.models import SavedSearch


class SearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ("name", "alerts")
        widgets = {"alerts": forms.RadioSelect}

    alerts = forms.ChoiceField(
        label=_("Tell me what is new in it"), choices=Alerts, widget=forms.RadioSelect, initial=Alerts.WEEKLY
    )
