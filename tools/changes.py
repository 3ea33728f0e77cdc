"""What git tells the checks: which tests a change is about, and whether a test failed before it as well."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAIN = ("origin/HEAD", "origin/main", "main", "master")
HOURS = 12
# Made in the checkout, not by git: without them neither pages nor browsers work.
INSTALLED = (".venv", "node_modules")


class NoBase(Exception):
    """There is no commit to compare with; says why."""


def git(*arguments: str) -> str:
    """What git says, or nothing where it fails."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


# --- The tests that a change is about ---------------------------------------------------------------------


def changed_files() -> list[str]:
    """Since the main branch, with what is not committed; where nothing is, what the last commit changed."""
    uncommitted = git("ls-files", "--others", "--exclude-standard").splitlines()
    main = next(filter(None, (git("merge-base", "HEAD", name) for name in MAIN)), "HEAD")
    changed = git("diff", "--name-only", main).splitlines() + uncommitted
    return sorted(changed or git("diff", "--name-only", "HEAD~1").splitlines())


def tests_about(files: Iterable[str]) -> list[str]:
    """Test files and folders: of each file its own, its subject's or its app's, by the paths alone."""
    places = set()
    for path in map(Path, files):
        if path.parts[0] == "tests":
            places.add(path if path.name.startswith("test_") else path.parent)
            continue
        parts = path.parts[1:] if path.parts[0] == "templates" else path.parts
        mirrored = [Path("tests", *parts[:depth]) for depth in (2, 1)]
        places.update([place for place in mirrored if (ROOT / place).is_dir()][:1])
    return sorted(str(place) for place in places if (ROOT / place).exists() and not is_apart(place))


def is_apart(place: Path) -> bool:
    """What all tests share, a reason to run all or none; rules of the house; what needs a browser."""
    return len(place.parts) < 2 or place.parts[1] == "browser" or place.parts[1].startswith("test_")


# --- The commit before a change -----------------------------------------------------------------------------


def base_commit() -> str:
    """What BASE names, else where a pull or merge request begins, else the last commit of HOURS ago."""
    named = os.environ.get("BASE") or os.environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA")
    if branch := os.environ.get("GITHUB_BASE_REF"):
        named = named or git("merge-base", "HEAD", f"origin/{branch}")
    if not named:
        committed = git("show", "--no-patch", "--format=%ct", "HEAD")
        before = int(committed or 0) - HOURS * 3600
        named = git("rev-list", "--max-count=1", f"--before={before}", "HEAD")
    if commit := git("rev-parse", "--verify", "--quiet", f"{named or '-'}^{{commit}}"):
        return commit
    if git("rev-parse", "--is-shallow-repository") == "true":
        raise NoBase(f"This clone is shallow and lacks {named or 'what came before'}: git fetch --unshallow")
    raise NoBase(
        f"There is no commit {named or f'older than {HOURS} hours'} to compare with. BASE=… names one."
    )


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """The files of a commit in a folder of their own, beside the packages that are installed here."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", place, commit], cwd=ROOT, check=True)
        try:
            for name in INSTALLED:
                if (ROOT / name).exists():
                    (place / name).symlink_to(ROOT / name)
            yield place
        finally:
            git("worktree", "remove", "--force", str(place))


def failing_before(ids: list[str], commit: str, env: dict[str, str]) -> set[str]:
    """Which of these tests fail at that commit too. A test that it does not have is none of them."""
    with checkout(commit) as place, tempfile.TemporaryDirectory() as folder:
        files = sorted({nodeid.partition("::")[0] for nodeid in ids})
        files = [name for name in files if (place / name).is_file()]
        if not files:
            return set()
        # The plugin of today, under another name: that commit may have none, or an older one.
        shutil.copy(Path(__file__).with_name("progress.py"), Path(folder) / "progress_of_today.py")
        these, results = Path(folder) / "these.json", Path(folder) / "results.json"
        these.write_text(json.dumps(ids), encoding="utf-8")
        own = ("-p", "progress_of_today", f"--these={these}", f"--results={results}")
        subprocess.run(
            [sys.executable, "-m", "pytest", "-o", "console_output_style=classic", "--tb=no", *own, *files],
            cwd=place,
            env=os.environ | env | {"PYTHONPATH": folder},
            check=False,
        )
        if not results.is_file():
            return set()
        return set(json.loads(results.read_text(encoding="utf-8"))["failures"]) & set(ids)
