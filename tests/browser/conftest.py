"""A real Chromium. Every test here is marked `browser` by itself and runs in a call of its own.

Ten journeys are part of `make test`: @pytest.mark.journey("register"). All others are marked `night`.

page        English at 1280 pixels, on the running portal: page.goto("/en/")
phone_ar    the same in Arabic at 360 pixels: phone_ar.goto("/ar/")
axe         axe(page) fails on any serious or critical violation, naming rule and element; and where the page
            is wider than its window. Call it at the end of each journey, and wherever a page looks different
seen        seen(page, "name") does as axe; WHATSON_SHOTS=/folder keeps a picture of each page
enter       enter(page, person) signs a person in without the form, second factor included
go_to       go_to(page, "Screening") opens a page of the desk by its menu
passkeys    passkeys(page) gives the browser a device that holds passkeys and always says yes

Wait for a condition, never for a time: the patience set here is enough for a machine ten times slower.

What the browser refuses because of the content security policy, and every script error, fails the test.
Pages reach the portal as http://localhost:…, since passkeys need a name. Each test has real transactions;
at its end what it wrote is removed.
"""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Error, expect

from accounts.people.models import User
from accounts.second_factor import sessions
from tests.factories.accounts import enrol
from whatson.stack import with_room

# Playwright keeps an event loop running in this thread; without this Django would refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# As in production; each request of the live server has a thread of its own, with a stack as small as can be.
WSGIHandler.__call__ = with_room(WSGIHandler.__call__)

# As long as Playwright waits for a page or a button; its own five seconds are few on a slow machine.
expect.set_options(timeout=30_000)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SHOTS = Path(given) if (given := os.environ.get("WHATSON_SHOTS")) else None
AXE = Axe().axe_script
QUIET = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if not item.get_closest_marker("journey"):
                item.add_marker(pytest.mark.night)


def chromium() -> str | None:
    """The Chromium to drive; None lets Playwright take its own."""
    return os.environ.get("WHATSON_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium(), "args": QUIET}


@pytest.fixture
def browser_context_args(browser_context_args, live_server):
    return {
        **browser_context_args,
        "base_url": live_server.url.replace("127.0.0.1", "localhost"),
        "viewport": {"width": 1280, "height": 900},
        "locale": "en",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def page(context):
    page = context.new_page()
    complaints = _listen(page)
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def phone_ar(browser, browser_context_args):
    arabic = {"viewport": {"width": 360, "height": 740}, "locale": "ar", "has_touch": True}
    context = browser.new_context(**{**browser_context_args, **arabic})
    page = context.new_page()
    complaints = _listen(page)
    yield page
    context.close()
    assert complaints == []


def _listen(page) -> list[str]:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    return complaints


def _last_navigation(page):
    """The request that led to this page, or that is about to lead away from it."""
    requests = [
        request
        for request in page.requests()
        if request.is_navigation_request() and not request.frame.parent_frame
    ]
    return requests[-1] if requests else None


def _look_once_settled(page, look):
    """What `look` returns of the page to which a click leads, not of the one that is being left."""
    for _attempt in range(5):
        navigation = _last_navigation(page)
        if navigation and (response := navigation.response()):
            response.finished()
        page.wait_for_load_state()
        try:
            result = look(page)
        except Error:
            if _last_navigation(page) == navigation:
                raise
            continue
        if _last_navigation(page) == navigation:
            return result
    raise AssertionError(f"{page.url} is left again and again.")


def _run_axe(page):
    """The violations, and by how many pixels the page is wider than its window."""
    page.evaluate(AXE)
    # Only what the check reads: to bring over what is fine takes a twelfth of the time.
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return violations, width


@pytest.fixture
def axe():
    def check(page) -> None:
        violations, too_wide = _look_once_settled(page, _run_axe)
        bad = [
            (violation["id"], node["html"], node["failureSummary"])
            for violation in violations
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]
        assert bad == [], f"{page.url}: {bad}"
        assert too_wide <= 0, f"{page.url} is {too_wide} pixels wider than its window."

    return check


@pytest.fixture
def look_at(axe):
    def look(page, name: str) -> None:
        axe(page)
        if SHOTS:
            SHOTS.mkdir(parents=True, exist_ok=True)
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=SHOTS / f"{name}-{scheme}.png", full_page=True)

    return look


@pytest.fixture
def enter(live_server):
    def signing_in(page, person: User) -> None:
        if person.is_guarded and not sessions.is_enrolled(person):
            enrol(person)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.GrantBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        sessions.remember(session, person)
        session.save()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": session.session_key,
                    "url": live_server.url.replace("127.0.0.1", "localhost"),
                }
            ]
        )

    return signing_in


@pytest.fixture
def go_to():
    """go_to(page, "Screening") opens a page of the desk by the desk's menu, its area unfolded."""

    def going(page, name: str) -> None:
        page.goto("/en/desk/")
        area = page.locator(".desk-area").filter(has=page.get_by_text(name, exact=True))
        if area.get_attribute("open") is None:
            area.locator("summary").click()
        area.get_by_role("link", name=name, exact=True).click()

    return going


@pytest.fixture
def passkeys():
    def plug_in(page) -> None:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )

    return plug_in


@pytest.fixture(autouse=True)
def _connections_go_back(transactional_db):
    """What this thread borrowed from the pool must not be held while the tables are emptied."""
    yield
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
