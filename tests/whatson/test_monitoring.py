"""Each number that the dashboard and the alerts name is one of /metrics; each alert has its runbook."""

import json
import re

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


def offered(text: str) -> set[str]:
    """The names in which samples of /metrics may come, also where there is none yet."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE):
        names |= {f"{name}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {name}
    return names


def named(expressions: list[str]) -> set[str]:
    return {name for one in expressions for name in re.findall(r"\bwhatson_\w+", one)}


@pytest.mark.django_db
def test_each_number_that_is_named_is_there(client):
    there = offered(client.get("/metrics").content.decode())
    of_panels = [target["expr"] for panel in PANELS for target in panel.get("targets", [])]
    of_rules = [rule["expr"] for rule in RULES]
    assert named([*of_panels, *of_rules]) - there == set()
    ours = {name for name in there if name.startswith("whatson_")}
    assert {
        name for name in ours - named(of_panels) if not name.endswith(("_created", "_count", "_sum"))
    } == set()


def test_each_alert_leads_to_its_runbook():
    there = anchors(RUNBOOKS)
    for rule in RULES:
        page, _, section = rule["annotations"]["runbook"].partition("#")
        assert (ROOT / page, section) == (RUNBOOKS, rule["alert"].lower())
        assert section in there
        assert rule["labels"]["severity"] in ("page", "ticket")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_runbook_says_what_to_do_and_when_it_is_over(rule):
    text = RUNBOOKS.read_text(encoding="utf-8")
    section = text.split(f"\n## {rule['alert']}\n")[1].split("\n## ")[0]
    assert re.findall(r"^- \*\*([\w ]+):\*\*", section, re.MULTILINE) == ["Means", "People see", "Do", "Over"]
