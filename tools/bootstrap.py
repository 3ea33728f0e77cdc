"""From a bare clone to a locked environment, then on to the launcher. Standard library, Python ≥ 3.9.

    python tools/bootstrap.py run --port 8000 --data .data
    python tools/bootstrap.py exec -- python manage.py shell
    python tools/bootstrap.py install

Nothing outside the checkout is changed: `uv` goes into .data/tools when no working one is found, the packages
into .venv and node_modules. What has not changed since the last time is skipped.
"""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

LEAST_PYTHON = (3, 9)
ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".data" / "tools"
VENV = ROOT / ".venv"
LEAST_UV = (0, 8)
LEAST_FREE_MB = 1200  # the packages and a new database; a later start needs a tenth of it
LEAST_FREE_MB_LATER = 150
LEAST_NODE = 18


class Trouble(Exception):
    """One clear line that says what is wrong and what to do."""


def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()


class Step:
    """`with Step("Python packages"):` says what is being done, and how long it took."""

    def __init__(self, label):
        self.label = label

    def __enter__(self):
        self.start = time.monotonic()
        say(f"  {self.label} … ")
        return self

    def __exit__(self, kind, error, trace):
        say(f"{time.monotonic() - self.start:.1f} s\n" if kind is None else "failed\n")


def run(command, *, env=None, trouble):
    """Run a command quietly; what it said is shown only when it failed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    mine = os.environ if env is None else env
    if done.returncode and "invalid peer certificate" in done.stdout and "UV_SYSTEM_CERTS" not in mine:
        # A network that reads along has a certificate of its own, which only the system's store knows.
        return run(command, env=dict(mine, UV_SYSTEM_CERTS="true"), trouble=trouble)
    if done.returncode:
        if "No space left on device" in done.stdout or "os error 28" in done.stdout:
            raise OSError(errno.ENOSPC, "No space left on device")
        sys.stderr.write("\n" + "\n".join(done.stdout.strip().splitlines()[-25:]) + "\n")
        raise Trouble(trouble)
    return done.stdout


def answers(command, env=None):
    """What the command says about its version, or None where it does not work (a broken shim)."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def version_in(text):
    match = re.search(r"(\d+)\.(\d+)", text or "")
    return (int(match.group(1)), int(match.group(2))) if match else (0, 0)


def clean_environment():
    """The environment for uv and npm: no foreign virtual environment, a home that can be written."""
    env = dict(os.environ)
    for name in (
        "VIRTUAL_ENV",
        "PYTHONHOME",
        "PYTHONPATH",
        "UV_PROJECT_ENVIRONMENT",
        "MAKEFLAGS",
        "MAKELEVEL",
    ):
        env.pop(name, None)
    home = env.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        spare = ROOT / ".data" / "home"
        spare.mkdir(parents=True, exist_ok=True)
        env["HOME"] = str(spare)
    env.setdefault("UV_NO_PROGRESS", "1")
    return env


def on_path(name):
    """Every executable of that name on PATH, in order: the first may be a shim that leads nowhere."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        candidate = Path(folder or ".") / name
        if candidate.is_file() and os.access(str(candidate), os.X_OK):
            yield candidate


def working_uv(env):
    home = Path(env["HOME"])
    known = [TOOLS / "uv" / "bin" / "uv", home / ".local" / "bin" / "uv", home / ".cargo" / "bin" / "uv"]
    given = [Path(env["UV"])] if env.get("UV") else []
    for candidate in [*given, *on_path("uv"), *known]:
        if version_in(answers([candidate, "--version"], env)) >= LEAST_UV:
            return candidate
    return None


def get_uv(env):
    """uv in a folder of our own, by whichever of venv and pip this Python has."""
    place = TOOLS / "uv"
    shutil.rmtree(str(place), ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    wanted = "uv>={}.{},<1".format(*LEAST_UV)
    sorry = "uv could not be installed. Look at the lines above; or install it yourself: pip install uv"
    if answers([sys.executable, "-m", "pip", "--version"], env) is not None:
        run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--target", place, wanted],
            env=env,
            trouble=sorry,
        )
    elif answers([sys.executable, "-m", "ensurepip", "--version"], env) is not None:
        run([sys.executable, "-m", "venv", place], env=env, trouble=sorry)
        run(
            [place / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-input", wanted],
            env=env,
            trouble=sorry,
        )
    else:
        raise Trouble(f"{sys.executable} has neither pip nor venv. Install uv, or (Debian) python3-venv.")
    uv = working_uv(env)
    if uv is None:
        raise Trouble(sorry)
    return uv


def digest(*parts):
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        hashed.update(b"\0")
    return hashed.hexdigest()


def is_stamped(stamp, value):
    return stamp.is_file() and stamp.read_text() == value


def python_for(uv, env):
    """The Python of the environment: 3.13, else any from 3.12 on, else the one that uv fetches."""
    if env.get("UV_PYTHON"):
        return env["UV_PYTHON"]
    for wanted in ("3.13", ">=3.12"):
        answer = answers([uv, "python", "find", "--no-project", wanted], env)
        if answer:
            return answer.splitlines()[-1]
    return "3.13"


def python_packages(env, groups=()):
    stamp = VENV / ".whatson-installed"
    want = digest(ROOT / "uv.lock", ROOT / "pyproject.toml", *groups, str(ROOT))
    works = answers([VENV / "bin" / "python", "-c", "import django; print(django.VERSION)"], env)
    if works is not None and is_stamped(stamp, want):
        return
    enough_room(LEAST_FREE_MB)
    uv = working_uv(env)
    if uv is None:
        with Step("uv, the installer of Python packages"):
            uv = get_uv(env)
    with Step("Python packages"):
        more = [part for group in groups for part in ("--group", group)]
        run(
            [uv, "sync", "--frozen", "--quiet", "--python", python_for(uv, env), *more],
            env=env,
            trouble="The Python packages could not be installed. Look at the lines above: mostly the "
            "network, or no Python 3.12 or newer (install one, or name it with UV_PYTHON=/path/to/python).",
        )
        stamp.write_text(want)


def npm_of_the_system(env):
    node = answers(["node", "--version"], env)
    return version_in(node)[0] >= LEAST_NODE and answers(["npm", "--version"], env) is not None


def front_end_packages(env):
    stamp = ROOT / "node_modules" / ".whatson-installed"
    want = digest(ROOT / "package-lock.json", ROOT / "package.json")
    if is_stamped(stamp, want):
        return
    sorry = "The front-end packages could not be installed. Look at the lines above: mostly the network."
    done = False
    if npm_of_the_system(env):
        try:
            with Step("Front-end packages"):
                run(["npm", "ci"], env=env, trouble=sorry)
            done = True
        except Trouble:
            say("  The npm of this machine failed; trying one of our own.\n")
    if not done:
        python_packages(env, groups=("node",))
        with Step("Front-end packages, by an npm of our own"):
            own = {**env, "PATH": f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', '')}"}
            run([VENV / "bin" / "npm", "ci"], env=own, trouble=sorry)
        python_stamp = VENV / ".whatson-installed"
        # The next start asks for the packages without npm; what is there more does no harm.
        python_stamp.write_text(digest(ROOT / "uv.lock", ROOT / "pyproject.toml", str(ROOT)))
    stamp.write_text(want)


def enough_room(megabytes):
    free = shutil.disk_usage(str(ROOT)).free // 1_000_000
    if free < megabytes:
        raise Trouble(
            f"The disk of {ROOT} is full: {free} MB free, {megabytes} MB needed. Make room and try again."
        )


def install():
    if sys.version_info < LEAST_PYTHON:
        have = ".".join(str(part) for part in sys.version_info[:3])
        raise Trouble(
            f"Python {have} is too old: 3.9 or newer is needed. Install one, or: make PYTHON=/path/to/python3"
        )
    if os.name != "posix":
        raise Trouble("This needs Linux or macOS. On Windows, use it inside WSL.")
    env = clean_environment()
    enough_room(LEAST_FREE_MB_LATER)
    python_packages(env)
    front_end_packages(env)
    return env


def main(arguments):
    try:
        env = install()
    except Trouble as trouble:
        sys.stderr.write(f"make: {trouble}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.stderr.write(f"make: The disk of {ROOT} is full. Make room and try again.\n")
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            sys.stderr.write(
                f"make: {error.filename} cannot be written. Make the checkout yours (chown) and try again.\n"
            )
        else:
            raise
        return 1
    if arguments and arguments[0] == "install":
        return 0
    os.chdir(str(ROOT))
    python = str(VENV / "bin" / "python")
    os.execve(python, [python, "-m", "whatson.embedded", *arguments], env)  # noqa: S606  no shell is wanted
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
