"""What a signed-in person hears of, how and when."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.people.models import User
from notifications.actions import choose, set_habits
from notifications.forms import HabitsForm, PreferencesForm
from notifications.models import Habits


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    data = request.POST or None
    form = PreferencesForm(data, user=person)
    habits = HabitsForm(data, instance=Habits.objects.filter(user=person).first() or Habits(user=person))
    if request.method == "POST" and form.is_valid() and habits.is_valid():
        choose(person, form.choices())
        set_habits(person, habits.cleaned_data)
        messages.success(request, _("Your preferences are saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form, "habits": habits})
