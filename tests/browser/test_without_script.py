"""Signing up and registering in a browser that runs no script."""

import pytest
from playwright.sync_api import expect

from tests.browser.registering import NAME, fill_in, sign_up


@pytest.fixture
def plain_page(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.behaviour("X-12")
def test_an_ngo_signs_up_and_registers_without_script(plain_page):
    sign_up(plain_page, "en")
    fill_in(plain_page, "en", lambda _page, _name: None)
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(NAME)
