"""The scripts of an update and of the way back, with a stand-in for docker that writes its calls down."""

import os
import subprocess

import pytest

from tests.whatson import ROOT

# `images` holds a line "name id" for each name; a web container of the old id runs, and a new one after `up`.
DOCKER = r"""#!/bin/sh
cd "$STATE"
echo "$*" >>calls
id_of() { sed -n "s|^$1 ||p" images | tail -n 1; }
case "$*" in
"compose ps --quiet web") cat web ;;
"compose config --images") printf 'postgres:18\nwhatson-proxy:1.1.0\nwhatson:1.1.0\n' ;;
"compose build") echo "whatson:1.1.0 new" >>images ;;
*"--scale web="*) echo "fresh$$" >>web ;;
"inspect --format {{.Image}} "*) cat running ;;
"inspect --format {{.State.Health.Status}} "*) echo healthy ;;
"image inspect --format {{.Id}} "*) id="$(id_of "$5")"; [ -n "$id" ] || exit 1; echo "$id" ;;
"tag "*) id="$(id_of "$2")"; echo "$3 ${id:-$2}" >>images ;;
"rm "*) grep -vxF "$2" web >rest || :; mv rest web ;;
esac
"""


@pytest.fixture
def host(tmp_path):
    """Run a script of docker/ in a folder of its own; return what ended, and what was called since."""
    program = tmp_path / "docker"
    program.write_text(DOCKER, encoding="utf-8")
    program.chmod(0o755)
    sleep = tmp_path / "sleep"
    sleep.write_text("#!/bin/sh\n", encoding="utf-8")
    sleep.chmod(0o755)
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "docker").symlink_to(ROOT / "docker")
    (tmp_path / "images").touch()
    (tmp_path / "web").write_text("first\n", encoding="utf-8")
    (tmp_path / "running").write_text("old\n", encoding="utf-8")

    def run(script):
        (tmp_path / "calls").write_text("", encoding="utf-8")
        done = subprocess.run(
            ["sh", f"docker/{script}"],
            cwd=tmp_path / "portal",
            env={
                "PATH": f"{tmp_path}:{os.environ['PATH']}",
                "STATE": str(tmp_path),
                "COMPOSE": "docker compose",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done, (tmp_path / "calls").read_text(encoding="utf-8").splitlines()

    run.state = tmp_path
    return run


def test_an_update_names_the_image_of_before_and_the_way_back_brings_all_back_without_migrate(host):
    done, calls = host("update.sh")
    assert done.returncode == 0, done.stderr
    assert calls.index("tag old whatson:1.1.0-before") < calls.index("compose run --rm migrate")
    (host.state / "running").write_text("new\n", encoding="utf-8")

    done, calls = host("rollback.sh")
    assert done.returncode == 0, done.stderr
    names = dict(line.split() for line in (host.state / "images").read_text().splitlines())
    assert names == {"whatson:1.1.0": "old", "whatson:1.1.0-before": "old"}
    assert calls[-1] == "compose up --detach --no-deps web worker-mail worker-default worker-heavy beat"
    assert [call for call in calls if "migrate" in call or "build" in call] == []
    assert [call for call in calls if call.startswith("compose up") and "--no-deps" not in call] == []

    done, calls = host("rollback.sh")
    assert (done.returncode, "already" in done.stderr) == (1, True)


def test_the_way_back_starts_what_has_died(host):
    (host.state / "images").write_text("whatson:1.1.0-before old\nwhatson:1.1.0 new\n", encoding="utf-8")
    (host.state / "web").write_text("", encoding="utf-8")
    done, calls = host("rollback.sh")
    assert done.returncode == 0, done.stderr
    assert calls[-1] == "compose up --detach --no-deps web worker-mail worker-default worker-heavy beat"


def test_without_an_image_of_before_the_way_back_says_what_to_do(host):
    done, calls = host("rollback.sh")
    assert done.returncode == 1
    assert "There is no image whatson:1.1.0-before" in done.stderr
    assert [call for call in calls if "up" in call.split()] == []
