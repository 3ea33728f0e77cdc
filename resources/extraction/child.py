"""The process that opens one file: `python -m resources.extraction PATH MEDIA_TYPE`.

It writes lines of JSON: {"title": …, "language": …}, {"pages": all}, {"page": number, "text": …},
{"read": true}, {"picture": base64}, or {"fault": code} where there is no more to come. `numbered` false: the
pages are pieces of our own making.
"""

import base64
import contextlib
import io
import json
import resource
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

MEMORY_BYTES = 256 << 20
CPU_SECONDS = 60
MOST_PAGES = 2_000
MOST_IN_A_PAGE = 100_000  # characters: what the index takes as one document
MOST_IN_A_TITLE = 300
MOST_IN_ALL = 8_000_000


class Unreadable(Exception):
    """Why a file cannot be read: the code of a Fault."""


Reader = Callable[[Path], Iterator[dict[str, Any]]]


def readers() -> dict[str, tuple[str, str]]:
    """Return media type → module and function that reads it. Each is loaded only when it is needed."""
    office = "application/vnd.openxmlformats-officedocument."
    return {
        "application/pdf": ("pdf", "read"),
        office + "wordprocessingml.document": ("office", "read_document"),
        office + "presentationml.presentation": ("office", "read_slides"),
        office + "spreadsheetml.sheet": ("office", "read_sheets"),
        "text/html": ("web", "read"),
        "image/png": ("picture", "read"),
        "image/jpeg": ("picture", "read"),
    }


def limit() -> None:
    """Limit memory, time and files of this process, as far as the system knows these limits."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def clean(text: str) -> str:
    """Return text that a database takes: no NUL, no half surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")[:MOST_IN_A_PAGE]


def about(title: str, language: str) -> dict[str, Any]:
    """Return what a document says of itself: a title on one line, a language as "fr" of "fr-CH"."""
    code = language.strip().replace("_", "-").partition("-")[0].lower()
    known = 2 <= len(code) <= 3 and code.isascii() and code.isalpha()
    return {"title": " ".join(clean(title).split())[:MOST_IN_A_TITLE], "language": code if known else ""}


def picture(image: Any) -> dict[str, Any]:
    """Return a small JPEG of an image of Pillow, on white where it is transparent."""
    image.thumbnail((480, 680))
    if image.mode in {"RGBA", "LA", "P", "PA"}:
        from PIL import Image  # noqa: PLC0415  texts do without it

        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=80, optimize=True)
    return {"picture": base64.b64encode(out.getvalue()).decode("ascii")}


def work(path: Path, media_type: str) -> None:
    module, function = readers()[media_type]
    read: Reader = getattr(import_module(f"{__package__}.{module}"), function)
    room = MOST_IN_ALL
    for facts in read(path):
        if "text" in facts:
            facts["text"] = clean(facts["text"])
            room -= len(facts["text"])
            if room < 0:
                tell(fault="too_long")
                return
        tell(**facts)


def main() -> None:
    limit()
    try:
        work(Path(sys.argv[1]), sys.argv[2])
    except Unreadable as why:
        tell(fault=str(why))
    except MemoryError:
        tell(fault="too_large")
    except Exception:  # noqa: BLE001  whatever a file breaks here, it breaks alone
        tell(fault="broken")
