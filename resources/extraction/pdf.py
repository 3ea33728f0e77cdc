"""PDF by PDFium, the engine of Chromium: text page by page, then the first page as a picture."""

import contextlib
import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from resources.extraction import bidi
from resources.extraction.child import MOST_PAGES, Unreadable, about, picture

MOST_IN_A_LANGUAGE = 200  # bytes


def read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as why:
        asks = getattr(why, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise Unreadable("encrypted" if asks else "broken") from why
    pages = len(document)
    if not pages:
        raise Unreadable("broken")
    yield about(document.get_metadata_value("Title"), _language(document))
    yield {"pages": pages, "numbered": True}
    for number in range(min(pages, MOST_PAGES)):
        text = ""
        with contextlib.suppress(pypdfium2.PdfiumError):  # one page that is broken does not hide the others
            page = document[number]
            words = page.get_textpage()
            text = words.get_text_bounded()
            if bidi.runs_from_right(text):
                text = bidi.text_of(words)
            words.close()
            page.close()
        yield {"page": number + 1, "text": text}
    yield {"read": True}
    with contextlib.suppress(pypdfium2.PdfiumError, ValueError):
        page = document[0]
        width, height = page.get_size()
        if width > 0 and height > 0:
            bitmap = page.render(scale=min(480 / width, 680 / height), may_draw_forms=False)
            yield picture(bitmap.to_pil())


def _language(document: pypdfium2.PdfDocument) -> str:
    """Return the language that the document is marked with, as "en-GB"."""
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if size > MOST_IN_A_LANGUAGE:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return "".join(map(chr, buffer)).strip("\0")
