"""Documents for Word: headings, paragraphs, tables and pictures, in the direction of their words.

Headings are those of Word, tables repeat their heads on each page, a picture has a text instead: so that a
screen reader, a table of contents and a translator find what they look for.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from core.text import printable, reads_from_right
from core.text_blocks import BULLET, CODE, HEADING, NUMBER, QUOTE, Block, Run

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = Cm(17)
# Word names a language with its place; Chinese and Arabic stand in attributes of their own.
_TAGS = {"ar": "ar-SA", "zh": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
_SIZES = {1: 22, 2: 15, 3: 12, 4: 11}
_INK, _BLUE = RGBColor(0x0B, 0x39, 0x54), RGBColor(0x00, 0x68, 0x9D)
_TINT = "F3F7FA"
# What must stand behind the direction among the properties of a paragraph.
_BEHIND = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


class WordDocument:
    def __init__(self, title: str, *, language: str, rtl: bool) -> None:
        self.rtl = rtl
        self.document = docx.Document()
        core = self.document.core_properties
        core.title, core.author, core.language = printable(title), "WhatsOn", language
        core.comments = ""
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
        self._style(language)

    def heading(self, text: str, level: int) -> None:
        self._words(self.document.add_heading(level=level), [Run(text)])

    def paragraph(self, *runs: Run | str, style: str | None = None) -> None:
        as_runs = [Run(run) if isinstance(run, str) else run for run in runs]
        self._words(self.document.add_paragraph(style=style), as_runs)

    def block(self, block: Block) -> None:
        """A piece of somebody's text."""
        if block.kind == HEADING:
            self._words(self.document.add_heading(level=block.level), block.runs)
            return
        style = {BULLET: "List Bullet", QUOTE: "Quote"}.get(block.kind)
        paragraph = self.document.add_paragraph(style=style)
        if block.level > 1 or (block.level and block.kind != BULLET):
            paragraph.paragraph_format.left_indent = Cm(0.63 * block.level)
        runs = [Run(f"{block.number}. "), *block.runs] if block.kind == NUMBER else block.runs
        self._words(paragraph, runs)
        if block.kind == CODE:
            for run in paragraph.runs:
                run.font.name = "Courier New"

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> None:
        """The first column heads its rows; the others hold numbers. The heads stand on each page again."""
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        properties = table._tbl.tblPr
        if self.rtl:
            properties.tblStyle.addnext(OxmlElement("w:bidiVisual"))
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), printable(title))
        properties.append(caption)
        for row_number, cells in enumerate((heads, *rows)):
            row = table.rows[0] if not row_number else table.add_row()
            self._keep(row, is_head=not row_number)
            for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                paragraph = cell.paragraphs[0]
                self._words(paragraph, [Run(text, bold=not row_number)])
                paragraph.paragraph_format.space_after = Pt(0)
                if at:  # in a paragraph from the right Word takes this for the other side
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if not row_number:
                    self._shade(cell)
        self.document.add_paragraph()

    def picture(self, png: bytes, *, instead: str) -> None:
        shape = self.document.add_picture(io.BytesIO(png), width=WIDTH)
        shape._inline.docPr.set("descr", printable(instead))

    def footer(self, text: str) -> None:
        """`text` and the number of the page at the foot of each."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        self._words(paragraph, [Run(f"{text} · ")])
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        number.append(paragraph.add_run("1")._r)  # until Word counts
        paragraph._p.append(number)
        for run in paragraph.runs:
            run.font.size = Pt(8)

    def as_bytes(self) -> bytes:
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()

    # --- What the library has no door to
    def _words(self, paragraph: Any, runs: Sequence[Run]) -> None:
        from_right = reads_from_right("".join(piece.text for piece in runs), self.rtl)
        properties = paragraph._p.get_or_add_pPr()
        direction = OxmlElement("w:bidi")
        direction.set(qn("w:val"), "1" if from_right else "0")
        properties.insert_element_before(direction, *_BEHIND)
        for piece in runs:
            run = paragraph.add_run(printable(piece.text))
            run.bold, run.italic = piece.bold or None, piece.italic or None
            if reads_from_right(piece.text, False):
                run.font.rtl = True
                run.font.cs_bold, run.font.cs_italic = piece.bold or None, piece.italic or None
            if piece.href:
                self._lead(paragraph, run, piece.href)

    def _lead(self, paragraph: Any, run: Any, address: str) -> None:
        run.font.color.rgb, run.font.underline = _BLUE, True
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run._r.addprevious(link)
        link.append(run._r)

    @staticmethod
    def _keep(row: Any, *, is_head: bool) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))

    @staticmethod
    def _shade(cell: Any) -> None:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _TINT)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)

    def _style(self, language: str) -> None:
        styles = self.document.styles
        for name in ("Normal", *(f"Heading {level}" for level in _SIZES)):
            style = styles[name]
            level = int(name[-1]) if name != "Normal" else 0
            style.font.size = Pt(_SIZES.get(level, 10.5))
            if level:
                style.font.color.rgb = _INK if level == 1 else _BLUE
            properties = style.element.get_or_add_rPr()
            fonts = properties.get_or_add_rFonts()
            fonts.attrib.clear()  # those of the theme, which would win
            for script in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{script}"), "Arial")
            size = properties.find(qn("w:szCs"))
            if size is None:
                size = OxmlElement("w:szCs")
                properties.find(qn("w:sz")).addnext(size)
            size.set(qn("w:val"), str(int(style.font.size.pt * 2)))
        tag = _TAGS.get(language, language)
        for element in styles.element.iter(qn("w:lang")):
            for name in ("val", "eastAsia", "bidi"):
                element.set(qn(f"w:{name}"), tag)
