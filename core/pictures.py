"""Pictures from people, drawn anew: what was sent is read, its pixels are taken, and the file is thrown away.

Nothing but the picture itself survives: no place, no camera, no comment, no second frame, no hidden file.
"""

import struct
import zlib
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import DomainError

# What is taken, by Pillow's name and as media types with their endings.
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MEDIA_TYPES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
MOST_PIXELS = 30_000_000  # a larger one takes more memory than a worker should have
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    OverflowError,
    EOFError,
    struct.error,
    zlib.error,
    UnidentifiedImageError,
)


def bare_picture(upload: IO[bytes], *, field: str, least: int, longest: int) -> Image.Image:
    """The pixels of a picture, turned as it is looked at; without transparency where it has none.

    `least`: pixels that each side has to have; `longest`: the longest side that will be drawn of it. Raises
    DomainError, at the field, for what is none or too large.
    """
    try:
        upload.seek(0)
        with Image.open(upload, formats=tuple(FORMATS)) as image:
            # Known from the head of the file, before a single pixel is unpacked.
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise _too_large(field)
            if min(width, height) < least:
                raise _wrong(
                    field,
                    _("This image is too small: each side has to have %(least)s pixels at least.")
                    % {"least": least},
                )
            image.draft("RGB", (longest, longest))  # JPEG unpacks no more than it has to
            return _bare(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as bomb:
        raise _too_large(field) from bomb
    except _BROKEN as broken:
        message = _("This image cannot be read. Please save it again as JPEG or PNG.")
        raise _wrong(field, message) from broken


def _bare(image: Image.Image) -> Image.Image:
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    drawn = image.convert("RGBA" if has_alpha else "RGB")
    if has_alpha and drawn.getchannel("A").getextrema() == (255, 255):
        drawn = drawn.convert("RGB")
    drawn.info = {}
    return drawn


def _too_large(field: str) -> DomainError:
    message = _("This image is too large; the maximum is %(most)s million pixels.")
    return _wrong(field, message % {"most": MOST_PIXELS // 1_000_000})


def _wrong(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
