"""What the portal is made of: locked by hashes, with licences; a search that found no service says so."""

import json
import re
import sys
import tomllib

import pytest
from django.conf import settings

from tests.whatson import ROOT
from tools import supply


def test_every_package_is_locked_by_hashes():
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    without = [
        one["name"]
        for one in packages
        if "registry" in one["source"]
        and not all("hash" in file for file in [*one["wheels"], *filter(None, [one.get("sdist")])])
    ]
    assert without == []
    listed = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [
        name for name, one in listed.items() if name and not one.get("integrity", "").startswith("sha512-")
    ] == []


def test_the_version_is_said_alike():
    """In the packages, in the newest heading of the changelog, in what programs read."""
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    newest = re.fullmatch(r"(\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d", headings[1])
    assert newest, headings[1]
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    readme = re.search(r"^Version ([\d.]+),", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    said = {
        "README.md": readme[1] if readme else "",
        "pyproject.toml": settings.VERSION,
        "package.json": json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"],
        "package-lock.json": locked["version"],
        "uv.lock": next(
            one["version"]
            for one in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
            if one["name"] == "whatson"
        ),
        "api/openapi.json": json.loads((ROOT / "api/openapi.json").read_text(encoding="utf-8"))["info"][
            "version"
        ],
    }
    assert said == dict.fromkeys(said, newest[1])


def test_each_package_that_production_runs_has_a_licence():
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [one.split("[")[0].split("~")[0].split("=")[0].split(">")[0] for one in packages]
    assert [name for name in names if supply.licence_of(name) in ("", "unknown", "not installed here")] == []


@pytest.mark.parametrize(
    ("fails", "code", "word"),
    [
        ("", 0, "nothing known"),
        ("print('CVE-2026-1 in django'); raise SystemExit(1)", 1, "FOUND"),
        ("raise SystemExit('error sending request for url (https://api.osv.dev/)')", 3, "NOT LOOKED UP"),
    ],
)
def test_what_an_audit_says(capsys, fails, code, word):
    assert supply.audit({"packages": (sys.executable, "-c", fails)}) == code
    assert word in capsys.readouterr().out


def test_what_was_found_counts_more_than_what_was_not_reached(capsys):
    found, lost = "raise SystemExit(1)", "raise SystemExit('dns error')"
    assert supply.audit({"a": (sys.executable, "-c", lost), "b": (sys.executable, "-c", found)}) == 1
