"""Files as people send them, and as people send them who mean harm."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str, box: str = "0 0 595 842", trailer: str = "", title: str = "") -> bytes:
    """A PDF with one line of Latin text on each page. `title`: its title, in English."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 40 400 Td ({words}) Tj ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    if title:
        objects[0] = "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>"
        objects.append(f"<< /Title ({title}) >>")
        trailer += f"/Info {len(objects)} 0 R"
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF".encode()
    )
    return out.getvalue()


def locked_pdf() -> bytes:
    letters = "ab" * 32
    return pdf(
        "secret",
        trailer=f"/ID [<{letters}><{letters}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{letters}> /U <{letters}> >>",
    )


def zipped(**parts: bytes | str) -> bytes:
    """A ZIP; "__" in a name stands for "/" and "_xml" for ".xml"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def docx(*pages: str, doctype: str = "") -> bytes:
    brk = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = brk.join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in pages)
    return zipped(
        word__document_xml=f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )


def pptx(*slides: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    parts = {
        f"ppt__slides__slide{number}_xml": (
            f'<s xmlns:a="{space}"><a:p><a:r><a:t>{words}</a:t></a:r></a:p></s>'
        )
        for number, words in enumerate(slides, 1)
    }
    return zipped(ppt__presentation_xml="<p/>", **parts)


def xlsx(*cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    words = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    return zipped(xl__workbook_xml="<w/>", xl__sharedStrings_xml=f'<sst xmlns="{space}">{words}</sst>')
