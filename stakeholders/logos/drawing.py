"""A logo drawn anew: a square that shows all of it, small enough for lists, mails and cards."""

from io import BytesIO
from typing import IO

from PIL import Image

from core.pictures import bare_picture

LEAST_SIDE = 48
SIDES = (256, 192, 128, 96)  # of the square, in pixels: the largest that is small enough as a file
MOST_BYTES = 40_000


def draw_square(upload: IO[bytes]) -> bytes:
    """Return the picture as PNG. Raises DomainError, at the field "logo", for no picture or one too large."""
    drawn = bare_picture(upload, field="logo", least=LEAST_SIDE, longest=2 * SIDES[0])
    tries = (_png(_square(drawn, side), colours) for side in SIDES for colours in (0, 256))
    # 96 pixels squared in 256 colours are 9 KB before they are packed: the last try is always small enough.
    return next(content for content in tries if len(content) <= MOST_BYTES)


def _square(image: Image.Image, side: int) -> Image.Image:
    """Return a square with the whole image in its middle, transparent around it."""
    small = image.convert("RGBA")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    longest = max(small.size)
    square = Image.new("RGBA", (longest, longest), (255, 255, 255, 0))
    square.paste(small, ((longest - small.width) // 2, (longest - small.height) // 2))
    return square


def _png(image: Image.Image, colours: int) -> bytes:
    to = BytesIO()
    if colours:
        image = image.quantize(colours, method=Image.Quantize.FASTOCTREE)
    image.save(to, "PNG", optimize=True)
    return to.getvalue()
