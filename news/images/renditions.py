"""Images from people, made anew: what was sent is read, drawn afresh and thrown away.

Nothing but the picture itself survives: no place, no camera, no comment, no second frame, no hidden file.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import DomainError

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MOST_PIXELS = 30_000_000  # a larger one takes more memory than a worker should have
LEAST_SIDE = 200
LARGE, SMALL = 1600, 480  # the longer side of a rendition, in pixels
QUALITY = 82
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


@dataclass(frozen=True, slots=True)
class Rendition:
    content: "ContentFile[bytes]"
    media_type: str
    width: int
    height: int


def renditions(upload: IO[bytes]) -> tuple[Rendition, Rendition]:
    """(large, small) of an image. Raises DomainError, at the field "image", for what is none or too large."""
    try:
        upload.seek(0)
        with Image.open(upload, formats=tuple(FORMATS)) as image:
            # Known from the head of the file, before a single pixel is unpacked.
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise _too_large()
            if min(width, height) < LEAST_SIDE:
                raise _wrong(
                    _("This image is too small: each side has to have %(least)s pixels at least.")
                    % {"least": LEAST_SIDE}
                )
            image.draft("RGB", (LARGE, LARGE))  # JPEG unpacks no more than it has to
            drawn = _bare(ImageOps.exif_transpose(image))
        return _made(drawn, LARGE), _made(drawn, SMALL)
    except Image.DecompressionBombError as bomb:
        raise _too_large() from bomb
    except _BROKEN as broken:
        raise _wrong(_("This image cannot be read. Please save it again as JPEG or PNG.")) from broken


def _bare(image: Image.Image) -> Image.Image:
    """Its pixels and nothing else; without transparency where it has none."""
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    drawn = image.convert("RGBA" if has_alpha else "RGB")
    if has_alpha and drawn.getchannel("A").getextrema() == (255, 255):
        drawn = drawn.convert("RGB")
    drawn.info = {}
    return drawn


def _made(image: Image.Image, longest: int) -> Rendition:
    small = image.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    small.info = {}
    to = BytesIO()
    if small.mode == "RGBA":
        small.save(to, "PNG", optimize=True)
        media_type = FORMATS["PNG"]
    else:
        small.save(to, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        media_type = FORMATS["JPEG"]
    return Rendition(ContentFile(to.getvalue()), media_type, *small.size)


def _too_large() -> DomainError:
    return _wrong(
        _("This image is too large; the most we can take is %(most)s million pixels.")
        % {"most": MOST_PIXELS // 1_000_000}
    )


def _wrong(message: str) -> DomainError:
    return DomainError(message, fields={"image": message})
