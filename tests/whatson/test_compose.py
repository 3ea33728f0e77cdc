"""docker-compose.yml, held against the settings and the rules of the house. Nothing is started here."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from core.problems import FOR_PEOPLE, FOR_PROGRAMS, MEDIA_TYPE, problem
from tests.whatson import ROOT
from tests.whatson.variables import MUST, read_by_the_settings, read_by_the_web_server
from whatson.embedded.postgres import LOCALE

FILE = ROOT / "docker-compose.yml"
EXAMPLE = ROOT / "compose.env.example"


def doubled_keys(text: str) -> list[str]:
    """The keys that stand twice in one mapping: compose refuses them, PyYAML takes the last one."""
    doubles, nodes = [], [yaml.compose(text)]
    for node in nodes:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _value in node.value]
            doubles += [
                f"{key} (line {node.start_mark.line})" for key in sorted({*keys}) if keys.count(key) > 1
            ]
            nodes += [value for _key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
    return doubles


COMPOSE = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PORTAL = [name for name, service in SERVICES.items() if service["image"].startswith("whatson:")]


def test_each_image_of_ours_is_built_once_and_fetched_from_nowhere():
    """Built for each service, it would lie there seven times."""
    assert [name for name, service in SERVICES.items() if "build" in service] == ["proxy", "web"]
    assert len(PORTAL) == 6
    assert {SERVICES[name].get("pull_policy") for name in PORTAL} == {"never"}


def test_no_key_stands_twice():
    assert doubled_keys(FILE.read_text(encoding="utf-8")) == []
    assert doubled_keys("a:\n  b: [{c: 1, c: 2}]\n") == ["c (line 1)"]


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose is not installed here")
def test_compose_itself_takes_the_file(tmp_path):
    for name, text in (
        ("defaults", ""),
        ("example", EXAMPLE.read_text(encoding="utf-8").replace("\n#", "\n")),
    ):
        env = tmp_path / name
        # Lines of words stay comments.
        env.write_text(
            "\n".join(line for line in text.splitlines() if re.match(r"[A-Z0-9_]+=", line)), encoding="utf-8"
        )
        done = subprocess.run(
            ["docker-compose", "--file", str(FILE), "--env-file", str(env), "config", "--quiet"],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"]},
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_what_the_example_names_does_something_and_nothing_else_does():
    named = re.findall(r"^#?([A-Z0-9_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    text = FILE.read_text(encoding="utf-8")
    passed = {
        key
        for service in SERVICES.values()
        for given in (service.get("environment", {}), service.get("build", {}).get("args", {}))
        for key, value in given.items()
        if value is None
    }
    assert sorted(named) == sorted(passed | set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", text)))


def test_what_the_example_sets_is_what_has_no_default():
    sets = re.findall(r"^([A-Z0-9_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sets == ["SITE_URL", "DEFAULT_FROM_EMAIL", "DESK_EMAIL"]


def test_the_images_are_named_once_and_exactly():
    named = dict(re.findall(r"^#(\w+_IMAGE)=(.+)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    ours = dict(re.findall(r"^ARG (\w+_IMAGE)=(.+)$", dockerfile, re.MULTILINE))
    ours |= dict(re.findall(r"^    image: \$\{(\w+_IMAGE):-(.+)\}$", FILE.read_text(), re.MULTILINE))
    assert ours == named
    exact = re.compile(r":v?\d+\.\d+(\.\d+)?(-[\w.-]+)?(@sha256:[0-9a-f]{64})?$")
    assert [image for image in ours.values() if not exact.search(image)] == []
    # As Renovate finds them in the example, to hold them by digest there too.
    (manager,) = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))["customManagers"]
    pattern = re.compile(manager["matchStrings"][0].replace("(?<", "(?P<"))
    assert [match["depName"] for match in pattern.finditer(EXAMPLE.read_text(encoding="utf-8"))] == [
        image.rsplit(":", 1)[0] for image in named.values()
    ]
    assert [line for line in re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE) if "${" not in line] == []


def test_the_door_and_the_portal_have_one_address():
    caddyfile = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")
    assert re.findall(r"\{\$(\w+)", caddyfile) == ["SITE_URL"]
    assert SERVICES["proxy"]["environment"] == {"SITE_URL": SERVICES["web"]["environment"]["SITE_URL"]}


def test_the_door_tells_programs_of_a_portal_that_is_away_as_the_portal_would():
    caddyfile = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")
    body = re.search(r"respond `(\{.*\})`", caddyfile)[1]
    for name, value in {"{err.status_text}": "Bad Gateway", "{err.status_code}": "502"}.items():
        body = body.replace(name, value)
    assert json.loads(body) == problem(502, json.loads(body)["detail"])
    assert f"path {FOR_PROGRAMS}*\n\t\t\tnot path {FOR_PEOPLE}*\n" in caddyfile
    assert f"header Content-Type {MEDIA_TYPE}\n" in caddyfile


def test_how_many_run_stands_in_the_file():
    """`up` without --scale puts the numbers back to those of the file."""
    scaled = {name: service["scale"] for name, service in SERVICES.items() if "scale" in service}
    assert scaled == {
        name: f"${{{name.upper().replace('-', '_')}_REPLICAS:-1}}"
        for name in ("web", "worker-mail", "worker-default", "worker-heavy", "scanner")
    }


def test_the_services_are_these():
    assert sorted(SERVICES) == [
        "beat",
        "database",
        "mailcatcher",
        "migrate",
        "proxy",
        "queue",
        "scanner",
        "web",
        "worker-default",
        "worker-heavy",
        "worker-mail",
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_is_root_or_may_become_it(name):
    service = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_every_service_that_stays_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


def test_every_queue_has_its_workers():
    served = [
        queue
        for service in SERVICES.values()
        if isinstance(command := service.get("command"), list) and "--queues" in command
        for queue in command[command.index("--queues") + 1].split(",")
    ]
    assert sorted(served) == sorted(settings.CELERY_TASK_QUEUES)


@pytest.mark.parametrize("name", PORTAL)
def test_what_production_asks_for_is_set(name):
    environment = SERVICES[name]["environment"]
    given = {key.removesuffix("_FILE") for key in environment}
    assert [must for must in MUST if must not in given] == []
    known = read_by_the_settings() | read_by_the_web_server() | {"DJANGO_SETTINGS_MODULE"}
    assert sorted(given - known) == []


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_from_files_that_are_mounted(name):
    service = SERVICES[name]
    files = {value for key, value in service.get("environment", {}).items() if key.endswith("_FILE")}
    mounted = {f"/run/secrets/{secret}" for secret in service.get("secrets", [])}
    assert sorted(files - mounted) == []
    plain = [
        key for key in service.get("environment", {}) if re.search(r"PASSWORD$|SECRET_KEY$|_URL$|TOKEN$", key)
    ]
    assert [key for key in plain if key not in {"SITE_URL", "CLAMD_URL", "S3_ENDPOINT_URL"}] == []


def test_only_the_migrations_connect_as_the_owner():
    owners = [
        name for name, service in SERVICES.items() if "database_owner_url" in service.get("secrets", [])
    ]
    assert owners == ["migrate"]
    assert SERVICES["migrate"]["environment"]["DATABASE_URL_FILE"] == "/run/secrets/database_owner_url"
    assert "manage.py grant_app_role" in SERVICES["migrate"]["command"][-1]


def test_the_portal_starts_after_the_migrations():
    for name in PORTAL:
        if name != "migrate":
            assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_database_is_made_with_the_locale_of_the_embedded_one():
    assert SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"].split() == LOCALE
    assert "postgres:18." in SERVICES["database"]["image"]


def test_the_database_plans_as_the_embedded_one_and_has_memory_of_its_own():
    options = dict(word.removeprefix("-c").split("=", 1) for word in SERVICES["database"]["command"][1:])
    assert {name: options[name] for name in ("jit", "random_page_cost")} == {
        "jit": "off",
        "random_page_cost": "1.1",
    }
    assert {name for name, value in options.items() if re.fullmatch(r"\$\{DATABASE_\w+:-\d+MB\}", value)} == {
        "shared_buffers",
        "effective_cache_size",
        "work_mem",
        "maintenance_work_mem",
    }


def test_what_is_open_to_the_world_is_the_proxy_alone():
    opened = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert opened == {"proxy": ["80:80", "443:443", "443:443/udp"], "mailcatcher": ["127.0.0.1:8025:8025"]}
    assert SERVICES["mailcatcher"]["profiles"] == ["dev"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_commands_of_the_migrations_exist():
    commands = re.findall(r"manage\.py (\w+)", SERVICES["migrate"]["command"][-1])
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    assert [name for name in commands if name not in ours | {"migrate"}] == []


def test_the_secrets_are_made_once_and_are_all_that_compose_mounts(tmp_path):
    for _ in range(2):
        subprocess.run(
            ["sh", str(ROOT / "docker" / "secrets.sh")],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={"PATH": os.environ["PATH"]},
        )
    secrets = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "secrets").iterdir()}
    assert sorted(secrets) == sorted(COMPOSE["secrets"])
    assert secrets["database_app_password"] in secrets["database_url"]
    assert secrets["database_owner_password"] in secrets["database_owner_url"]
    assert secrets["queue_password"] in secrets["redis_url"]


def test_an_update_waits_until_the_door_knows_the_new_processes():
    refresh = re.search(r"refresh (\d+)s", (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8"))
    wait = re.search(
        r"^ +sleep (\d\d+)", (ROOT / "docker" / "replace.sh").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert refresh
    assert wait
    assert int(refresh[1]) < int(wait[1])


@pytest.mark.parametrize(
    "name",
    ["web.sh", "roles.sh", "secrets.sh", "update.sh", "replace.sh", "rollback.sh", "backup.sh", "restore.sh"],
)
def test_the_scripts_can_be_read_by_a_plain_shell(name):
    subprocess.run(["sh", "-n", str(ROOT / "docker" / name)], check=True)


def test_the_image_ends_as_an_ordinary_user():
    stages = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")
    last = {
        stage.splitlines()[0].split(" AS ")[-1]: re.findall(r"^USER (\S+)", stage, re.MULTILINE)
        for stage in stages
    }
    assert last["portal"] == ["10001:10001"]
    assert last["proxy"] == ["10001:10001"]


def test_hadolint_finds_nothing_in_the_dockerfiles(tmp_path):
    hadolint = Path(sys.executable).with_name("hadolint")
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM debian\nRUN cd /app && sudo make\n", encoding="utf-8")
    for files, code in (
        ([ROOT / folder / "Dockerfile" for folder in (".", "rehearsal/standins", ".devcontainer")], 0),
        ([bad], 1),
    ):
        done = subprocess.run([hadolint, *files], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
