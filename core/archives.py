"""What there is of somebody, as an archive: a JSON file for each part, with the files that belong to it."""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.timezone import now

from core.personal_data import DataField


def write_archive(
    into: IO[bytes],
    sections: Iterable[tuple[str, Any]],
    about: Any,
    *,
    go_on: Callable[..., None],
    template: str,
    context: Mapping[str, Any],
) -> None:
    """One JSON file for each section of `about`, its files, and a page that shows it all without the portal.

    A section that is None, of a version of the portal that is gone, is passed over.
    """
    parts = []
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, section) in enumerate(sections, start=1):
            if section is not None:
                rows = [list(row) for row in section.rows(about)]
                files = _add_part(archive, name, rows, section.files(about) if section.files else ())
                parts.append({"name": name, "section": section, "rows": rows, "files": files})
            go_on(done=place)
        page = render_to_string(template, {"parts": parts, "made_at": now(), **context})
        archive.writestr("index.html", page)


def _add_part(
    archive: zipfile.ZipFile, name: str, rows: list[list[DataField]], files: Iterable[tuple[str, Any]]
) -> list[str]:
    """Write `name`.json, and the files into a folder of that name; returns where those lie."""
    plain = [{field.key: field.value for field in row} for row in rows]
    text = json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    archive.writestr(f"{name}.json", text)
    return list(_add_files(archive, name, files))


def _add_files(archive: zipfile.ZipFile, part: str, files: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """A file that is missing in the storage is passed over."""
    for number, (name, stored) in enumerate(files, start=1):
        # The last part alone, numbered: no name leads out of its folder, and no two collide.
        path = f"{part}/{number:03}-{PurePosixPath(name).name or 'file'}"
        try:
            with stored.file.open("rb") as source, archive.open(path, "w", force_zip64=True) as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)
        except FileNotFoundError:
            continue
        yield path
