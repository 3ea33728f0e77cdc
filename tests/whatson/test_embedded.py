"""The launcher, started for real on a folder and ports of its own."""

import gettext
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Semaphore, Thread

import psutil
import psycopg
import pytest
import redis

from tests.support import wait_for
from tests.whatson import ROOT
from whatson.embedded import backup, guard, launcher, messages, places, postgres, prepare, valkey
from whatson.embedded.places import Data
from whatson.embedded.processes import Keeper
from whatson.embedded.report import Trouble

pytestmark = pytest.mark.slow

OURS = ("DATABASE", "REDIS", "WHATSON", "DJANGO", "SECRET_KEY", "MEDIA_ROOT", "PYTEST", "MAIL_URL", "PORT")
FIRST_START, NEXT_START = 1800, 300  # on a slow machine


def bare_environment() -> dict[str, str]:
    """As a newcomer's shell has it: nothing in it leads to the services of this test run."""
    return {key: value for key, value in os.environ.items() if not key.startswith(OURS)}


class Launched:
    """One `make run`, as its launcher; what it says goes to a file."""

    def __init__(self, data: Path, port: int, output_file: Path) -> None:
        self.data, self.port, self.output_file = data, port, output_file
        with output_file.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "whatson.embedded", "run", "--port", str(port), "--data", str(data)],
                cwd=ROOT,
                env=bare_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def words(self) -> str:
        return self.output_file.read_text(encoding="utf-8")

    def wait_until_ready(self, seconds: float) -> float:
        start = time.monotonic()
        while "Ready in" not in self.words:
            assert self.process.poll() is None, self.words
            assert time.monotonic() - start < seconds, self.words
            time.sleep(0.1)
        return time.monotonic() - start

    def everybody(self, *, below: bool = True) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=below)

    def get(self, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)


def still_there(processes: list[psutil.Process], seconds: float) -> list[str]:
    _gone, alive = psutil.wait_procs(processes, timeout=seconds)
    return [" ".join(process.cmdline())[:120] for process in alive]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    data = tmp_path / "data"
    yield data
    remove_elsewhere(data)


def remove_elsewhere(data: Path) -> None:
    """Remove where the database of root went, as its user may not enter pytest's folder."""
    key = Data(data).key if data.is_dir() else "none"
    for place in (*(base / f"whatson-{key}" for base in places.SHARED), Path(f"/tmp/whatson-run-{key}")):  # noqa: S108
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def launch(folder: Path, tmp_path: Path) -> Iterator:
    launched: list[Launched] = []

    def start() -> Launched:
        portal = Launched(folder, valkey.free_port(), tmp_path / f"said-{len(launched)}")
        launched.append(portal)
        return portal

    yield start
    for portal in launched:
        portal.end()


@pytest.mark.night
@pytest.mark.timeout(3600)
def test_the_portal_starts_survives_and_ends(launch, folder):
    """One long story, because a first start takes its time."""
    first = launch()
    first.wait_until_ready(FIRST_START)
    assert first.get("/readyz")[0] == 200
    assert f"http://localhost:{first.port}/" in first.words
    status, page = first.get("/ar/nothing/")
    assert (status, b'<html lang="ar" dir="rtl">' in page) == (404, True)  # ours, as in production
    assert [first.get(at)[0] for at in ("/static/css/frame.css", "/dev/", "/dev/mail/")] == [200] * 3

    # Another one on the same folder is told who holds it; a command joins in.
    second = launch()
    assert second.process.wait(60) == 1
    assert f"is in use by the portal at http://localhost:{first.port}/" in second.words
    beside = [sys.executable, "-m", "whatson.embedded", "exec", "--data", str(folder), "--"]
    env = bare_environment()
    scripts = "SELECT min(cardinality(show_trgm(w))) > 0 FROM unnest(ARRAY['Суд', 'محكمة', '法院']) w"
    ask = (
        f"from django.db import connection as c; k = c.cursor(); print(k.execute({scripts!r}).fetchone()[0])"
    )
    answer = subprocess.run(
        [*beside, "python", "manage.py", "shell", "--no-imports", "--command", ask],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stdout.splitlines()[-1:] == ["True"], answer.stderr
    failing = subprocess.run(
        [*beside, "sh", "-c", "exit 7"], cwd=ROOT, env=env, check=False, capture_output=True
    )
    assert failing.returncode == 7

    # The portal's own role cannot rewrite history, not even with the trigger off the table.
    services = json.loads((folder / "services.json").read_text(encoding="utf-8"))
    with psycopg.connect(services["DATABASE_URL"], autocommit=True) as connection:
        for statement in (
            "UPDATE audit_entry SET action = ''",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)

    # A part that dies is started again, and with the worker the clock: periodic tasks go on.
    worked = folder / "logs" / "worker.log"
    for part, word in (("web", "gunicorn"), ("worker", "celery")):
        ticks = worked.read_text(encoding="utf-8").count("Sending due task")
        next(
            process for process in first.everybody(below=False) if word in " ".join(process.cmdline())
        ).kill()
        assert wait_for(lambda line=f"{part} ended by itself and is started again": line in first.words)
    assert wait_for(lambda: worked.read_text(encoding="utf-8").count("Sending due task") > ticks)

    # Killed without a chance to clean up, it still leaves nobody behind.
    everybody = first.everybody()
    assert len(everybody) >= 5
    first.process.kill()
    first.process.wait()
    assert still_there(everybody, 40) == []

    # The data stay, and the next start is quick, as nothing has to be made again.
    third = launch()
    third.wait_until_ready(NEXT_START)
    assert "Tables" not in third.words
    assert third.get("/readyz")[0] == 200
    everybody = third.everybody()
    third.process.send_signal(signal.SIGINT)
    assert third.process.wait(60) == 0
    assert "Stopped. The data stay." in third.words
    assert still_there(everybody, 40) == []


@pytest.fixture
def quiet_signals():
    """A Keeper that ends ignores signals; the process that runs the tests must get its own back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("name", ("valkey-server", "redis-server"))
def test_a_queue_server_on_path_is_taken_before_the_packaged_one(tmp_path, monkeypatch, name):
    server = tmp_path / name
    server.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert valkey.binary() == server


def test_without_a_queue_server_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(valkey, "find_spec", lambda name: None)
    with pytest.raises(Trouble, match="apt install valkey-server"):
        valkey.binary()


@pytest.mark.night
@pytest.mark.usefixtures("quiet_signals")
def test_a_queue_that_dies_is_started_again_at_its_address_until_it_does_so_too_often(folder, monkeypatch):
    monkeypatch.setattr(launcher, "WITHIN_SECONDS", 600)
    data, killed, over = Data.at(str(folder)), set(), Event()
    with Keeper() as keeper:
        address = valkey.start(keeper, data)

        def kill_each():
            while not over.wait(1):
                with suppress(redis.RedisError), redis.Redis.from_url(address, socket_timeout=1) as queue:
                    pid = queue.info("server")["process_id"]
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)

        killer = Thread(target=kill_each)
        killer.start()
        try:
            with pytest.raises(Trouble, match="Valkey ends again and again"):
                launcher.watch(keeper, data, [], {"REDIS_URL": address})
        finally:
            over.set()
            killer.join()
    assert len(killed) > launcher.MOST_RESTARTS


@pytest.mark.night
@pytest.mark.usefixtures("quiet_signals")
def test_a_dead_servers_lock_is_cleared_and_a_living_ones_is_named(folder, monkeypatch):
    data = Data.at(str(folder))
    monkeypatch.setattr(postgres, "PATIENCE_SECONDS", 0.2)
    with Keeper() as keeper:
        server = postgres.start(keeper, data, throwaway=True)
        cluster = places.database_folder(data, places.database_person()) / "18"
        with pytest.raises(Trouble, match=f"process {server.process.popen.pid}\\) still runs on"):
            postgres.clear_stale_lock(cluster)
    (cluster / "postmaster.pid").write_text("999999\n", encoding="utf-8")
    with Keeper() as keeper:
        server = postgres.start(keeper, data, throwaway=True)
        with server.connect() as connection:
            row = connection.execute(
                "SELECT datlocprovider, datlocale, datctype FROM pg_database WHERE datname = 'whatson'"
            ).fetchone()
        assert row == ("b", "PG_UNICODE_FAST", postgres.LETTERS)


FIRST = """
import sys
from whatson.embedded import postgres
from whatson.embedded.places import Data
from whatson.embedded.processes import Keeper
with Keeper() as keeper, postgres.start(keeper, Data.at(sys.argv[1])).connect(database="whatson"):
    print("ready")
"""


@pytest.mark.night
@pytest.mark.timeout(3600)
def test_a_first_start_that_is_killed_at_any_moment_is_finished_by_the_next(folder):
    command = [sys.executable, "-c", FIRST, str(folder)]
    begun = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=bare_environment(), check=True)
    whole = time.monotonic() - begun
    for moment in range(30):
        remove_elsewhere(folder)
        shutil.rmtree(folder)
        first = subprocess.Popen(
            command, cwd=ROOT, env=bare_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(whole * moment / 30)
        with suppress(ProcessLookupError):
            os.killpg(first.pid, signal.SIGKILL if moment % 2 else signal.SIGINT)
        first.wait()
        second = subprocess.run(
            command, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=False
        )
        assert "ready" in second.stdout, (moment, second.stderr)
        assert not [*places.database_folder(Data(folder), places.database_person()).glob("18.new*")]


def test_a_start_that_was_killed_as_the_database_was_made_is_begun_anew(folder, monkeypatch, quiet_signals):
    """As it looks then: PG_VERSION is written first, most of the rest is missing."""
    data = Data.at(str(folder))
    home = places.database_folder(data, places.database_person())

    run = subprocess.run

    def killed(command, **options):
        if "-D" not in command:
            return run(command, **options)
        cluster = Path(command[command.index("-D") + 1])
        cluster.mkdir(parents=True)
        (cluster / "PG_VERSION").write_text("18\n", encoding="utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, Keeper() as keeper:
        patched.setattr(postgres.subprocess, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            postgres.start(keeper, data, throwaway=True)
    with Keeper() as keeper:
        postgres.start(keeper, data, throwaway=True).connect().close()
    assert [place.name for place in home.glob("18*")] == ["18"]


def test_a_taken_port_is_told_with_a_free_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} is taken by another program.*make run PORT=\d+"):
            launcher.require_free(port)
    launcher.require_free(port)


@pytest.mark.parametrize("wrong", ["0", "70000", "abc", "-1", ""])
def test_an_impossible_port_is_refused(wrong):
    done = subprocess.run(
        [sys.executable, "-m", "whatson.embedded", "run", "--port", wrong],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "PORT is a number from 1 to 65535" in done.stderr


def test_a_full_disk_is_told_at_once(folder, monkeypatch):
    monkeypatch.setattr(
        places.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 3_000_000)
    )
    with pytest.raises(Trouble, match=r"The disk of .* is full \(3 MB free\). Make room"):
        Data.at(str(folder))


def test_a_folder_that_cannot_be_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match="cannot be written"):
        Data.at(str(tmp_path / "file" / "data"))


def test_a_folder_prepared_by_somebody_else_is_refused(tmp_path):
    place = tmp_path / "prepared"
    place.symlink_to(tmp_path)
    person = places.Person(os.geteuid(), os.getegid(), "")
    with pytest.raises(Trouble, match="belongs to somebody else"):
        places.owned_folder(place, person)


def test_the_folders_above_the_data_stay_closed(folder):
    folder.parent.chmod(0o700)
    before = [path.stat().st_mode for path in folder.parents]
    data = Data.at(str(folder))
    home = places.database_folder(data, places.database_person())
    assert [path.stat().st_mode for path in folder.parents] == before
    assert home.stat().st_mode & 0o777 == 0o700


def test_one_folder_has_one_launcher(folder):
    data = Data.at(str(folder))
    with (
        data.locked("the first"),
        pytest.raises(Trouble, match="in use by the first"),
        data.locked("the second"),
    ):
        pass
    with data.locked("the third"):
        pass


def test_the_secret_key_is_made_once_for_each_folder(tmp_path):
    first, other = Data.at(str(tmp_path / "one")), Data.at(str(tmp_path / "other"))
    assert first.secret_key() == first.secret_key() != other.secret_key()
    assert (first.path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_child_that_will_not_end_is_killed():
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    stubborn = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True)
    assert stubborn.stdout is not None
    assert stubborn.stdout.readline() == b"1\n"
    guard.stop([guard.Child(stubborn.pid, 1, signal.SIGTERM, 0.3, group=True)], reap=stubborn.poll)
    assert stubborn.wait(60) == -signal.SIGKILL
    stubborn.stdout.close()


def test_the_line_to_the_guard_says_everything():
    child = guard.Child(4711, 2, signal.SIGINT, 20.0, group=False)
    assert guard.Child.of(child.line()) == child


def test_a_step_is_done_again_only_when_what_it_reads_has_changed(folder):
    data = Data.at(str(folder))
    stamps = prepare.Stamps(data, "cluster 1")
    assert not stamps.is_current("tables", "a")
    stamps.set("tables", "a")
    again = prepare.Stamps(data, "cluster 1")
    assert (again.is_current("tables", "a"), again.is_current("tables", "b")) == (True, False)
    other = [prepare.Stamps(data, identity).is_current("tables", "a") for identity in ("cluster 2", None)]
    assert other == [False, False]
    assert (
        prepare.digest(["manage.py"]) == prepare.digest(["manage.py"]) != prepare.digest(["gunicorn.conf.py"])
    )


def test_one_sign_in_of_each_role_is_shown(folder, capsys):
    data = Data.at(str(folder))
    people = [("Desk", "desk", "decides"), ("Visitor", "one", "looks"), ("Visitor", "two", "looks again")]
    rows = [{"role": role, "email": name, "password": "pw", "note": note} for role, name, note in people]
    places.write_private(prepare.signins_of(data), json.dumps(rows))
    prepare.say_signins(data)
    assert capsys.readouterr().out.splitlines()[3:] == [
        "    Desk      desk   pw   decides",
        "    Visitor   one    pw   looks",
        "",
        f"  1 more are in {prepare.signins_of(data)}.",
    ]


def test_translations_are_compiled_when_they_changed(tmp_path):
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "Search"\nmsgstr "Chercher"\n',
        encoding="utf-8",
    )
    assert messages.compile_changed(tmp_path) == [source.with_suffix(".mo")]
    assert messages.compile_changed(tmp_path) == []
    assert gettext.translation("django", tmp_path / "locale", ["fr"]).gettext("Search") == "Chercher"
    twice = 'msgid "Search"\nmsgstr "Chercher"\n\n' * 2
    for wrong in ("nonsense here\n", f'msgid ""\nmsgstr ""\n\n{twice}'):
        source.write_text(wrong, encoding="utf-8")
        os.utime(source, (time.time() + 5, time.time() + 5))
        with pytest.raises(Trouble, match=r"django\.po cannot be read"):
            messages.compile_changed(tmp_path)


def test_collected_words_stand_where_they_stood_and_new_ones_last():
    head = 'msgid ""\nmsgstr ""\n"Language: fr\\n"'
    reef, coast = '#: a.py\nmsgid "Reef"\nmsgstr "Récif"', '#: b.py\nmsgid "Coast"\nmsgstr "Côte"'
    harbour = '#: a.py\nmsgctxt "place"\nmsgid "Harbour"\nmsgstr ""'
    before = "\n\n".join((head, reef, coast)) + "\n"
    after = "\n\n".join((head, harbour, coast.replace("b.py", "c.py"), reef, '#~ msgid "Gone"')) + "\n"
    expected = "\n\n".join((head, reef, coast.replace("b.py", "c.py"), harbour)) + "\n"
    assert messages.in_known_order(before, after) == expected


@pytest.mark.parametrize(
    ("language", "forms"), [("ar", 6), ("zh", 1), ("en", 2), ("fr", 2), ("ru", 3), ("es", 2)]
)
def test_a_blank_that_gettext_left_for_the_plural_is_filled(tmp_path, language, forms):
    source = tmp_path / "locale" / language / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    blank = "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"
    source.write_text(f'msgid ""\nmsgstr "{blank}"\n', encoding="utf-8")
    messages.compile_changed(tmp_path)
    plural = gettext.c2py(messages.PLURALS[language].split("plural=")[1].rstrip(";"))
    assert {plural(number) for number in range(200)} == set(range(forms))
    gettext.translation("django", tmp_path / "locale", [language])


def test_services_that_the_environment_names_are_not_started(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@db.example/portal")
    monkeypatch.setenv("REDIS_URL_FILE", "/run/secrets/redis_url")
    assert launcher.services(Keeper(), Data.at(str(folder))) == {}


@contextmanager
def two_portals():
    """Two empty ones, started: to save, and to restore into. (Their folders, servers and environments.)"""
    with ExitStack() as running:
        keeper = running.enter_context(Keeper())
        first, second = (running.enter_context(places.throwaway()) for _ in range(2))
        servers = [postgres.start(keeper, data, throwaway=True) for data in (first, second)]
        envs = [
            {
                "DATABASE_OWNER_URL": server.url(postgres.OWNER),
                launcher.EMBEDDED: server.identity,
                "MEDIA_ROOT": str(data.path / "media"),
                "SECRET_KEY": data.secret_key(),
            }
            for server, data in zip(servers, (first, second), strict=True)
        ]
        yield (first, second), servers, envs


def test_a_restore_makes_no_tables_that_it_would_throw_away(folder):
    count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    connection = "psycopg.connect(os.environ['DATABASE_URL'])"
    ask = f"import os, psycopg; print({connection}.execute({count!r}).fetchone())"
    command = [sys.executable, "-m", "whatson.embedded", "exec", "--data", str(folder), "--services-only"]
    done = subprocess.run(
        [*command, "--", sys.executable, "-c", ask],
        cwd=ROOT,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "(0,)" in done.stdout
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--services-only -- python -m whatson.embedded.backup restore" in makefile


@pytest.mark.night
def test_a_backup_comes_back_whole_in_another_folder(tmp_path):
    with two_portals() as ((first, second), servers, envs):
        with servers[0].connect(postgres.OWNER) as database:
            database.execute("CREATE TABLE people AS SELECT 'Amina' AS name")
            database.execute("GRANT SELECT ON people TO whatson")
        (first.path / "media" / "papers").mkdir(parents=True)
        (first.path / "media" / "papers" / "one.pdf").write_bytes(b"%PDF")
        prepare.Stamps(first, servers[0].identity).set("demonstration", "as then")
        saved = backup.save(first, tmp_path, envs[0])
        assert saved.stat().st_mode & 0o077 == 0

        with servers[1].connect(postgres.OWNER), pytest.raises(Trouble, match="Stop it first"):
            backup.restore(second, saved, envs[1])
        backup.restore(second, saved, envs[1])
        with servers[1].connect(postgres.APP) as here:
            assert here.execute("SELECT name FROM people").fetchall() == [("Amina",)]
            open_to_all = "SELECT datacl::text ~ '[{,]=' FROM pg_database WHERE datname = 'whatson'"
            assert here.execute(open_to_all).fetchone() == (False,)
        assert (second.path / "media" / "papers" / "one.pdf").read_bytes() == b"%PDF"
        assert second.secret_key() == first.secret_key()
        assert prepare.Stamps(second, servers[1].identity).is_current("demonstration", "as then")


def test_rows_and_files_agree_in_a_backup_that_was_made_while_both_changed(tmp_path, monkeypatch):
    """Each row names a file that is added before it and removed after it, as the portal does.

    A hundred changes happen while the files are read, a hundred before, during and after the dump, and a
    hundred while the files are read again, however quick the machine is.
    """
    turns, removed, run_tool = Semaphore(0), [], postgres.run_tool
    with two_portals() as ((first, second), servers, envs):
        prepare.Stamps(first, servers[0].identity).set("tables", "as then")
        media = first.path / "media" / "papers"
        media.mkdir(parents=True)

        def add(connection, number):
            content = os.urandom(1000 + number % 5000)
            (media / f"{number}.pdf").write_bytes(content)
            connection.execute("INSERT INTO papers VALUES (%s, %s)", [f"{number}.pdf", len(content)])

        def remove(connection, number):
            connection.execute("DELETE FROM papers WHERE name = %s", [f"{number}.pdf"])
            (media / f"{number}.pdf").unlink()
            removed.append(number)

        def upload():
            with servers[0].connect(postgres.OWNER) as owner:
                for number in range(500):
                    turns.acquire()
                    add(owner, 1000 + number)
                    remove(owner, 1000 + number if number % 5 == 0 else number)

        def dump_between_changes(*command):
            turns.release(100)
            wait_for(lambda: len(removed) == 200)
            turns.release(100)
            output = run_tool(*command)
            turns.release(100)
            wait_for(lambda: len(removed) == 400)
            turns.release(100)
            return output

        with servers[0].connect(postgres.OWNER) as owner:
            owner.execute("CREATE TABLE papers (name text PRIMARY KEY, size int)")
            for number in range(500):
                add(owner, number)
        uploading = Thread(target=upload)
        uploading.start()
        try:
            with monkeypatch.context() as patch:
                patch.setattr(postgres, "run_tool", dump_between_changes)
                turns.release(100)
                saved = backup.save(first, tmp_path, envs[0])
        finally:
            turns.release(500)
            uploading.join()
        backup.restore(second, saved, envs[1])
        with servers[1].connect(postgres.OWNER) as owner:
            rows = dict(owner.execute("SELECT name, size FROM papers").fetchall())
        sizes = {path.name: path.stat().st_size for path in (second.path / "media" / "papers").iterdir()}
    in_between = {f"{1000 + number}.pdf" for number in range(0, 500, 5)}
    assert {name for name, size in rows.items() if sizes.get(name) != size} <= in_between
    assert {"1199.pdf", "499.pdf"} <= rows.keys()  # added before the dump, removed after it
    assert "101.pdf" in sizes.keys() - rows.keys()  # removed before it: a file alone does no harm


def test_a_database_of_ones_own_is_not_saved_by_us(tmp_path):
    with places.throwaway() as data, pytest.raises(Trouble, match="of your own"):
        backup.save(data, tmp_path, {"DATABASE_URL": "postgres://me@db.example/whatson"})
