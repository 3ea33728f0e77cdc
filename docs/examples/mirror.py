"""Keep a copy of a whole list of WhatsOn up to date, in a folder with a file of JSON for each row.

    python mirror.py https://whatson.example.org/api/v1/stakeholders/ stakeholders

Run it at most once an hour. The first run reads all; each later one reads what has changed since then, and
removes what is gone. Where too much time has passed to know that, it reads all again. What an interrupted run
has left undone is done by the next one.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

UNTIL = "changed_until.txt"


class TooLongAgo(Exception):
    """What has gone since the instant is not known any more."""


def fetch(address: str) -> dict:
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code == 410:
                raise TooLongAgo from None
            if refusal.code not in (429, 503):
                raise SystemExit(f"{refusal.code}: {json.load(refusal).get('detail')}") from None
            time.sleep(int(refusal.headers.get("Retry-After", 10)))


def read_changes(address: str, since: str) -> tuple[str, list, list[dict]]:
    """The instant to ask with next time, the numbers of what is gone, and the rows that have changed."""
    first = fetch(f"{address}?{urlencode({'changed_since': since, 'page_size': 100})}")
    rows, following = first["results"], first["next"]
    while following:
        page = fetch(following)
        rows, following = rows + page["results"], page["next"]
    return first["changed_until"] or "", first["gone"], rows


def file_of(key: int | str) -> str:
    return f"{quote(str(key), safe='')}.json"


def main(address: str, path: str) -> None:
    folder = Path(path)
    folder.mkdir(exist_ok=True)
    since = (folder / UNTIL).read_text(encoding="utf-8") if (folder / UNTIL).exists() else ""
    try:
        until, gone, rows = read_changes(address, since)
    except TooLongAgo:
        until, gone, rows = read_changes(address, since := "")
    files = {file_of(row["id"] if "id" in row else row["code"]): row for row in rows}
    removed = {file_of(key) for key in gone}
    if not since:  # all was read: whatever else there is must go
        removed = {file.name for file in folder.glob("*.json")}
    for name in removed - files.keys():
        (folder / name).unlink(missing_ok=True)
    for name, row in files.items():
        (folder / name).write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    (folder / UNTIL).write_text(until, encoding="utf-8")  # last, so that what was cut off is read again
    print(f"{len(files)} rows written, {len(removed - files.keys())} removed in {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
