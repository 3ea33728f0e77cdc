"""`python tools/draw_card.py`: draw static/img/card.png, which a shared link shows, of static/img/card.svg.

Drawn by a browser, as social networks take no SVG; the picture is kept in the repository. Needs Chromium, one
on PATH or the one that WHATSON_CHROMIUM names. To be run again only when the mark or the name changes.
"""

import base64
import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
FONTS = ROOT / "node_modules" / "@fontsource" / "noto-sans" / "files"
WIDTH, HEIGHT = 1200, 630  # as Open Graph asks


def page() -> str:
    """The drawing with the fonts of the portal in it, so that it looks alike on every machine."""
    faces = "".join(map(_face, (400, 600)))
    drawing = (IMAGES / "card.svg").read_text(encoding="utf-8")
    return f"<style>{faces} body {{margin: 0}} svg {{display: block}}</style>{drawing}"


def _face(weight: int) -> str:
    font = base64.b64encode((FONTS / f"noto-sans-latin-{weight}-normal.woff2").read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{font})"
    return f"@font-face {{font-family: 'Noto Sans'; font-weight: {weight}; src: {source}}}"


def draw() -> None:
    chromium = os.environ.get("WHATSON_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium)
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        tab.set_content(page())
        tab.evaluate("document.fonts.ready")
        drawn = tab.screenshot(type="png")
        browser.close()
    # Few colours: a palette needs a third of the bytes.
    Image.open(BytesIO(drawn)).convert("RGB").quantize(64).save(IMAGES / "card.png", optimize=True)


if __name__ == "__main__":
    draw()
