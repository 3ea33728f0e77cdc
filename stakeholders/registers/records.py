"""Opens a table or a list of records, plain, gzipped or zipped, and gives one record at a time.

Nothing here holds the whole file: a dump of some hundred megabytes is read in the memory of one record.
"""

import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from core.errors import Unreadable

CHUNK = 1 << 18
MOST_UNPACKED = 1_000_000_000  # read record by record, never held
LONGEST_RECORD = 4_000_000  # characters; a record beyond that is no record
_WHITE = " \t\r\n"
_BETWEEN = re.compile(r"[ \t\r\n,]*")


@contextmanager
def open_file(path: Path) -> Iterator[tuple[str, Any]]:
    """Give (name without .gz or .zip, its bytes). An archive must hold a .json or .csv; JSON is preferred."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                inside = _best_of(archive.namelist(), path)
                with archive.open(inside) as stream:
                    yield inside, stream
        elif path.suffix == ".gz":
            with gzip.open(path, "rb") as stream:
                yield path.stem, stream
        else:
            with path.open("rb") as stream:
                yield path.name, stream
    except (OSError, EOFError, zipfile.BadZipFile) as problem:
        raise Unreadable(f"{path} cannot be opened: {problem}") from problem


@contextmanager
def open_fetched(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give the bytes as `open_file`, of a file without a name, whose first bytes tell what it is."""
    first = stream.read(4)
    stream.seek(0)
    try:
        if first.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(stream) as archive:
                inside = _best_of(archive.namelist(), "The archive")
                if archive.getinfo(inside).file_size > MOST_UNPACKED:
                    raise Unreadable("The archive holds more than there is room for.")
                with archive.open(inside) as content:
                    yield content
        elif first.startswith(b"\x1f\x8b"):
            with gzip.open(stream, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]  # it reads as any file does
        else:
            yield stream
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as problem:
        raise Unreadable(f"The file cannot be opened: {problem}") from problem


def _best_of(names: Sequence[str], where: Path | str) -> str:
    """Return the best file of an archive: ROR publishes JSON and CSV, at times in two versions."""
    for ending in ("_v2.json", ".json", "_v2.csv", ".csv"):
        if matching_names := sorted(name for name in names if name.endswith(ending)):
            return matching_names[-1]
    raise Unreadable(f"{where} holds neither a .json nor a .csv file.")


def table(stream: BinaryIO, needed: Sequence[str]) -> Iterator[tuple[int, dict[str | None, Any]]]:
    """(line, cells by heading) of a CSV file in UTF-8, with or without a byte order mark.

    A row with more cells than headings has them under None; one with fewer has None in the missing ones.
    """
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        yield from _cells(reader, needed)


def _cells(
    reader: "csv.DictReader[str]", needed: Sequence[str]
) -> Iterator[tuple[int, dict[str | None, Any]]]:
    try:
        missing = [column for column in needed if column not in (reader.fieldnames or ())]
        if missing:
            raise Unreadable(f"The heading lacks: {', '.join(missing)}.")
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as problem:
        raise Unreadable(f"Line {reader.reader.line_num}: not a proper CSV row ({problem}).") from problem
    except UnicodeDecodeError as problem:
        raise Unreadable(f"After line {reader.line_num}: the text is not UTF-8.") from problem


def records(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Yield (place from 1, value) of the entries of one JSON array in UTF-8."""
    place = 0
    try:
        with io.TextIOWrapper(stream, encoding="utf-8-sig") as text:
            for value in _entries(text):
                place += 1
                yield place, value
    except UnicodeDecodeError as problem:
        raise Unreadable(f"After record {place}: the text is not UTF-8.") from problem
    except json.JSONDecodeError as problem:
        raise Unreadable(f"After record {place}: not whole JSON ({problem.msg}).") from problem


def _entries(text: io.TextIOWrapper) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    held = text.read(CHUNK).lstrip(_WHITE)
    if not held.startswith("["):
        raise Unreadable("The file is not a JSON list of records.")
    at = 1
    while True:
        at = _BETWEEN.match(held, at).end()  # type: ignore[union-attr]  # it matches nothing too
        if held.startswith("]", at):
            return
        try:
            value, at = decoder.raw_decode(held, at)
        except json.JSONDecodeError:
            # Perhaps only cut off: read on. What is at its end, or longer than any record, is broken.
            piece = text.read(CHUNK)
            if not piece or len(held) - at > LONGEST_RECORD:
                raise
            held, at = held[at:] + piece, 0
        else:
            yield value
