"""Settings and consent."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.actions import give_consent
from accounts.people.decorators import form_view
from accounts.people.forms import ConsentForm, ProfileForm
from accounts.people.queries import missing_consents
from accounts.people.requests import SignedIn
from core.next_pages import next_of


@form_view(fresh=True)
def profile(request: SignedIn) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language):
            messages.success(request, _("Your settings are saved."))
        return HttpResponseRedirect(translate_url(request.path, user.language))
    return render(request, "accounts/people/profile.html", {"form": form})


@form_view(fresh=True)
def consent(request: SignedIn) -> HttpResponse:
    person = request.user
    missing = missing_consents(person)
    target = next_of(request, reverse(settings.LOGIN_REDIRECT_URL))
    if not missing:
        return HttpResponseRedirect(target)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_consent(person, missing)
        return HttpResponseRedirect(target)
    return render(request, "accounts/people/consent.html", {"form": form, "missing": missing, "next": target})
