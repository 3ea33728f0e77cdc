"""A new secret key beside the old: what was signed before goes on, unless the old one is left out."""

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from news.newsletter.signed_links import leaving_key, read_leaving_key
from notifications.incoming.signed_addresses import RETURN, Signed, signed_address, signed_in
from stakeholders.claims.actions import _hashes_of
from tests.factories.accounts import UserFactory, sign_in


@pytest.mark.django_db
@pytest.mark.parametrize("fallback", (True, False))
def test_what_was_signed_with_the_key_of_before_goes_on_while_that_is_named(client, settings, fallback):
    settings.MAILBOX_ADDRESS = "portal@example.org"
    person = UserFactory()
    sign_in(client, person)
    address, link, code = signed_address(RETURN, 7), leaving_key("a@example.org", 3), _hashes_of("A", 1, 2)[0]
    token = default_token_generator.make_token(person)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if fallback else []
    settings.SECRET_KEY = "another-" + "y" * 50
    assert signed_in(f"<{address}>") == ([Signed(RETURN, 7)] if fallback else [])
    assert (read_leaving_key(link) is not None) is fallback
    assert (code in _hashes_of("A", 1, 2)) is fallback
    assert default_token_generator.check_token(person, token) is fallback
    assert (client.get(reverse("portal:me")).status_code == 200) is fallback
    assert signed_address(RETURN, 7) != address
