"""Translations: `python -m whatson.embedded.messages` compiles them, `--make` collects new words first.

Compiling needs no tool of the system; collecting needs GNU gettext.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from whatson.embedded.processes import ROOT
from whatson.embedded.report import Trouble, say

if TYPE_CHECKING:
    from polib import POFile

# gettext does not know every one of our codes, and leaves a blank that Django cannot read.
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5;",
    "zh": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
    " && (n%100<10 || n%100>=20) ? 1 : 2);",
    "es": "nplurals=2; plural=(n != 1);",
}
IGNORE = ("node_modules", ".venv", ".data", "staticfiles", "tests", "bench", "tools", "docs")


def compile_changed(root: Path = ROOT) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; answers which."""
    compiled = []
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib  # noqa: PLC0415  a start where nothing changed need not load it

        try:
            catalogue = polib.pofile(str(source))
            refuse_repeated(catalogue)
        except (OSError, ValueError) as error:
            raise Trouble(f"{source.relative_to(root)} cannot be read: {error}") from None
        if "EXPRESSION" in catalogue.metadata.get("Plural-Forms", ""):
            catalogue.metadata["Plural-Forms"] = PLURALS[source.parts[-3]]
        draft = target.with_suffix(f".mo.{os.getpid()}")
        catalogue.save_as_mofile(str(draft))
        draft.replace(target)  # a running server never reads half a file
        compiled.append(target)
    return compiled


def refuse_repeated(catalogue: "POFile") -> None:
    """Raise a ValueError where two entries have the same words: compiled, they spoil all others.

    polib's own `check_for_duplicates` looks through all entries for each: eight seconds a catalogue.
    """
    known = set()
    for entry in catalogue:
        key = entry.msgctxt, entry.msgid
        if not entry.obsolete and key in known:
            raise ValueError(f"“{entry.msgid}” stands there twice")
        known.add(key)


def carry_chinese(root: Path = ROOT) -> Path | None:
    """Lend our code "zh" the words that Django and allauth keep under theirs; answers the catalogue if made.

    Nothing of it is in the repository: it is put together from the installed packages.
    """
    target = root / "locale_carried" / "zh" / "LC_MESSAGES" / "django.mo"
    packages = [Path(find_spec(name).origin).parent for name in ("django", "allauth")]  # type: ignore[union-attr, arg-type]
    sources = [
        path
        for package in packages
        for path in sorted(package.glob("**/locale/zh_Hans/LC_MESSAGES/django.mo"))
    ]
    if target.is_file() and target.stat().st_mtime >= max(path.stat().st_mtime for path in sources):
        return None
    import polib  # noqa: PLC0415  as above

    whole = polib.MOFile()
    whole.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": PLURALS["zh"]}
    known = set()
    for path in sources:
        for entry in polib.mofile(str(path)):
            if (entry.msgctxt, entry.msgid) not in known:
                known.add((entry.msgctxt, entry.msgid))
                whole.append(entry)
    target.parent.mkdir(parents=True, exist_ok=True)
    whole.save(str(target))
    return target


def make() -> None:
    if shutil.which("xgettext") is None:
        raise Trouble(
            "Collecting words needs GNU gettext. Debian: apt install gettext; macOS: brew install gettext"
        )
    command = [sys.executable, "manage.py", "makemessages", "--no-wrap", "--add-location", "file"]
    command += [part for language in PLURALS for part in ("--locale", language)]
    command += [part for folder in IGNORE for part in ("--ignore", folder)]
    catalogues = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("locale/*/LC_MESSAGES/*.po")}
    subprocess.run(command, cwd=ROOT, check=True)
    for path, before in catalogues.items():
        text = in_known_order(before, path.read_text(encoding="utf-8"))
        blank = "nplurals=INTEGER; plural=EXPRESSION;"
        path.write_text(text.replace(blank, PLURALS[path.parts[-3]]), encoding="utf-8")


def in_known_order(before: str, after: str) -> str:
    """Return a catalogue with its entries in the order that they had, new ones last, and without those gone.

    gettext has them in the order in which the disk names the files, another on each machine.
    """
    known = {key_of(entry): place for place, entry in enumerate(entries_of(before))}
    head, *entries = (entry for entry in entries_of(after) if "\n#~" not in f"\n{entry}")
    entries.sort(key=lambda entry: (known.get(key_of(entry), len(known)), key_of(entry)))
    return "\n\n".join([head, *entries]) + "\n"


def entries_of(catalogue: str) -> list[str]:
    return catalogue.strip("\n").split("\n\n")


def key_of(entry: str) -> str:
    """What names an entry: its context, its words and their plural."""
    lines = [line for line in entry.split("\n") if not line.startswith("#")]
    return "\n".join(lines).partition("\nmsgstr")[0]


def main() -> int:
    try:
        if "--make" in sys.argv:
            make()
        compiled = compile_changed()
        carry_chinese()
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    say(f"{len(compiled)} compiled." if compiled else "All are current.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
