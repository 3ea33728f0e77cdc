"""Each number that the dashboard and the alerts name is one of /metrics; each alert has its runbook."""

import json
import re
import shutil
import subprocess

import pytest
import yaml

from tests.support import anchors
from tests.whatson import ROOT

FOLDER = ROOT / "docker" / "monitoring"
RUNBOOKS = ROOT / "docs" / "runbooks.md"
RULES = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
PANELS = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))["panels"]


def names_of_samples(text: str) -> set[str]:
    """The names in which samples of /metrics may come, also where there is none yet."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE):
        names |= {f"{name}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {name}
    return names


def names_in(expressions: list[str]) -> set[str]:
    return {name for expression in expressions for name in re.findall(r"\bwhatson_\w+", expression)}


@pytest.mark.django_db
def test_each_number_that_is_named_is_there(client):
    numbers = names_of_samples(client.get("/metrics").content.decode())
    of_panels = [target["expr"] for panel in PANELS for target in panel.get("targets", [])]
    of_rules = [rule["expr"] for rule in RULES]
    assert names_in([*of_panels, *of_rules]) - numbers == set()
    ours = {name for name in numbers if name.startswith("whatson_")}
    assert {
        name for name in ours - names_in(of_panels) if not name.endswith(("_created", "_count", "_sum"))
    } == set()


def test_each_alert_leads_to_its_runbook():
    headings = anchors(RUNBOOKS)
    for rule in RULES:
        page, _, section = rule["annotations"]["runbook"].partition("#")
        assert (ROOT / page, section) == (RUNBOOKS, rule["alert"].lower())
        assert section in headings
        assert rule["labels"]["severity"] in ("page", "ticket")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_runbook_says_what_to_do_and_when_it_is_over(rule):
    text = RUNBOOKS.read_text(encoding="utf-8")
    section = text.split(f"\n## {rule['alert']}\n")[1].split("\n## ")[0]
    assert re.findall(r"^- \*\*([\w ]+):\*\*", section, re.MULTILINE) == ["Means", "People see", "Do", "Over"]


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool (Debian: prometheus) is not at hand")
def test_prometheus_reads_the_files_and_the_alerts_come_when_they_should(tmp_path):
    for name in ("alerts.yml", "alerts_test.yml", "prometheus.yml"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/run/secrets/", ""), encoding="utf-8")
    (tmp_path / "metrics_token").touch()
    for command in (["check", "config", "prometheus.yml"], ["test", "rules", "alerts_test.yml"]):
        done = subprocess.run(
            ["promtool", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_dashboard_has_the_form_that_is_imported():
    """Each panel with an id and a place of its own, and queries of the source chosen at the import."""
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    taken = set()
    for panel in PANELS:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
        if panel["type"] != "row":
            assert panel["datasource"] == {"type": "prometheus", "uid": "${source}"}
            assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
