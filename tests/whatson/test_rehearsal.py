"""The rehearsal of the deployment, as far as it can be held without a container engine."""

import re
import ssl
import subprocess

import lxml.html
import pytest
import yaml

from rehearsal import page
from rehearsal.__main__ import Rehearsal, StepRow, report
from rehearsal.host import STANDINS, Host, Load, Logs, is_well, settable_names
from rehearsal.people import Browser, code
from tests.whatson import ROOT

FOLDER = ROOT / "rehearsal"
HEADINGS = (
    "On one host",
    "More of a kind",
    "From a page to its lines",
    "Maintenance",
    "Backups",
    "A new version",
    "The way back",
    "When a part fails",
)
NOT_REHEARSED = {
    "New secrets": "restarts what the rehearsal restarts anyway",
    "Uploads in S3": "needs a bucket",
    "To a moment of the past": "is of PostgreSQL itself, on a server of one's own",
}


def test_every_command_of_the_page_is_rehearsed():
    """A new block of commands is rehearsed, or its heading stands in NOT_REHEARSED with the reason."""
    pages = page.text_of_pages()
    sections = re.findall(r"^#+ (.+)\n((?:(?!^#+ ).*\n?)*)", pages, re.MULTILINE)
    with_commands = {heading for heading, section in sections if "\n```sh\n" in section}
    assert with_commands - NOT_REHEARSED.keys() == set(HEADINGS)
    code_of_it = (FOLDER / "__main__.py").read_text(encoding="utf-8")
    assert sorted(re.findall(r'commands\("([^"]+)"\)', code_of_it)) == sorted(
        [*HEADINGS, "Backups", "A new version"]
    )
    assert page.commands("On one host")[1] == "sh docker/secrets.sh"  # without what stands behind #
    with pytest.raises(LookupError, match="No page of docs/operations has a heading"):
        page.commands("On two hosts")


def test_nothing_listens_past_this_machine():
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!override", Loader.construct_sequence)
    text = (FOLDER / "loopback.yml").read_text(encoding="utf-8")
    ours = yaml.load(text, Loader)["services"]  # noqa: S506  a safe loader with one word more
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    for service, definition in compose.items():
        doors = ours.get(service, definition).get("ports", [])
        assert [door for door in doors if not door.startswith("127.0.0.1:")] == []
    assert len(ours["proxy"]["ports"]) == len(compose["proxy"]["ports"])


def test_every_image_has_a_stand_in():
    wanted = sorted(name for name in settable_names() if name.endswith("_IMAGE"))
    assert sorted(f"{name.upper()}_IMAGE" for name in STANDINS) == wanted
    stages = re.findall(r"^FROM .* AS (\w+)$", (FOLDER / "standins" / "Dockerfile").read_text(), re.MULTILINE)
    assert [name for name in STANDINS if name not in stages] == []


@pytest.mark.parametrize("name", ["build.sh", "database.sh", "scanner.sh", "clamdcheck.sh"])
def test_the_scripts_of_the_stand_ins_can_be_read(name):
    subprocess.run(["sh", "-n", str(FOLDER / "standins" / name)], check=True)


def test_a_setting_is_set_once(tmp_path):
    host = Host(tmp_path, standins=True)
    host.folder = tmp_path
    (tmp_path / ".env").write_text("SITE_URL=https://whatson.example.org\n#RELEASE=1\n", encoding="utf-8")
    host.settings_of_a_rehearsal()
    lines = (tmp_path / ".env").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "SITE_URL" in line or "RELEASE" in line] == [
        "SITE_URL=https://localhost",
        "RELEASE=rehearsal",
    ]
    assert "DATABASE_IMAGE=whatson-standin/database" in lines


def test_a_secret_in_a_log_is_found(tmp_path):
    host = Host(tmp_path, standins=False)
    (tmp_path / "portal" / "secrets").mkdir(parents=True)
    for name, text in (("queue_password", "a-long-password"), ("mailbox_url", "")):
        (tmp_path / "portal" / "secrets" / name).write_text(text, encoding="utf-8")
    logs = Logs(host)
    (logs.folder / "web-1.log").write_text("Ready.\n", encoding="utf-8")
    assert logs.find_words(host.secrets()) == (1, [])
    (logs.folder / "web-1.log").write_text("Ready.\nredis://:a-long-password@queue\n", encoding="utf-8")
    assert logs.find_words(host.secrets()) == (2, ["web-1.log: 1"])


def test_what_was_lost_is_counted():
    load = Load(ssl.create_default_context())
    load.answers = [(0.0, "200", 0.1), (1.0, "503", 0.1), (4.0, "503", 0.1), (4.1, "200", 2.0)]
    assert load.losses == "2 of 4 requests (2 × 503; the last 3 s after the first)"


@pytest.mark.parametrize(
    "name, state, well",
    [
        ("web-1", {"Status": "running", "Running": True, "Health": {"Status": "healthy"}}, True),
        ("web-1", {"Status": "running", "Running": True, "Health": {"Status": "starting"}}, False),
        ("web-1", {"Status": "exited", "Running": False, "Health": {"Status": "healthy"}}, False),
        ("web-1", {"Status": "running", "Running": True}, False),
        ("migrate-1", {"Status": "exited", "Running": False, "ExitCode": 0}, True),
        ("migrate-1", {"Status": "exited", "Running": False, "ExitCode": 1}, False),
    ],
)
def test_which_container_is_well(name, state, well):
    assert is_well({"Name": f"/whatson-rehearsal-{name}", "State": state}) is well


def test_a_form_is_sent_as_it_came_but_for_what_is_typed(monkeypatch):
    browser = Browser(ssl.create_default_context())
    browser.tree = lxml.html.document_fromstring(
        "<header><form method=post action=/out/><input name=away></form></header><main>"
        "<form method=post action=/in/><input name=name value=old><input type=checkbox name=agreed value=on>"
        "<select name=country><option value=KEN selected>Kenya</select></form></main>"
    )
    sent = []
    monkeypatch.setattr(browser, "open", lambda address, body, kind: sent.append((address, body.decode())))
    browser.send("name", {"name": "Amina", "agreed": "on"}, paper=("papers", b"%PDF"))
    ((address, body),) = sent
    assert address == "/in/"
    assert re.findall(r'name="(\w+)"', body) == ["country", "name", "agreed", "papers"]
    assert re.findall(r"\r\n\r\n(.*)\r\n--", body) == ["KEN", "Amina", "on", "%PDF"]


def test_a_code_is_that_of_the_standard(monkeypatch):
    # RFC 6238, appendix B: the last six of 94287082 at 59 seconds.
    monkeypatch.setattr("rehearsal.people.time.time", lambda: 59.0)
    assert code("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ") == "287082"


def test_the_report_tells_of_what_failed(tmp_path, monkeypatch):
    host = Host(tmp_path, standins=True)
    monkeypatch.setattr(host, "run_outside", lambda command: "26.1.5\n2.26.1")
    rows = [StepRow("Vetting", ["a | b"], "No mail", 3.2, "", well=False)]
    assert "| Vetting | `a \\| b` | **failed**: No mail | 3 |  |" in report(rows, host, "make rehearse")
    assert Rehearsal(host).host is host
