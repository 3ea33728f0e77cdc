"""`make pictures`: take the pictures of help and README from a portal that runs with the demonstration.

What they show stands in portal/help/enums_pictures.py. Each is taken in light colours, without the head of
the page, as WebP of at most 40 KB. Needs Chromium, one on PATH or the one that WHATSON_CHROMIUM names. Take
them again where a page has changed its look; the pictures are kept in the repository. Those of the README
show the bar of languages, so the machine needs a font with Chinese letters.

    make run, and in another window: make pictures            all of them
    make pictures PICTURES="vetting events home"              some
"""

import argparse
import os
import re
from io import BytesIO
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.chromium import found_chromium

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 40_000
# Of the README: name of the picture in docs/, address, person.
OF_THE_README = {"home": ("/", ""), "directory": ("/stakeholders/", ""), "desk": ("/desk/", "head")}
README_SIZE = {"width": 1280, "height": 900}
# What a reader of the help does not look for.
HIDDEN = "body > header, .demonstration-banner, .page-help {display: none !important}"


def sign_in(page: Page, site: str, person: str) -> None:
    """Enter without the form, the second factor included."""
    from django.conf import settings  # noqa: PLC0415  Django is set up in main()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from accounts.people.models import User  # noqa: PLC0415
    from accounts.second_factor import sessions  # noqa: PLC0415

    user = User.objects.get(email=f"{person}@demo.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.GrantBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessions.remember(session, user)
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def open_page(browser: Browser, site: str, person: str, size: tuple[int, int], address: str) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,  # for the style that hides what is HIDDEN
    )
    if person:
        sign_in(page, site, person)
    page.goto(f"{site}{address}")
    return page


def follow(page: Page, pattern: str) -> None:
    """Open the first link of the page whose address has the pattern."""
    links = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.href)")
    page.goto(next(link for link in links if re.search(pattern, link)))


def save_small(shot: bytes, path: Path) -> None:
    """As WebP, as good as its size allows."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    for quality in range(80, 20, -5):
        written = BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if len(written.getvalue()) <= MOST_BYTES:
            path.write_bytes(written.getvalue())
            return
    raise SystemExit(f"{path.name} does not become small enough")


def take_of_help(browser: Browser, site: str, name: str) -> None:
    from portal.help.enums_pictures import FOLDER, HEIGHT, PICTURES, TAKEN_IN, WIDTH  # noqa: PLC0415

    picture = PICTURES[name]
    for language in TAKEN_IN:
        page = open_page(browser, site, picture.person, (WIDTH, HEIGHT), f"/{language}{picture.address}")
        for pattern in picture.follow:
            follow(page, pattern)
        page.add_style_tag(content=HIDDEN)
        page.evaluate("top => document.querySelector(top).scrollIntoView({block: 'start'})", picture.top)
        page.evaluate("document.fonts.ready")
        save_small(page.screenshot(type="png"), ROOT / "static" / FOLDER / f"{name}.{language}.webp")
        page.close()


def take_of_readme(browser: Browser, site: str, name: str) -> None:
    address, person = OF_THE_README[name]
    size = (README_SIZE["width"], README_SIZE["height"])
    page = open_page(browser, site, person, size, f"/en{address}")
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot(type="png"))).convert("RGB").quantize(256)
    picture.save(ROOT / "docs" / f"{name}.png", optimize=True)
    page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of the help and of the README.")
    parser.add_argument("--site", default="http://localhost:8000")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    # Playwright keeps an event loop running in this thread; without this Django would refuse every query.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    django.setup()
    from portal.help.enums_pictures import PICTURES  # noqa: PLC0415

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found_chromium())
        for name in options.names or [*PICTURES, *OF_THE_README]:
            print(name)  # noqa: T201
            (take_of_readme if name in OF_THE_README else take_of_help)(browser, options.site, name)


if __name__ == "__main__":
    main()
