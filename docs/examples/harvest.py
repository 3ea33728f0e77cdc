"""Read a whole list of WhatsOn, page after page, into a file of JSON Lines.

    python harvest.py https://whatson.example.org/api/v1/stakeholders/ stakeholders.jsonl
    python harvest.py "https://whatson.example.org/api/v1/resources/?topic=firearms" resources.jsonl

Any list of the API and any of its filters. The cursor reads each row once, though others are added or removed
meanwhile. Asked too often, the portal answers 429 and says when to return; this program then waits. With an
access token in WHATSON_TOKEN it reads what its person may see, and may ask more often.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

TOKEN = os.environ.get("WHATSON_TOKEN", "")


def fetch(address: str) -> dict:
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {TOKEN}"} if TOKEN else {})
    while True:
        try:
            with urllib.request.urlopen(
                urllib.request.Request(address, headers=headers), timeout=60
            ) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503):
                raise SystemExit(f"{refusal.code}: {json.load(refusal).get('detail')}") from None
            time.sleep(int(refusal.headers.get("Retry-After", 10)))


def rows(address: str) -> Iterator[dict]:
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query), ("page_size", 100), ("cursor", "")])
    following = parts._replace(query=query).geturl()
    while following:
        page = fetch(following)
        yield from page["results"]
        following = page["next"]


def main(address: str, path: str) -> None:
    number = 0
    with open(path, "w", encoding="utf-8") as file:
        for row in rows(address):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            number += 1
    print(f"{number} rows in {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
