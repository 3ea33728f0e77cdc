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
    """Return the institution of this code. Raises SocialApp.DoesNotExist where the settings name none."""
    for provider in settings.SINGLE_SIGN_ON:
        if provider.id == code:
            return provider
    raise SocialApp.DoesNotExist


def provider_or_404(code: str) -> IdentityProvider:
    try:
        return provider_with(code)
    except SocialApp.DoesNotExist:
        raise Http404 from None


def name_of(code: str) -> str:
    """Return the name of an institution; its code where the settings no longer name it."""
    return next((provider.name for provider in settings.SINGLE_SIGN_ON if provider.id == code), code)


def links_of(user: User) -> QuerySet[SocialAccount]:
    """Return the links of this person, the oldest first."""
    return SocialAccount.objects.filter(user_id=user.pk).order_by("pk")


def links_page(user: User) -> dict[str, Any]:
    """Return what the security page of this person shows of institutions."""
    links = [
        {"pk": link.pk, "name": name_of(link.provider), "provider": link.provider, "account": link}
        for link in (links_of(user) if settings.SINGLE_SIGN_ON else ())
    ]
    linked = {link["provider"] for link in links}
    return {
        "links": links,
        "linkable": [provider for provider in settings.SINGLE_SIGN_ON if provider.id not in linked],
    }


def is_last_way_in(link: SocialAccount) -> bool:
    """Return whether the person has no password, no passkey and no other institution beside this link."""
    user: Any = link.user
    if user.has_usable_password() or links_of(user).exclude(pk=link.pk).exists():
        return False
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return not any(passkey.wrap().is_passwordless for passkey in passkeys)
