"""The drawings in docs/ that are written by hand name what the code and docker-compose.yml hold.

The drawing of the apps is written from the import contracts: `tests/test_docs.py`.
"""

import re
from pathlib import Path

import yaml

from stakeholders.applications.enums import MOVES, ApplicationStatus

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
NODE = re.compile(r"([\w-]+)(?:\(\[.*?\]\)|\[\(.*?\)\]|\[.*?\])?")
ARROW = re.compile(r"^\s*(\S.*?) (-->|-\.-)(?:\|\"?([^|\"]*)\"?\|)? (\S.*)$", re.MULTILINE)


def drawing(page):
    """The one flowchart that is written by hand in a page."""
    (flowchart,) = re.findall(
        r"```mermaid\nflowchart.*?```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL
    )
    return flowchart


def lines_of(text):
    """(from, kind of line, words, to) of each line between two nodes; that of a frame holds for all in it."""
    frames = {
        name: [NODE.match(line.strip())[1] for line in inside.splitlines()]
        for name, inside in re.findall(r"^ {4}subgraph (\w+).*\n((?: {8}.*\n)+)", text, re.MULTILINE)
    }
    return [
        (node, kind, words, NODE.match(end)[1])
        for start, kind, words, end in ARROW.findall(text)
        for node in frames.get(NODE.match(start)[1], [NODE.match(start)[1]])
    ]


def test_the_deployment_shows_every_service_with_its_ports_and_volumes():
    lines = lines_of(drawing("docs/operations/host.md"))
    arrows = [(start, words, end) for start, kind, words, end in lines if kind == "-->"]
    nodes = {node for start, _words, end in arrows for node in (start, end)}
    outside = {"people", "operator", "elsewhere", "signatures_site"}
    assert nodes == {*SERVICES} | outside

    mounted = {
        (name, "database_volume" if volume == "database" else volume)
        for name, service in SERVICES.items()
        for volume in (entry.partition(":")[0] for entry in service.get("volumes", ()))
        if volume in COMPOSE["volumes"]
    }
    assert {(start, end) for start, kind, _words, end in lines if kind == "-.-"} == mounted

    published = {}
    for name, service in SERVICES.items():
        for port in service.get("ports", ()):
            address, _, inner = port.rpartition(":")
            protocol = "/udp" if inner.endswith("/udp") else ""
            published.setdefault(name, set()).add(address + protocol)
    drawn = {end: {*words.split(", ")} for start, words, end in arrows if start in {"people", "operator"}}
    assert drawn == published


def test_the_deployment_draws_no_way_that_the_networks_do_not_have():
    for start, kind, _words, end in lines_of(drawing("docs/operations/host.md")):
        if kind != "-->" or start not in SERVICES:
            continue
        networks = {*SERVICES[start]["networks"]}
        if end in SERVICES:
            assert networks & {*SERVICES[end]["networks"]}, (start, end)
        else:
            assert "outside" in networks, (start, end)


def test_every_service_of_the_portal_reaches_what_it_is_given():
    """All but the clock, which only hands tasks to the queue, talk to the database."""
    arrows = {
        (start, end)
        for start, kind, _words, end in lines_of(drawing("docs/operations/host.md"))
        if kind == "-->"
    }
    for name, service in SERVICES.items():
        if service["image"].startswith("whatson:") and name != "beat":
            assert (name, "database") in arrows, name
    for name, service in SERVICES.items():
        assert not service.get("depends_on", {}).get("web") or (name, "web") in arrows, name


def test_the_way_of_an_application_is_that_of_its_moves():
    text = drawing("docs/vetting.md")
    assert {(start, move, end) for start, _kind, move, end in lines_of(text)} == {
        (source, name, move.target) for name, move in MOVES.items() for source in move.sources
    }
    labels = dict(re.findall(r'^ {8}(\w+)\["(.+)"\]$', text, re.MULTILINE))
    assert labels == {status.value: str(status.label) for status in ApplicationStatus}
    held = text.partition("subgraph desk")[2].partition("end")[0]
    assert {*re.findall(r'(\w+)\["', held)} - {"desk"} == {*ApplicationStatus.WITH_DESK}
