"""Which institutions there are, and with which of them a person may sign in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from accounts.identity_providers import IdentityProvider
from accounts.people.models import User


def provider_with(code: str) -> IdentityProvider:
    """Raises SocialApp.DoesNotExist, as allauth does, where the settings name no such institution."""
    for one in settings.SINGLE_SIGN_ON:
        if one.id == code:
            return one
    raise SocialApp.DoesNotExist


def provider_or_404(code: str) -> IdentityProvider:
    try:
        return provider_with(code)
    except SocialApp.DoesNotExist:
        raise Http404 from None


def name_of(code: str) -> str:
    """How an institution is called; its code where the settings no longer name it."""
    return next((one.name for one in settings.SINGLE_SIGN_ON if one.id == code), code)


def links_of(user: User) -> QuerySet[SocialAccount]:
    """A person's own, the oldest first."""
    return SocialAccount.objects.filter(user_id=user.pk).order_by("pk")


def links_page(user: User) -> dict[str, Any]:
    """What a person's security page says of it."""
    links = [
        {"pk": one.pk, "name": name_of(one.provider), "provider": one.provider, "link": one}
        for one in (links_of(user) if settings.SINGLE_SIGN_ON else ())
    ]
    linked = {one["provider"] for one in links}
    return {"links": links, "linkable": [one for one in settings.SINGLE_SIGN_ON if one.id not in linked]}


def is_last_way_in(link: SocialAccount) -> bool:
    """Whether without it the person has neither a password, nor a passkey, nor another institution."""
    user: Any = link.user
    if user.has_usable_password() or links_of(user).exclude(pk=link.pk).exists():
        return False
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return not any(one.wrap().is_passwordless for one in passkeys)
