"""The living style page: every component with something true in it. Development only."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.decorators import page_view
from core.forms import PickMany


class SpecimenForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the organization"), help_text=_("In its own language and script.")
    )
    email = forms.EmailField(label=_("E-mail address"))
    mission = forms.CharField(label=_("Mission"), widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("ngo", _("NGO")), ("academia", _("Academia"))], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[("tip", _("Trafficking in persons")), ("som", _("Smuggling of migrants"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("As many as apply."),
    )
    country = forms.ChoiceField(label=_("Country or area"), choices=[("", "—"), ("KEN", "Kenya")])
    # Of no table: this page is there without a database.
    places = forms.MultipleChoiceField(
        label=_("Countries or areas"),
        choices=[(str(number), f"Place {number}") for number in range(1, 31)],
        widget=PickMany,
        required=False,
    )
    paper = forms.FileField(
        label=_("Registration document"), required=False, help_text=_("PDF, PNG or JPEG.")
    )
    agree = forms.BooleanField(label=_("I may speak for this organization"))


@page_view(public=True)
def components(request: HttpRequest) -> HttpResponse:
    moment = now()
    lines = [
        SimpleNamespace(at=moment - timedelta(days=2), text=_("Amina Otieno sent this application")),
        SimpleNamespace(at=moment - timedelta(days=1), text=_("The desk has asked you for one more answer")),
        SimpleNamespace(at=moment, text=_("Amina Otieno answered")),
    ]
    context = {
        "form": SpecimenForm(prefix="plain"),
        "wrong": SpecimenForm({"wrong-email": "amina"}, prefix="wrong"),
        "page": Paginator(range(200), 10).page(7),
        "lines": lines,
        "tokens": (
            "ink",
            "ink-soft",
            "blue",
            "blue-deep",
            "un-blue",
            "tint",
            "line",
            "amber",
            "green",
            "red",
            "violet",
        ),
    }
    return render(request, "portal/style_guide/components.html", context)


@page_view(public=True)
def components_plain(request: HttpRequest) -> HttpResponse:
    return redirect("portal:components")
