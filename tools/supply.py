"""What the portal is made of, and what is known against it. `make sbom`, `make audit`.

    python -m tools.supply sbom FOLDER     python.cdx.json and npm.cdx.json (CycloneDX), licences.csv
    python -m tools.supply audit           asks OSV about uv.lock and npm about package-lock.json

Both read the locked packages of production. 0: nothing found; 1: something found; 3: no way to the services.
"""

import csv
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from tools import bootstrap

# What a tool says where it cannot reach its service; none of it stands in a finding.
UNREACHABLE = re.compile(
    r"error sending request|dns error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|timed out"
    r"|tunnel error|proxy|certificate|audit endpoint returned an error|Failed to fetch",
    re.IGNORECASE,
)
PRODUCTION = ("--no-default-groups", "--extra", "s3", "--group", "messages", "--frozen")
NO_NETWORK = 3


def run(*command: str) -> subprocess.CompletedProcess[str]:
    env = bootstrap.clean_environment()
    return subprocess.run(command, cwd=bootstrap.ROOT, env=env, capture_output=True, text=True, check=False)


def uv() -> str:
    return str(bootstrap.working_uv(bootstrap.clean_environment()) or "uv")


def sbom(folder: Path) -> None:
    """Two lists in CycloneDX, and all licences in one table. Ends where a tool fails."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, str, str]] = []
    for name, command in (
        ("python", (uv(), "export", "--format", "cyclonedx1.5", *PRODUCTION, "--preview")),
        ("npm", ("npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev")),
    ):
        done = run(*command)
        if done.returncode:
            raise SystemExit(f"{command[0]}: {done.stderr.strip()[-500:]}")
        listed = json.loads(done.stdout)
        for part in listed["components"]:
            part.setdefault("licenses", [{"license": {"name": licence_of(part["name"])}}])
            rows.append((part["name"], part["version"], "; ".join(named(part["licenses"]))))
        (folder / f"{name}.cdx.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    with (folder / "licences.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("package", "version", "licence"), *sorted(rows)])
    sys.stdout.write(f"{len(rows)} packages: {folder}\n")


def licence_of(package: str) -> str:
    """SPDX where the installed package says it, else its classifiers, else the first line of its text."""
    try:
        about_package = metadata.metadata(package)
    except metadata.PackageNotFoundError:  # for another platform, or only in production
        return "not installed here"
    classified = [
        classifier.rpartition(" :: ")[2]
        for classifier in about_package.get_all("Classifier") or ()
        if classifier.startswith("License ::")
    ]
    free = (about_package.get("License") or "").strip().split("\n")[0][:80]
    return about_package.get("License-Expression") or ", ".join(classified) or free or "unknown"


def named(licences: list[dict[str, Any]]) -> list[str]:
    return [
        licence.get("expression") or licence["license"].get("id") or licence["license"].get("name", "")
        for licence in licences
    ]


def audit(commands: dict[str, tuple[str, ...]]) -> int:
    """What is known against the locked packages: the worst answer of all, found before unreachable."""
    codes = set()
    for name, command in commands.items():
        done = run(*command)
        output = f"{done.stdout}\n{done.stderr}".strip()
        if done.returncode == 0:
            verdict, code = "nothing known", 0
        elif UNREACHABLE.search(done.stderr) or UNREACHABLE.search(output.splitlines()[0] if output else ""):
            verdict, code = "NOT LOOKED UP: the service cannot be reached from here", NO_NETWORK
        else:
            verdict, code = "FOUND", 1
        sys.stdout.write(f"{name}: {verdict}\n{output if code else ''}\n")
        codes.add(code)
    return 1 if 1 in codes else max(codes)


def main() -> int:
    if sys.argv[1:2] == ["sbom"]:
        sbom(Path(sys.argv[2]))
        return 0
    return audit(
        {
            "Python (uv.lock)": (uv(), "audit", *PRODUCTION, "--preview"),
            "npm (package-lock.json)": ("npm", "audit", "--omit=dev"),
        }
    )


if __name__ == "__main__":
    raise SystemExit(main())
