"""`python tools/draw_card.py`: draw what stands for the portal elsewhere, from two drawings in static/img/.

card.png, which a shared link shows, of card.svg; the icons of browsers and home screens of favicon.svg.

Drawn by a browser, as others take no SVG; the pictures are kept in the repository. Needs Chromium, one
on PATH or the one that WHATSON_CHROMIUM names. To be run again only when the mark or the name changes.
"""

import base64
import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
FONTS = ROOT / "node_modules" / "@fontsource" / "noto-sans" / "files"
WIDTH, HEIGHT = 1200, 630  # as Open Graph asks
# Edges of icons in pixels: of home screens (Apple, then the manifest's), and of those within favicon.ico.
ICONS = {"apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
FAVICON = (16, 32, 48)


def page() -> str:
    """The drawing with the fonts of the portal in it, so that it looks alike on every machine."""
    faces = "".join(map(_face, (400, 600)))
    drawing = (IMAGES / "card.svg").read_text(encoding="utf-8")
    return f"<style>{faces} body {{margin: 0}} svg {{display: block}}</style>{drawing}"


def _face(weight: int) -> str:
    font = base64.b64encode((FONTS / f"noto-sans-latin-{weight}-normal.woff2").read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{font})"
    return f"@font-face {{font-family: 'Noto Sans'; font-weight: {weight}; src: {source}}}"


def icon() -> str:
    """Return the mark to its very edges: systems cut corners of their own."""
    mark = (IMAGES / "favicon.svg").read_text(encoding="utf-8").replace('rx="7"', 'rx="0"')
    return f"<style>body {{margin: 0}} svg {{display: block; width: 100vw}}</style>{mark}"


def shoot(browser: Browser, text: str, width: int, height: int) -> Image.Image:
    """Return the picture of a page. Few colours: a palette needs a third of the bytes."""
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.set_content(text)
    tab.evaluate("document.fonts.ready")
    return Image.open(BytesIO(tab.screenshot(type="png"))).convert("RGB").quantize(64)


def draw() -> None:
    chromium = os.environ.get("WHATSON_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium)
        shoot(browser, page(), WIDTH, HEIGHT).save(IMAGES / "card.png", optimize=True)
        for name, edge in ICONS.items():
            shoot(browser, icon(), edge, edge).save(IMAGES / name, optimize=True)
        sizes = [shoot(browser, icon(), edge, edge).convert("RGBA") for edge in FAVICON]
        browser.close()
    sizes[-1].save(
        IMAGES / "favicon.ico",
        sizes=[picture.size for picture in sizes],
        append_images=sizes[:-1],
        bitmap_format="bmp",
    )


if __name__ == "__main__":
    draw()
