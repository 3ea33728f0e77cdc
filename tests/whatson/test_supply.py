"""What the portal is made of: locked by hashes, with licences; a search that found no service says so."""

import json
import re
import sys
import tomllib
from itertools import chain

import pytest
import yaml
from django.conf import settings

from tests.whatson import ROOT
from tools import supply


def test_every_package_is_locked_by_hashes():
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    without = [
        package["name"]
        for package in packages
        if "registry" in package["source"]
        and not all("hash" in file for file in [*package["wheels"], *filter(None, [package.get("sdist")])])
    ]
    assert without == []
    listed = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [
        name
        for name, package in listed.items()
        if name and not package.get("integrity", "").startswith("sha512-")
    ] == []


def test_the_version_is_the_same_everywhere():
    """The version in the making in packages and API; the last release where people read."""
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    coming = re.fullmatch(r"(\d+\.\d+\.\d+) – unreleased", headings[0])
    number, day = headings[1 if coming else 0].split(" – ")
    assert re.fullmatch(r"\d+\.\d+\.\d+ \d{4}-\d\d-\d\d", f"{number} {day}")
    version = f"{coming[1]}.dev0" if coming else number
    npm = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["version"]
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    api = json.loads((ROOT / "api/openapi.json").read_text(encoding="utf-8"))
    versions = {
        "pyproject.toml": settings.VERSION,
        "package.json": json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"],
        "package-lock.json": npm,
        "uv.lock": next(package["version"] for package in lock if package["name"] == "whatson"),
        "api/openapi.json": api["info"]["version"],
    }
    assert {name: text.replace("-dev.", ".dev") for name, text in versions.items()} == dict.fromkeys(
        versions, version
    )
    readme = re.search(r"^Version ([\d.]+),", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert readme
    assert (readme[1], str(citation["version"]), str(citation["date-released"])) == (number, number, day)


def test_each_package_that_production_runs_has_a_licence():
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [requirement.split("[")[0].split("~")[0].split("=")[0].split(">")[0] for requirement in packages]
    assert [name for name in names if supply.licence_of(name) in ("", "unknown", "not installed here")] == []


def locked_packages(*roots):
    """Return the names of all packages that these need by uv.lock, themselves included."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    needs = {
        package["name"]: [
            *package.get("dependencies", []),
            *chain.from_iterable(package.get("optional-dependencies", {}).values()),
        ]
        for package in packages
    }
    names, following = set(), list(roots)
    while following:
        name = following.pop()
        if name not in names:
            names.add(name)
            following.extend(need["name"] for need in needs[name])
    return names


def test_no_package_of_production_asks_for_more_than_the_page_says():
    """docs/licence.md names each package that asks for more than its notices."""
    page = (ROOT / "docs" / "licence.md").read_text(encoding="utf-8")
    licences = {name: supply.licence_of(name) for name in locked_packages("whatson") - {"whatson"}}
    simple = re.compile(r"(?!.*(GPL|MPL|Mozilla|OFL|Proprietary)).*(MIT|BSD|Apache|PSF|not installed here)")
    assert len(licences) > 80
    assert {
        name: text for name, text in licences.items() if not simple.match(text) and f"`{name}`" not in page
    } == {}


def days_of_release():
    """Return the day of each locked release by its package, and the day of the newest file of the lock."""
    days, newest = {}, ""
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        files = [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        uploads = sorted(file["upload-time"][:10] for file in files)
        days[package["name"]] = uploads[0] if uploads else ""
        newest = max([newest, *uploads[-1:]])
    return days, newest


def rows_of_packages():
    """Return (names of packages, whole row) for each row of the tables of docs/decisions/dependencies.md."""
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    known = days_of_release()[0]
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| Package")]
    return [
        ([name for name in re.findall(r"[\w-]+", row.split("|")[1]) if name in known], row) for row in rows
    ]


def test_nothing_is_called_alive_that_had_no_release_within_a_year():
    days, newest = days_of_release()
    year_before = f"{int(newest[:4]) - 1}{newest[4:]}"
    rows = [(names[0], row) for names, row in rows_of_packages() if names and re.search(r"\balive\b", row)]
    assert len(rows) > 20
    assert {name: days[name] for name, _row in rows if days[name] < year_before} == {}


def test_each_package_that_production_asks_for_has_its_row():
    requirements = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    names = {re.match(r"[\w-]+", requirement)[0] for requirement in requirements}
    assert names - {name for names, _row in rows_of_packages() for name in names} == set()


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
    fault, lost = "raise SystemExit(1)", "raise SystemExit('dns error')"
    assert supply.audit({"a": (sys.executable, "-c", lost), "b": (sys.executable, "-c", fault)}) == 1
