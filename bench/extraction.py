"""Reading files of the library as a worker does: time, memory, and how bad ones end. Needs Linux.

    python -m bench.extraction [pages]

The files are made here: text set by Typst in three scripts, scanned pages, an office document, hostile ones.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench import data

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF, PNG = "application/pdf", "image/png"
SENTENCES = {
    "English": (
        "en",
        "States Parties shall adopt such measures as may be necessary against organized crime. ",
    ),
    "Arabic": ("ar", "تعتمد كل دولة طرف ما قد يلزم من تدابير لمكافحة الجريمة المنظمة عبر الوطنية. "),
    "Chinese": ("zh", "各缔约国均应采取必要的措施打击跨国有组织犯罪。"),
}
MOST_MB = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=int, nargs="?", default=300)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        read_in_worker(*options.one)
        return
    print(
        "| file | MB | pages read | s | worker MB | child MB | ends |\n|---|---|---|---|---|---|---|",
        flush=True,
    )
    most = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, media_type, content in files(options.pages):
            path = Path(folder) / "file"
            path.write_bytes(content)
            report = _in_process(str(path), media_type)
            pages, seconds, worker, child, ends = report.split("\t")
            most = max(most, float(worker) + float(child))
            size = f"{len(content) / 1e6:.1f}"
            print(f"| {name} | {size} | {pages} | {seconds} | {worker} | {child} | {ends} |", flush=True)
    print(f"\nWorker and child together at most {most:.0f} MB (asked: under {MOST_MB}).")
    if most >= MOST_MB:
        raise SystemExit(1)


def _in_process(path: str, media_type: str) -> str:
    call = [sys.executable, "-m", "bench.extraction", "--one", path, media_type]
    done = subprocess.run(
        call,
        cwd=data.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"A worker was lost: {done.stdout}{done.stderr}")
    return done.stdout.strip().splitlines()[-1]


def read_in_worker(path: str, media_type: str) -> None:
    """A worker with all of the portal in memory reads one file."""
    import django  # noqa: PLC0415  the portal is only there once its settings are

    django.setup()
    from resources.extraction import process  # noqa: PLC0415

    peak, over = [0.0], threading.Event()
    watching = threading.Thread(target=_watch_children, args=(peak, over))
    watching.start()
    began, pages, ends = time.monotonic(), 0, "without a word"
    for message in process.read(Path(path), media_type):
        match message:
            case process.Page():
                pages += 1
            case process.Read():
                ends = "read"
            case process.Picture():
                ends = "read, drawn"
            case process.Fault(code):
                ends = code
    took = time.monotonic() - began
    over.set()
    watching.join()
    print(f"{pages}\t{took:.1f}\t{_peak_of('self'):.0f}\t{peak[0]:.0f}\t{ends}")


def _watch_children(peak: list[float], over: threading.Event) -> None:
    """What the kernel counts for one that has ended includes whoever started it: so look while it runs."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while not over.wait(0.002):
        for pid in children.read_text().split():
            peak[0] = max(peak[0], _peak_of(pid))


def _peak_of(pid: str) -> float:
    """Megabytes of memory that the process has held at most; 0 where it is gone or not yet itself."""
    try:
        call = Path(f"/proc/{pid}/cmdline").read_bytes()
        if pid != "self" and b"resources.extraction" not in call:
            return 0
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0)


def files(pages: int):
    from PIL import Image  # noqa: PLC0415

    from tests.resources import documents  # noqa: PLC0415

    for script, (language, words) in SENTENCES.items():
        yield f"{script}, {pages} pages", PDF, typeset(language, words, pages)
    scans = [Image.effect_noise((2480, 3508), 60).convert("RGB") for _page in range(6)]
    out = io.BytesIO()
    scans[0].save(out, "PDF", save_all=True, append_images=scans[1:])
    yield "six pages scanned at 300 dpi", PDF, out.getvalue()
    yield "10,000 pages", PDF, documents.pdf(*["page"] * 10_000)
    yield "DOCX of 3 million characters", OFFICE, documents.docx(*["word " * 2_000] * 300)
    yield "locked with a password", PDF, documents.locked_pdf()
    yield "cut short", PDF, documents.pdf(*["page"] * 50)[:900]
    yield "page of 12 km", PDF, documents.pdf("wide", box="0 0 900000000 2")
    bomb = documents.zipped(word__document_xml=b"<a>" + b" " * (400 << 20))
    yield "400 MB unfolded from a DOCX", OFFICE, bomb
    laughs = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield "billion laughs", OFFICE, documents.docx("&b;", doctype=laughs)
    out = io.BytesIO()
    Image.new("L", (20_000, 20_000)).save(out, "PNG")
    yield "PNG of 400 million points", PNG, out.getvalue()


def typeset(language: str, words: str, pages: int) -> bytes:
    import typst  # noqa: PLC0415

    from core.pdf import fonts  # noqa: PLC0415

    families = '("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC")'
    one_page = "#pagebreak()\n".join(f"{number}. {words * 12}\n\n" for number in range(1, pages + 1))
    source = f'#set text(font: {families}, lang: "{language}")\n{one_page}'
    how: Any = {"font_paths": fonts(), "ignore_system_fonts": True}
    return bytes(typst.compile(source.encode(), **how))


if __name__ == "__main__":
    main()
