"""Documents on paper: a Typst template of templates/pdf and data for it become a tagged PDF.

The template gets the data as JSON, never as markup, so that nothing in it can be read as code:
`#let data = json(bytes(sys.inputs.data))`. Fonts come from packages; nothing is fetched.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from core.text import printable

TYPE = "application/pdf"
SHARP = 150.0  # points to an inch of a picture
_FONTS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "noto_cjk_sans_otc")


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of templates/pdf/<template>.typ.

    It is made for PDF/UA, which screen readers follow. Where a text holds a letter that no font of ours has,
    that promise cannot be kept, and a plain tagged PDF is made all the same.
    """
    import typst  # noqa: PLC0415  3 MB, which a process that draws nothing never needs

    path, how = _template(template, data)
    try:
        return _bytes(typst.compile(path, pdf_standards=["ua-1"], **how))
    except typst.TypstError:
        return _bytes(typst.compile(path, **how))


def draw(template: str, data: Mapping[str, Any]) -> list[bytes]:
    """Each page of templates/pdf/<template>.typ as a picture (PNG), for documents that are no PDF."""
    import typst  # noqa: PLC0415  as above

    path, how = _template(template, data)
    pages: Any = typst.compile(path, format="png", ppi=SHARP, **how)
    return [_bytes(page) for page in (pages if isinstance(pages, list) else [pages])]


def draw_picture(template: str, data: Mapping[str, Any], *, points_to_inch: float) -> bytes | None:
    """The one page of templates/pdf/<template>.typ as a picture (PNG).

    None where a text holds a letter that no font of ours has: only PDF/UA is refused then.
    """
    import typst  # noqa: PLC0415  as above

    path, how = _template(template, data)
    compiler = typst.Compiler(path, **how)
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return None
    return _bytes(compiler.compile(format="png", ppi=points_to_inch))


def _template(name: str, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    path = Path(settings.BASE_DIR, "templates", "pdf", f"{name}.typ")
    return str(path), {
        "root": str(path.parent),
        "font_paths": fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(_printable(data), ensure_ascii=False)},
    }


@lru_cache(maxsize=1)
def fonts() -> Any:
    """The fonts, read once: to look for them takes longer than to set a page."""
    import typst  # noqa: PLC0415  as above

    return typst.Fonts(include_system_fonts=False, font_paths=[str(files(name)) for name in _FONTS])


def _printable(value: Any) -> Any:
    match value:
        case str():
            return printable(value)
        case list():
            return [_printable(entry) for entry in value]
        case Mapping():
            return {key: _printable(entry) for key, entry in value.items()}
    return value


def _bytes(page: Any) -> bytes:
    return bytes(page)
