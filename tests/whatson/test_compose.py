"""docker-compose.yml, held against the settings and the rules of the house. Nothing is started here."""

import os
import re
import subprocess

import pytest
import yaml
from django.conf import settings

from tests.whatson import ROOT
from tests.whatson.test_settings import MUST, read_by_the_settings, read_by_the_web_server
from whatson.embedded.postgres import LOCALE

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PORTAL = [name for name, service in SERVICES.items() if service.get("build", {}).get("target") == "portal"]


def test_the_services_are_these():
    assert sorted(SERVICES) == [
        "beat", "database", "mailcatcher", "migrate", "proxy", "queue", "scanner", "web", "worker-default",
        "worker-heavy", "worker-mail",
    ]  # fmt: skip


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
    assert [key for key in plain if key not in {"SITE_URL", "CLAMD_URL"}] == []


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
    assert SERVICES["database"]["image"].startswith("postgres:18")


def test_what_is_open_to_the_world_is_the_proxy_alone():
    opened = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert opened == {"proxy": ["80:80", "443:443"], "mailcatcher": ["127.0.0.1:8025:8025"]}
    assert SERVICES["mailcatcher"]["profiles"] == ["dev"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_commands_of_the_migrations_exist():
    commands = re.findall(r"manage\.py (\w+)", SERVICES["migrate"]["command"][-1])
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    assert [name for name in commands if name not in ours | {"migrate"}] == []


def test_the_secrets_are_made_once_and_are_all_that_compose_mounts(tmp_path):
    for _ in range(2):
        subprocess.run(
            ["sh", str(ROOT / "docker" / "secrets.sh")], cwd=tmp_path, check=True, capture_output=True,
            env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "secrets").iterdir()}
    assert sorted(made) == sorted(COMPOSE["secrets"])
    assert made["database_app_password"] in made["database_url"]
    assert made["database_owner_password"] in made["database_owner_url"]
    assert made["queue_password"] in made["redis_url"]


@pytest.mark.parametrize("name", ["web.sh", "roles.sh", "secrets.sh"])
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
