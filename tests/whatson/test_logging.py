"""Logs hold no key that opens something, and not what somebody searched for."""

import pytest

from whatson.settings.logging import leave_out_secrets


@pytest.mark.parametrize(
    ("request_line", "logged"),
    (
        ("GET /en/stakeholders/?q=my+sister", "GET /en/stakeholders/"),
        (
            "GET /en/accounts/password/reset/key/1-set-password/",
            "GET /en/accounts/password/reset/key/…/",
        ),
        ("POST /ar/accounts/confirm-email/MQ:abc-DEF/", "POST /ar/accounts/confirm-email/…/"),
        ("GET /fr/stakeholders/invitations/s3cr3t/", "GET /fr/stakeholders/invitations/…/"),
        ("POST /zh/mail/stop/WzEsIm:1x/", "POST /zh/mail/stop/…/"),
        ("GET /en/mail/preferences/WzEsIm:1x/", "GET /en/mail/preferences/…/"),
    ),
)
def test_an_address_is_logged_without_what_it_opens(request_line, logged):
    assert leave_out_secrets(None, "info", {"request": request_line})["request"] == logged


def test_a_page_that_is_not_there_is_told_without_its_key():
    said = {"event": "Not Found: /en/stakeholders/invitations/s3cr3t/"}
    assert leave_out_secrets(None, "warning", said) == {"event": "Not Found: /en/stakeholders/invitations/…/"}


def test_what_is_no_text_is_left_alone():
    assert leave_out_secrets(None, "info", {"request": 7, "event": None}) == {"request": 7, "event": None}
