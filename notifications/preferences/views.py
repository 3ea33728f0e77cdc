"""What a person hears of, how and when; and stopping mail by a link in it. Opening a link changes nothing."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.people.decorators import form_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.limits import spend
from notifications.hooks import kinds
from notifications.outbox.models import Habits
from notifications.preferences.actions import choose, set_habits, stop_by_link
from notifications.preferences.forms import HabitsForm, PreferencesForm
from notifications.preferences.signed_links import PREFERENCES, STOP, Key, read_key, shorten_address


@form_view(fresh=True)
def preferences(request: SignedIn) -> HttpResponse:
    person = cast(User, request.user)
    data = request.POST or None
    form = PreferencesForm(data, user=person)
    habits = HabitsForm(data, instance=Habits.objects.filter(user=person).first() or Habits(user=person))
    if request.method == "POST" and form.is_valid() and habits.is_valid():
        choose(person, form.choices())
        set_habits(person, habits.cleaned_data)
        messages.success(request, _("Your preferences are saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences/preferences.html", {"form": form, "habits": habits})


# -----------------------------------------------------------------------------------------------------
# Stopping mail by a link in it. Opening the page changes nothing; its button, or one click of the mail
# program, does. The key in the address is what lets it through, so no cookie and no form token is asked for.

AN_HOUR = 60 * 60
CHANGES_AN_HOUR = 30  # of one person's preferences by link


@csrf_exempt
@form_view(public=True, fresh=True)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    key = _key(token, STOP)
    owner = _owner(key)
    if key.user_id is not None and owner is None:
        raise Http404
    done = request.method == "POST"
    if done:
        stop_by_link(key)
    context = {
        "kind": kinds[key.kind],
        "address": shorten_address(owner.email if owner else key.address),
        "done": done,
        "has_account": owner is not None,
    }
    return render(request, "notifications/preferences/stop.html", context)


@csrf_exempt
@form_view(public=True, fresh=True)
def preferences_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The choices that everybody has, and nothing else of the person's; each change is mailed to them."""
    key = read_key(token, salt=PREFERENCES)
    owner = _owner(key) if key else None
    if owner is None:
        return render(request, "notifications/link_over.html", status=404)
    form = PreferencesForm(request.POST or None, user=owner, by_link=True)
    saved = False
    if request.method == "POST" and form.is_valid():
        spend("preferences_by_link", str(owner.pk), most=CHANGES_AN_HOUR, seconds=AN_HOUR)
        choose(owner, form.choices(), by_link=True)
        saved = True
        form = PreferencesForm(user=owner, by_link=True)
    context = {"form": form, "address": shorten_address(owner.email), "saved": saved}
    return render(request, "notifications/preferences/preferences_by_link.html", context)


def _key(token: str, salt: str) -> Key:
    """The key of the address; whatever cannot be stopped, or was altered, is not there."""
    key = read_key(token, salt=salt)
    if key is None or key.kind not in kinds or not kinds[key.kind].is_optional:
        raise Http404
    return key


def _owner(key: Key) -> User | None:
    return User.objects.filter(pk=key.user_id, is_active=True).first() if key.user_id else None
