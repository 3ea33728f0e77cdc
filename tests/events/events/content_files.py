"""The files of content/ that tell of events, for tests that read them or change a copy."""

import csv
import shutil

from portal.content import FOLDER

FILES = ("events.csv", "side_events.csv", "event_documents.csv", "event_attendance.csv")


def copy_to(folder):
    for name in FILES:
        shutil.copy(FOLDER / name, folder)
    return folder


def change(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))
