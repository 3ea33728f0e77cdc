"""Bring the profile of your organization up to date from your own records.

    WHATSON_TOKEN=wo_… python sync_profile.py https://whatson.example.org profile.json

`profile.json` holds what your records say, by the names of the API:

    {"city": "Kisumu", "topics": ["firearms"], "works_in": ["KEN", "UGA"]}

The token needs the scopes "own" and "write". Only what differs is sent, and only where the profile is still
as it was read (If-Match): what a colleague has changed in the meantime is never overwritten.
"""

import json
import os
import sys
import urllib.error
import urllib.request

TRIES = 3


def ask(method: str, address: str, facts: dict | None = None, **headers: str) -> tuple[dict, str]:
    """Return the answer and its tag."""
    headers |= {"Authorization": f"Bearer {os.environ['WHATSON_TOKEN']}", "Content-Type": "application/json"}
    body = None if facts is None else json.dumps(facts).encode()
    request = urllib.request.Request(address, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer), answer.headers["ETag"]


def sync(address: str, wanted: dict) -> list[str]:
    """Change what differs. Return the names of what was changed."""
    for _try in range(TRIES):
        profile, tag = ask("GET", address)
        changes = {
            name: value for name, value in wanted.items() if _in_order(profile[name]) != _in_order(value)
        }
        if not changes:
            return []
        try:
            ask("PATCH", address, changes, **{"If-Match": tag})
            return sorted(changes)
        except urllib.error.HTTPError as refusal:
            if refusal.code != 412:  # not: it was changed since, read it again
                problem = json.load(refusal)
                raise SystemExit(f"{problem['detail']} {problem.get('errors', '')}") from None
    raise SystemExit("The profile keeps changing: try again later.")


def _in_order(value: object) -> object:
    """Return codes sorted, as their order means nothing."""
    return (
        sorted(value) if isinstance(value, list) and all(isinstance(code, str) for code in value) else value
    )


def main(site: str, path: str) -> None:
    with open(path, encoding="utf-8") as file:
        wanted = json.load(file)
    own, _tag = ask("GET", f"{site}/api/v1/me/stakeholders/")
    if len(own["results"]) != 1:
        raise SystemExit("This token manages no profile, or several: name one by its number.")
    [profile] = own["results"]
    changed = sync(f"{site}/api/v1/me/stakeholders/{profile['id']}/", wanted)
    print(f"{profile['name']}: {', '.join(changed) or 'nothing to change'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
