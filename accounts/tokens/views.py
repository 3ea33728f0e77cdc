"""One's own access tokens: made, shown once, revoked."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.models import User
from accounts.tokens.actions import make_token, revoke_token
from accounts.tokens.forms import TokenForm
from accounts.tokens.models import AccessToken
from core.errors import DomainError


def where_offered[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Missing for everybody while no address accepts a token: nobody is given a key without a door."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.ACCESS_TOKENS_OFFERED:
            raise Http404
        return view(*args, **kwargs)

    return answer


@where_offered
@login_required
@never_cache
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    own = list(AccessToken.objects.visible_to(request.user))
    return render(
        request,
        "accounts/tokens/list.html",
        {"live": [one for one in own if one.is_live], "over": [one for one in own if not one.is_live]},
    )


@where_offered
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def new(request: HttpRequest) -> HttpResponse:
    """The answer to the POST shows the token, which no page shows again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = make_token(actor=cast("User", request.user), **form.cleaned_data)
        except DomainError as refusal:
            for field, text in (refusal.fields or {"": str(refusal)}).items():
                form.add_error(field or None, text)
        else:
            return render(request, "accounts/tokens/made.html", {"token": token, "secret": secret})
    return render(request, "accounts/tokens/new.html", {"form": form})


@where_offered
@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(AccessToken.objects.visible_to(request.user), pk=pk)
    revoke_token(token, actor=cast("User", request.user))
    messages.success(
        request, _("The token “%(name)s” is revoked. It opens nothing any more.") % {"name": token.name}
    )
    return redirect("rights:tokens")
