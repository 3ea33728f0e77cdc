"""How somebody whose mail came back mends it: another address, or one mail that shows it works again."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.people.models import User
from notifications.actions import ask_the_address, lift
from notifications.links import read_address_key, shortened
from notifications.models import Suppression
from notifications.queries.held import held_address_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    person = cast("User", request.user)
    held = held_address_of(person)
    if request.method != "POST":
        return render(request, "notifications/address.html", {"held": held})
    if held is None:
        messages.info(request, _("Mail reaches you as it should; there is nothing to mend."))
    else:
        ask_the_address(person, held)
        messages.success(
            request,
            _("A mail is on its way to %(address)s. Open the link in it and press the button there.")
            % {"address": person.email},
        )
    return redirect("notifications:address")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def works(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail to a held address. Opening it changes nothing; its button does.

    The key in the address is what lets it through, so no sign-in and no form token is asked for.
    """
    named = read_address_key(token)
    held = Suppression.objects.filter(pk=named[1]).first() if named else None
    owner = User.objects.filter(pk=named[0], is_active=True).first() if named else None
    if held is None or owner is None:
        return render(request, "notifications/works_over.html", status=404)
    if request.method == "POST":
        lift(held, actor=owner, by_owner=True)
    done = request.method == "POST" or held.lifted_at is not None
    context = {"address": shortened(held.address), "done": done}
    return render(request, "notifications/works.html", context)
