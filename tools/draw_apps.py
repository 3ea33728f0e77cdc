"""Writes drawing and map of the apps into docs/architecture.md, from the import contracts of pyproject.toml.

    python tools/draw_apps.py             write it
    python tools/draw_apps.py --check     only compare; ends with 1 where it is not current

The order of the apps is the contract "Apps point downward", that of an app's subjects the contract
"Subjects of <app>". A subject leads to the page of docs/ whose line "Code:" names its folder, else to the
folder. What an app is for is the first sentence of its apps.py.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGINS, ENDS = "<!-- generated: {} -->", "<!-- end -->"
APPS, SUBJECTS = "Apps point downward", "Subjects of "
OF_THE_APP = {"demo", "management", "migrations", "templatetags"}


@cache
def contracts() -> dict[str, list[str]]:
    """The layers of each contract that has some, highest first, by its name."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract["layers"] for contract in listed if "layers" in contract}


def names(layer: str) -> list[str]:
    """Those that stand side by side in one layer, as "(search) | notifications"."""
    return [name.strip(" ()").rpartition(".")[2] for name in re.split(r"[|:]", layer)]


def purpose(app: str) -> str:
    words = ast.get_docstring(ast.parse((ROOT / app / "apps.py").read_text(encoding="utf-8"))) or ""
    return " ".join(words.split("\n\n")[0].split()).partition(". ")[0].rstrip(".")


def pages() -> dict[str, str]:
    """Folder of a subject → the page that says in its line "Code:" that it tells of it."""
    page_of: dict[str, str] = {}
    for page in sorted((ROOT / "docs").glob("*.md")):
        code = re.search(r"^Code: .*?(?=\n\n)", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for folder in re.findall(r"`(\w+/\w+)/`", code[0] if code else ""):
            page_of.setdefault(folder, page.name)
    return page_of


def apps() -> dict[str, int]:
    """Every app, lowest first, and its floor."""
    return {app: floor for floor, layer in enumerate(reversed(contracts()[APPS])) for app in names(layer)}


def subjects(app: str) -> list[str]:
    """Those of one app, lowest first, without what its contract names of the app itself."""
    layers = reversed(contracts().get(f"{SUBJECTS}{app}", []))
    return [
        name
        for layer in layers
        for name in names(layer)
        if name not in OF_THE_APP and (ROOT / app / name).is_dir()
    ]


def map_lines() -> Iterator[str]:
    page_of = pages()
    yield "| Floor | App | What it is for | Subjects, lowest first |"
    yield "|---|---|---|---|"
    for app, floor in apps().items():
        links = [f"[{name}]({page_of.get(f'{app}/{name}', f'../{app}/{name}/')})" for name in subjects(app)]
        yield f"| {floor} | [{app}](../{app}/) | {purpose(app)} | {' · '.join(links)} |"


def drawing_lines() -> Iterator[str]:
    """The floors as Mermaid, highest first, each with an arrow to the one below."""
    on_floor: dict[int, list[str]] = {}
    for app, floor in apps().items():
        on_floor.setdefault(floor, []).append(app)
    yield "```mermaid"
    yield "flowchart TB"
    for floor in sorted(on_floor, reverse=True):
        yield f'    floor{floor}["{floor}: {", ".join(on_floor[floor])}"]'
    yield from (f"    floor{floor} --> floor{floor - 1}" for floor in sorted(on_floor, reverse=True)[:-1])
    yield "```"


def text() -> str:
    """The page with its drawing and its map as they are today."""
    page = PAGE.read_text(encoding="utf-8")
    for name, lines in (("drawing", drawing_lines()), ("map", map_lines())):
        begins = BEGINS.format(name)
        before, _, rest = page.partition(begins)
        _old, _, after = rest.partition(ENDS)
        page = "\n".join([f"{before}{begins}", *lines, f"{ENDS}{after}"])
    return page


def main(arguments: list[str]) -> int:
    current = text()
    if "--check" not in arguments:
        PAGE.write_text(current, encoding="utf-8")
    elif current != PAGE.read_text(encoding="utf-8"):
        sys.stderr.write("docs/architecture.md is not current. Run `make behaviours` and commit it.\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
