"""How fast mail may leave."""

from django import forms

from notifications.delivery.models import Outlet


class RateForm(forms.ModelForm):
    """How many mails a second the provider allows."""

    class Meta:
        model = Outlet
        fields = ("per_second",)
