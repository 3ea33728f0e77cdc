"""Fetch the open data of WhatsOn, whole and unharmed.

    python open_data.py https://whatson.example.org folder

Reads the checksums of the latest day (SHA256SUMS), fetches the files that are not in the folder yet or are
other ones, and keeps a file only where its checksum is right. Run it every night: what has not changed is not
fetched.
"""

import sys
import urllib.request
from hashlib import sha256
from pathlib import Path

TRIES = 3


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=300) as answer:
        return answer.read()


def is_right(content: bytes, checksum: str) -> bool:
    return sha256(content).hexdigest() == checksum


def main(site: str, folder: str) -> None:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    latest = f"{site}/open-data/latest"
    fetched = 0
    for line in fetch(f"{latest}/SHA256SUMS").decode().splitlines():
        checksum, name = line.split(maxsplit=1)
        path = place / Path(name).name  # never outside the folder, whatever the list says
        if path.exists() and is_right(path.read_bytes(), checksum):
            continue
        content = next(
            (answer for _try in range(TRIES) if is_right(answer := fetch(f"{latest}/{name}"), checksum)), None
        )
        if content is None:  # or the next day came out meanwhile
            raise SystemExit(f"{name} is not what its checksum says: try again.")
        path.write_bytes(content)
        fetched += 1
    print(f"{fetched} files fetched into {place}")


if __name__ == "__main__":
    main(*sys.argv[1:])
