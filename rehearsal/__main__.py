"""`make rehearse`: a portal's life by docker-compose.yml, and docs/rehearsal.md about what was seen.

    python -m rehearsal              images as docker-compose.yml and the Dockerfile name them
    python -m rehearsal --standins   images of Debian's and PyPI's packages, where no registry can be reached
    python -m rehearsal --keep       leaves everything as it is at the end, to look at

Needs a Docker daemon with buildx and compose 2.24 or newer, and the ports 80, 443 and 8025 of 127.0.0.1.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rehearsal.host import PROJECT, ROOT, Host, Load, Logs, is_well, name, state
from rehearsal.page import commands
from rehearsal.people import ADMINISTRATORS, APPLICANT, PAPER, PASSWORD, VETTER, Browser, People, expect

REPORT = ROOT / "docs" / "rehearsal.md"
WEBS = 3
# What the running portal writes by itself: rows that change (a job gets its own when it is first looked
# after), and lines that say so. All others are compared.
REWRITTEN = {"notifications_job", "search_document"}
NOTED = {"resources_librarychange", "search_change"}

Outcome = tuple[str, str]  # what was seen, what was lost


@dataclass
class StepRow:
    step: str
    ran: list[str]
    outcome: str
    seconds: float
    lost: str
    well: bool = True


class Rehearsal:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.people: People
        self.before: tuple[Counter[str], Counter[str]]

    # --- The first start --------------------------------------------------------------------------------

    def start(self) -> Outcome:
        host = self.host
        copy, secrets, build, up, first = commands("On one host")
        host.clone("portal")
        host.run_as_written(copy)
        host.settings_of_a_rehearsal()
        for command in (secrets, build, up):
            host.run_as_written(command)
        host.wait_until_well()
        self.people = People(host.tls())
        host.run_as_written(first)
        return f"{len(host.containers())} containers, all healthy", ""

    def health(self) -> Outcome:
        host = self.host
        well = [container for container in host.containers(gone=True) if is_well(container)]
        for path in ("/healthz", "/readyz"):
            host.run_inside("web", f"python docker/ask.py {path}")
        kept_inside = [Browser(self.people.tls).open(path).status for path in ("/readyz", "/metrics")]
        expect(kept_inside == [404, 404], f"/readyz and /metrics answer {kept_inside} outside")
        expect(Browser(self.people.tls).open("/healthz").status == 200, "/healthz does not answer")
        states = ", ".join(f"{name(container)} {state(container)}" for container in sorted(well, key=name))
        return f"{states}; /healthz and /readyz 200 inside; /readyz and /metrics 404 outside", ""

    def doors(self) -> Outcome:
        published = {
            f"{address['HostIp']}:{address['HostPort']}"
            for container in self.host.containers()
            for doors in (container["NetworkSettings"]["Ports"] or {}).values()
            for address in doors or []
        }
        outside = sorted(door for door in published if not door.startswith("127.0.0.1:"))
        expect(published and not outside, f"Open past this machine: {outside}")
        return f"published: {', '.join(sorted(published))}; nothing else", ""

    # --- People -----------------------------------------------------------------------------------------

    def administrators(self) -> Outcome:
        seconds = [self.people.set_password(address) for address in ADMINISTRATORS]
        return f"both set a password by mail (after {max(seconds):.1f} s at most) and signed in", ""

    def second_factor(self) -> Outcome:
        self.people.sign_up(VETTER, "Vera")
        self.people.sign_in(VETTER)
        for address in (*ADMINISTRATORS, VETTER):
            self.people.enrol(address)
        return "both administrators and one of the desk set it up", ""

    def role(self) -> Outcome:
        self.people.give_role(VETTER, "vetting")
        page = self.people.browsers[VETTER].open("/en/desk/vetting/")
        page.expect(page.status == 200, "The desk opens to who has the role")
        return "given by one administrator, confirmed by the other; the desk opens", ""

    def registration(self) -> Outcome:
        seconds = self.people.sign_up(APPLICANT, "Amina")
        self.people.register()
        return f"mail to confirm the address after {seconds:.1f} s; application sent with a paper", ""

    def vetting(self) -> Outcome:
        seconds = self.people.decide()
        expect(self.people.found_in_the_directory(), "The organization is not found in the directory")
        return (
            "the paper is read by the desk and by no stranger; approved; mail to the applicant after "
            f"{seconds:.1f} s; found in the directory"
        ), ""

    # --- More of it, and a new version -----------------------------------------------------------------

    def style_sheet(self) -> str:
        page = Browser(self.people.tls).open("/en/")
        return next(str(link) for link in page.tree.xpath("//link/@href") if "/css/portal." in link)

    def update(self) -> Outcome:
        host = self.host
        sheet = self.style_sheet()
        upstream = host.work / "upstream"
        with (upstream / "static" / "css" / "frame.css").open("a", encoding="utf-8") as file:
            file.write(".of-a-new-version { color: inherit; }\n")
        as_us = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@localhost"]
        subprocess.run(
            ["git", *as_us, "commit", "-qam", "rehearsal: A new version."], cwd=upstream, check=True
        )
        old = {container["Id"] for container in host.containers("web")}
        with Load(self.people.tls) as load:
            for command in commands("A new version"):
                host.run_as_written(command)
        host.wait_until_well()
        expect(
            not old & {container["Id"] for container in host.containers("web")},
            "An old web process still runs",
        )
        expect(self.style_sheet() != sheet, "The front page still names the old style sheet")
        return f"beside {load.pace}: the new version is served, the old processes are gone", load.losses

    def way_back(self) -> Outcome:
        """Go back to the last release on the present tables, hide an entry there, then return."""
        host = self.host
        release = host.version_of_the_last_release()
        newer = host.migrations_since(release)
        host.run(f"git worktree add --force {host.work / 'release'} {release}")
        own = f"--env-file {host.folder / '.env'}"
        host.run(f"cd {host.work / 'release'} && RELEASE=rehearsal-before docker compose {own} build web")
        image = host.run("docker compose config --images | grep '^whatson:' | head -n 1").strip()
        host.run(f"docker tag whatson:rehearsal-before {image}-before")
        migrated = {container["Id"] for container in host.containers("migrate", gone=True)}
        with Load(self.people.tls) as load:
            for command in commands("The way back"):
                host.run_as_written(command)
        host.wait_until_well()
        wanted = host.run(f"docker image inspect --format '{{{{.Id}}}}' {image}-before").strip()
        for service in ("web", "worker-mail", "worker-default", "worker-heavy", "beat"):
            running = {container["Image"] for container in host.containers(service)}
            expect(running == {wanted}, f"{service} is not of the image of before")
        expect(
            {container["Id"] for container in host.containers("migrate", gone=True)} == migrated,
            "migrate ran on the way back",
        )
        pages = self.people.hide()
        host.run_as_written(commands("A new version")[0])
        host.wait_until_well()
        expect(not self.people.still_named(pages), "Named again by the newer version")
        self.people.show()
        return (
            f"beside {load.pace}: the last release ({release[:8]}) runs on tables that are {newer} "
            f"migrations newer; hidden there, the organization is gone from {len(pages)} kept pages, "
            "and stays gone with the newer version"
        ), load.losses

    def scale(self) -> Outcome:
        host = self.host
        (up,) = commands("More of a kind")
        host.settings(WEB_REPLICAS=str(WEBS), WORKER_MAIL_REPLICAS="2")
        with Load(self.people.tls) as load:
            host.run_as_written(up)
        host.wait_until_well()
        counts = {service: len(host.containers(service)) for service in ("web", "worker-mail")}
        expect(counts == {"web": WEBS, "worker-mail": 2}, f"Running: {counts}")
        since = datetime.now(UTC).isoformat()
        time.sleep(6)  # until the proxy has asked for the addresses again
        for at in range(60):
            Browser(self.people.tls).open(f"/en/stakeholders/?page={at}")
        answered = [
            host.run(f"docker logs --since {since} {container['Id']} 2>&1").count('"request"')
            for container in host.containers("web")
        ]
        expect(all(answered), f"Not every web process is asked: {answered}")
        return f"{WEBS} web and 2 worker-mail, healthy; of 60 pages each web process gave some", load.losses

    # --- Parts that fail --------------------------------------------------------------------------------

    def restart(self, service: str) -> Outcome:
        (command,) = commands("When a part fails")
        with Load(self.people.tls) as load:
            self.host.run_as_written(command, database=service)
            self.host.wait_until_well()
        page = Browser(self.people.tls).open("/en/stakeholders/?page=2")
        page.expect(page.status == 200, "A page that is made for this question")
        return f"beside {load.pace}", load.losses

    def queue_away(self) -> Outcome:
        host = self.host
        host.run("docker compose stop queue")
        address = "asha@coastalwatch.example"
        self.people.typed.add(address)
        back = time.monotonic()

        def start_again() -> None:
            nonlocal back
            time.sleep(20)
            host.run("docker compose start queue")
            back = time.monotonic()

        starting = threading.Thread(target=start_again)
        starting.start()
        self.people.sign_up(address, "Asha")
        starting.join()
        host.wait_until_well()
        return (
            "a person signed up while it was away for 20 s; the mail came "
            f"{time.monotonic() - back:.0f} s after it was back at most"
        ), "nothing"

    # --- Looking into it, and holding it still ----------------------------------------------------------

    def lines(self) -> Outcome:
        address = "noor@coastalwatch.example"
        self.people.typed.add(address)
        self.people.sign_up(address, "Noor")
        sent = next(
            request_id
            for method, request_id in self.people.browsers[address].ids.answered
            if method == "POST"
        )
        (command,) = commands("From a page to its lines")
        output = self.host.run_as_written(command, ID=sent)
        self.host.ran[-1] = command
        services = set(re.findall(r"([a-z-]+)-\d+ +\|", output))
        expect({"proxy", "web", "worker-mail"} <= services, f"Lines only of {sorted(services)}")
        return f"of a sign-up: {output.count(chr(10))} lines, of {', '.join(sorted(services))}", ""

    def maintenance(self) -> Outcome:
        host, address = self.host, "sami@coastalwatch.example"
        self.people.typed.add(address)
        begin, end = commands("Maintenance")
        before = Browser(self.people.tls).open("/en/accounts/signup/")
        host.run_as_written(begin)
        time.sleep(6)
        for path in ("/en/", "/en/stakeholders/?page=3"):
            page = Browser(self.people.tls).open(path)
            page.expect(page.status == 200 and b"Maintenance until" in page.body, "Reading under maintenance")
        typed = {"name": "Sami", "email": address, "password1": PASSWORD, "agreed": "on"}
        before.send("password1", typed)
        before.expect(before.status == 503 and before.headers["Retry-After"], "An act under maintenance")
        expect(address.encode() in before.body, "What was typed does not stand on the page")
        expect(PASSWORD.encode() not in before.body, "The password stands on the page")
        host.run_inside("web", "python docker/ask.py /readyz")
        host.run_as_written(end)
        time.sleep(6)
        self.people.sign_up(address, "Sami")
        return (
            "pages are read and say so; a sign-up is answered 503 with what was typed but the password; "
            "afterwards it goes through"
        ), "nothing"

    # --- Backup and restore -----------------------------------------------------------------------------

    def backup(self) -> Outcome:
        host = self.host
        self.people.link, _seconds = self.people.ask_for_password(APPLICANT)
        time.sleep(5)
        self.before = host.digests()
        host.run_as_written(commands("Backups")[0])
        (backup_folder,) = (host.work / "backups").iterdir()
        size = sum(file.stat().st_size for file in backup_folder.iterdir()) / 1e6
        rows, files = (counts.total() for counts in self.before)
        return f"{rows:,} rows, {files} files, {size:.0f} MB", ""

    def restore(self) -> Outcome:
        host = self.host
        host.remove()
        left = host.run_outside(f"docker volume ls --quiet --filter name={PROJECT}")
        expect(not left, f"Not destroyed: {left}")
        host.clone("second")
        (backup_folder,) = (host.work / "backups").iterdir()
        for command in commands("Backups")[2:]:
            host.run_as_written(command, **{"whatson-DATE": backup_folder.name})
        host.wait_until_well()
        rows, files = host.digests()
        self.people.tls = host.tls()
        gone, new = (
            Counter(row.split(" ")[0] for row in side.elements())
            for side in (self.before[0] - rows, rows - self.before[0])
        )
        expect(self.before[1] == files, "The files are not the same")
        expect(gone.keys() | new.keys() <= REWRITTEN | NOTED, f"Rows differ: {gone}; {new}")
        expect(all(gone[table] <= new[table] for table in REWRITTEN), f"Rows are missing: {gone}; {new}")
        written, added = (
            ", ".join(f"{count} {table}" for table, count in sorted(some.items())) or "none"
            for some in (gone, new - gone)
        )
        return (
            f"in another clone, after all was removed: {rows.total():,} rows and {files.total()} files, "
            f"compared one by one; the portal itself has rewritten since: {written}; added: {added}"
        ), "nothing"

    def people_after(self) -> Outcome:
        # First, since signing in ends it.
        Browser(self.people.tls).open(self.people.link).form("password1")
        everybody = (APPLICANT, VETTER, *ADMINISTRATORS)
        for address in everybody:
            self.people.sign_in(address)
        expect(self.people.found_in_the_directory(), "The organization is not found in the directory")
        desk = self.people.browsers[VETTER].open(f"/en/desk/vetting/{self.people.number}/")
        desk.open(desk.link(r"/paper/\d+")).expect(desk.body == PAPER, "The paper")
        return (
            f"{len(everybody)} people sign in with password and second factor; the link of a mail of "
            "before opens; the paper is read; the organization is found"
        ), "nothing"

    # --- What is never said -----------------------------------------------------------------------------

    def logs(self, logs: Logs) -> Outcome:
        words = self.host.secrets() | self.people.typed
        lines, leaks = logs.find_words(words)
        expect(not leaks, f"Words that may stand in no log: {'; '.join(leaks)}")
        return f"{len(words)} secrets, keys, addresses and names looked for in {lines:,} lines", ""


def try_step(host: Host, label: str, step: Callable[[], Outcome]) -> StepRow:
    host.ran, begun, lost, well = [], time.monotonic(), "", True
    try:
        outcome, lost = step()
    except Exception as error:  # noqa: BLE001  the report tells of whatever went wrong
        outcome, well = f"{type(error).__name__}: {error}", False
    row = StepRow(label, host.ran, outcome, time.monotonic() - begun, lost, well)
    sys.stdout.write(f"{'    ' if well else 'FAIL'} {label}: {outcome} [{row.seconds:.0f} s] {lost}\n")
    sys.stdout.flush()
    return row


def report(rows: list[StepRow], host: Host, command: str) -> str:
    version = host.run_outside(
        "docker version --format '{{.Server.Version}}'; docker compose version --short"
    )
    docker, compose = version.split()
    images = (
        "stand-ins for the images (`rehearsal/standins/Dockerfile`)" if host.standins else "the named images"
    )
    lines = [
        "# The rehearsal",
        "",
        f"Written by `{command}` on {datetime.now(UTC):%-d %B %Y, %H:%M} UTC, version {host.version}, with "
        f"{images}, Docker {docker}, compose {compose}. How it goes and what it does not show: "
        "[operations](operations/updates.md#the-rehearsal).",
        "",
        "| Step | Commands | Seen | Seconds | Lost |",
        "|---|---|---|---:|---|",
    ]
    for row in rows:
        ran = "<br>".join(f"`{command}`" for command in row.ran).replace("|", "\\|")
        outcome = (
            (row.outcome if row.well else f"**failed**: {row.outcome}").replace("|", "\\|").replace("\n", " ")
        )
        lines.append(f"| {row.step} | {ran} | {outcome} | {row.seconds:.0f} | {row.lost} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make rehearse")
    parser.add_argument("--standins", action="store_true")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    if arguments.standins:
        subprocess.run(["sh", str(ROOT / "rehearsal" / "standins" / "build.sh")], check=True)
    work = Path(tempfile.mkdtemp(prefix="whatson-rehearsal-"))
    host = Host(work, standins=arguments.standins)
    rehearsal, logs = Rehearsal(host), Logs(host)
    steps: dict[str, Callable[[], Outcome]] = {
        "First start": rehearsal.start,
        "Health": rehearsal.health,
        "Open to the world": rehearsal.doors,
        "First administrators": rehearsal.administrators,
        "Second factor": rehearsal.second_factor,
        "Role": rehearsal.role,
        "Registration with a paper": rehearsal.registration,
        "Vetting": rehearsal.vetting,
        "New version": rehearsal.update,
        "Way back": rehearsal.way_back,
        "More of a kind": rehearsal.scale,
        "Restart of the database": lambda: rehearsal.restart("database"),
        "Restart of the queue": lambda: rehearsal.restart("queue"),
        "Restart of the proxy": lambda: rehearsal.restart("proxy"),
        "Queue away": rehearsal.queue_away,
        "From a page to its lines": rehearsal.lines,
        "Maintenance": rehearsal.maintenance,
        "Backup": rehearsal.backup,
        "Destroyed, and restored": rehearsal.restore,
        "People after the restore": rehearsal.people_after,
        "Health after the restore": rehearsal.health,
        "Nothing secret in a log": lambda: rehearsal.logs(logs),
    }
    rows: list[StepRow] = []
    command = "make rehearse" + (" STANDINS=1" if arguments.standins else "")
    logs.start()
    try:
        for label, step in steps.items():
            rows.append(try_step(host, label, step))
            REPORT.write_text(report(rows, host, command), encoding="utf-8")
            if not rows[0].well:
                break  # nothing runs
    finally:
        logs.stop()
        if arguments.keep:
            sys.stdout.write(f"Left as it is, in {host.folder}.\n")
        else:
            host.remove()
            host.run_outside(
                "docker image rm whatson:rehearsal whatson:rehearsal-before whatson-proxy:rehearsal"
            )
            shutil.rmtree(work)
    return 0 if all(row.well for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
