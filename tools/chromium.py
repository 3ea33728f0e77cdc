"""The Chromium that drives the browser tests: one that is here, else one that is fetched."""

import os
import re
import shutil
import subprocess
import sys

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


class NoChromium(Exception):
    """There is none, and none could be fetched; says what to do."""


def works(browser: str) -> bool:
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and bool(re.search(r"\d+\.\d+", done.stdout))


def found_chromium() -> str | None:
    given = os.environ.get("WHATSON_CHROMIUM")
    on_path = [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    for candidate in [*([given] if given else []), *on_path, MAC_CHROME, playwright_chromium()]:
        if candidate and works(candidate):
            return candidate
    return None


def playwright_chromium() -> str:
    """The path of Playwright's own browser, whether or not it is there."""
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def chromium() -> str:
    """A working Chromium: one that is here, else Playwright's own, else the distribution's package."""
    if browser := found_chromium():
        return browser
    sys.stdout.write("No Chromium here; fetching Playwright's own.\n")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    if browser := found_chromium():
        return browser
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write("That did not work; installing the distribution's package.\n")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, env=quiet
        )
        if browser := found_chromium():
            return browser
    raise NoChromium(
        "No Chromium could be found or installed. Install it (Debian: apt install chromium; macOS: "
        "brew install chromium), or name one: WHATSON_CHROMIUM=/path make test"
    )
