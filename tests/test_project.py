"""Rules of the house that no single app can break alone."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from core.apps import own_apps

ROOT = Path(__file__).resolve().parent.parent
# Each may point to those before it.
ORDER = [
    "core",
    "accounts",
    "audit",
    "api",
    "notifications",
    "search",
    "workflow",
    "taxonomy",
    "stakeholders",
    "resources",
    "news",
    "events",
    "reviews",
    "coordination",
    "portal",
]
SIBLINGS = [{"audit", "notifications", "search"}, {"resources", "news"}]
# In a browser, by `make test`; the other tests in a browser are of the night.
JOURNEYS = {
    "register",
    "vet",
    "find",
    "propose",
    "register for an event",
    "contribute",
    "newsletter",
    "a day at the desk",
    "Arabic at 360 pixels",
    "keyboard alone",
}


def test_every_app_of_ours_is_in_the_order():
    assert {config.label for config in own_apps()} == set(ORDER)


def test_relations_point_downward():
    upward = []
    for model in apps.get_models(include_auto_created=True):
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            other_app = field.related_model._meta.app_label
            if here not in ORDER or other_app not in ORDER or here == other_app:
                continue
            siblings = any({here, other_app} <= group for group in SIBLINGS)
            if siblings or ORDER.index(other_app) > ORDER.index(here):
                upward.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert upward == []


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_migrations_never_import_the_code_of_an_app():
    guilty = [
        f"{path.relative_to(ROOT)}: {line}"
        for label in ORDER
        for path in (ROOT / label / "migrations").glob("0*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "from ")) and line.split()[1].split(".")[0] in {*ORDER, "whatson"}
    ]
    # Django writes the dotted path of a field's own class or of an upload_to; those are leaves of core.
    assert [line for line in guilty if "import core.uploads" not in line] == []


def test_each_journey_is_taken_in_a_browser():
    pages = (path.read_text() for path in (ROOT / "tests/browser").glob("test_*.py"))
    marks = [names for page in pages for names in re.findall(r"mark\.journey\((.*?)\)", page)]
    assert sorted(name for names in marks for name in re.findall(r'"(.*?)"', names)) == sorted(JOURNEYS)
