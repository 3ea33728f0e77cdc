"""Images of stories, drawn anew in two sizes."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image

from core.pictures import FORMATS, bare_picture

LEAST_SIDE = 200
LARGE, SMALL = 1600, 480  # the longer side of a rendition, in pixels
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Rendition:
    content: "ContentFile[bytes]"
    media_type: str
    width: int
    height: int


def renditions(upload: IO[bytes]) -> tuple[Rendition, Rendition]:
    """(large, small) of an image. Raises DomainError, at the field "image", for what is none or too large."""
    drawn = bare_picture(upload, field="image", least=LEAST_SIDE, longest=LARGE)
    return _render(drawn, LARGE), _render(drawn, SMALL)


def _render(image: Image.Image, longest: int) -> Rendition:
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
