"""Clients that others' programs make from the schema: they are made without a fault, and read by cursors."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from api.management.commands.api_schema import as_text
from api.schema import document
from tests.factories.stakeholders import StakeholderFactory

pytestmark = [pytest.mark.night, pytest.mark.slow]
BIN = Path(settings.BASE_DIR) / "node_modules" / ".bin"


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    file = tmp_path_factory.mktemp("schema") / "openapi.json"
    file.write_text(as_text(document()), encoding="utf-8")
    return file


def run(*command, cwd):
    done = subprocess.run(
        [str(argument) for argument in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_client_in_python_reads_a_whole_list_by_its_cursor(schema, tmp_path, monkeypatch, live_server):
    make = "from openapi_python_client.cli import app; app()"
    output = run(sys.executable, "-c", make, "generate", "--path", schema, "--meta", "none", cwd=tmp_path)
    assert "WARNING" not in output.upper()
    monkeypatch.syspath_prepend(str(tmp_path))
    made_client = importlib.import_module("whats_on_client").Client(base_url=live_server.url)
    read = importlib.import_module("whats_on_client.api.stakeholders.stakeholders_list")
    entries = {StakeholderFactory(name=f"Demo {number}").pk for number in range(5)}
    met, cursor = [], ""
    with made_client as client:
        while cursor is not None:
            answer = read.sync(client=client, cursor=cursor, page_size=2)
            met += [row.id for row in answer.results]
            cursor = answer.next_ and answer.next_.partition("cursor=")[2].partition("&")[0]
    assert (len(met), set(met)) == (5, entries)


def test_types_for_typescript_are_made_and_compile(schema, tmp_path):
    run(BIN / "openapi-typescript", schema, "--output", "types.ts", cwd=tmp_path)
    use = """
import type { paths } from "./types";
type Asked = NonNullable<paths["/api/v1/stakeholders/"]["get"]["parameters"]["query"]>;
export const first: Asked = { cursor: "", page_size: 100 };
"""
    (tmp_path / "use.ts").write_text(use, encoding="utf-8")
    run(BIN / "tsc", "--strict", "--noEmit", "--skipLibCheck", "--target", "es2022", "use.ts", cwd=tmp_path)
    assert json.loads(schema.read_text(encoding="utf-8"))["openapi"].startswith("3.1")
