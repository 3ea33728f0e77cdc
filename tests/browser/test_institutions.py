"""Signing in with an institution, over its real pages: our policy lets the browser go there and come back."""

import re

from playwright.sync_api import expect

from tests.accounts.single_sign_on import provider


def test_somebody_signs_up_with_their_institution(page, look_at, settings, live_server):
    settings.SITE_URL = live_server.url.replace("127.0.0.1", "localhost")
    with provider.running() as institution:
        settings.SINGLE_SIGN_ON = [institution.settings()]
        page.goto("/en/accounts/login/?next=/en/accounts/2fa/")
        look_at(page, "institution-sign-in")
        page.get_by_role("button", name="Sign in with The Institute").click()
        page.get_by_label("Subject").fill(provider.WHO)
        page.get_by_role("button", name="Authorize", exact=True).click()
        expect(page.get_by_label("Your name")).to_have_value("Amina Otieno")
        look_at(page, "institution-sign-up")
        page.get_by_label("I work for an organization").check()
        page.get_by_role("button", name="Create my account").click()
        page.wait_for_url(re.compile("/en/accounts/2fa/$"))
        look_at(page, "institution-security")
        page.get_by_role("button", name="Remove The Institute").click()
        expect(page.get_by_text("Without The Institute you could no longer sign in.")).to_be_visible()
