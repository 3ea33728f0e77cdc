"""What comes before the packages: it must run on an old Python, and say plainly what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whatson import ROOT
from tools import bootstrap


def fake(folder: Path, name: str, *, says: str = "", code: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_a_shim_that_leads_nowhere_is_passed_over(tmp_path, monkeypatch):
    fake(tmp_path / "shims", "uv", says="pyenv: uv: command not found", code=127)
    fake(tmp_path / "old", "uv", says="uv 0.1.2")
    good = fake(tmp_path / "good", "uv", says="uv 0.13.9")
    monkeypatch.setenv("PATH", os.pathsep.join(str(tmp_path / name) for name in ("shims", "old", "good")))
    assert bootstrap.working_uv({"HOME": str(tmp_path), "PATH": os.environ["PATH"]}) == good


def test_without_any_uv_none_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / "tools")
    assert bootstrap.working_uv({"HOME": str(tmp_path)}) is None


def test_an_old_python_is_told_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    assert bootstrap.main(["install"]) == 1
    message = capsys.readouterr().err
    assert message == (
        "make: Python 3.8.18 is too old: 3.9 or newer is needed. "
        "Install one, or: make PYTHON=/path/to/python3\n"
    )


def test_a_full_disk_is_told_in_one_line(monkeypatch, capsys):
    usage = bootstrap.shutil.disk_usage("/")
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: usage._replace(free=5_000_000))
    assert bootstrap.main(["install"]) == 1
    assert capsys.readouterr().err == (
        f"make: The disk of {ROOT} is full: 5 MB free, 150 MB needed. Make room and try again.\n"
    )


def test_an_empty_home_gets_a_spare_one(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere/else")
    env = bootstrap.clean_environment()
    assert env["HOME"] == str(tmp_path / ".data" / "home")
    assert "VIRTUAL_ENV" not in env


def test_what_went_wrong_in_a_tool_is_shown(capsys):
    with pytest.raises(bootstrap.Trouble, match="Do this"):
        bootstrap.run([sys.executable, "-c", "print('because'); raise SystemExit(3)"], trouble="Do this")
    assert "because" in capsys.readouterr().err


def test_a_disk_that_fills_up_in_a_tool_is_told():
    with pytest.raises(OSError, match="No space left"):
        bootstrap.run(
            [sys.executable, "-c", "raise SystemExit('No space left on device (os error 28)')"], trouble=""
        )


def test_it_can_be_read_by_an_old_python():
    # Newer words in it would be an error of syntax before the version could be told.
    compile((ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8"), "bootstrap.py", "exec")
    import ast

    ast.parse((ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_help_tells_every_target():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("  make ")}
    assert targets >= {"run", "test", "demo", "bench", "shell", "messages", "behaviours", "help", "clean"}


def test_a_machine_without_python_is_told_in_one_line():
    done = subprocess.run(["make", "run", "PYTHON="], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith("make: No Python 3.9 or newer on PATH. Install one")
