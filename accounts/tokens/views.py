"""One's own access tokens: made, shown once, revoked."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from accounts.tokens.actions import make_token, revoke_token
from accounts.tokens.forms import TokenForm
from accounts.tokens.models import AccessToken
from core.errors import DomainError


@page_view(fresh=True)
def tokens(request: SignedIn) -> HttpResponse:
    own = list(AccessToken.objects.visible_to(request.user))
    return render(
        request,
        "accounts/tokens/list.html",
        {
            "live": [token for token in own if token.is_live],
            "over": [token for token in own if not token.is_live],
        },
    )


@form_view(fresh=True)
@reauthentication_required
def new(request: SignedIn) -> HttpResponse:
    """The answer to the POST shows the token, which no page shows again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = make_token(actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            for field, text in (refusal.fields or {"": str(refusal)}).items():
                form.add_error(field or None, text)
        else:
            return render(request, "accounts/tokens/made.html", {"token": token, "secret": secret})
    return render(request, "accounts/tokens/new.html", {"form": form})


@act_view()
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    token = get_object_or_404(AccessToken.objects.visible_to(request.user), pk=pk)
    revoke_token(token, actor=request.user)
    messages.success(
        request, _("The token “%(name)s” is revoked. It no longer gives access.") % {"name": token.name}
    )
    return redirect("rights:tokens")
