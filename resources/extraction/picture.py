"""Pictures: no text, a small copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from resources.extraction.child import Unreadable, picture

Image.MAX_IMAGE_PIXELS = 40_000_000


def read(path: Path) -> Iterator[dict[str, Any]]:
    yield {"pages": 0, "numbered": False}
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            image.draft("RGB", (960, 1360))
            yield picture(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError) as why:
        raise Unreadable("broken") from why
    except Image.DecompressionBombError as why:
        raise Unreadable("too_large") from why
    yield {"read": True}
