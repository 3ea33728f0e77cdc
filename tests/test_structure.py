"""The layout of docs/architecture.md: every module is loaded, falls under a contract and obeys an order."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings

from accounts.people.models import User
from core.apps import own_apps
from tools import draw_apps

ROOT = Path(settings.BASE_DIR)
APPS = own_apps()
# Read by a program of its own, by a command, or by tools, never by a running portal.
APART = (
    "__main__",
    "apps",
    "management",
    "migrations",
    "demo",
    "formats",
    "extraction",
    "seed",
    "reference",
    "content",
)
# Named by settings, or by a command; loaded by who asks for it alone.
BY_NAME = {
    "accounts.single_sign_on.stages",
    "core.static_files",
    "core.storing_s3",
    "core.word",
    "core.words_of_django",
    "notifications.backends",
    "notifications.mail_url",
    "workflow.docs",
}


def test_every_module_of_an_app_is_loaded_by_a_running_portal():
    """Django and Celery look no deeper than an app: what nobody imports would silently not be there."""
    code = (
        "import sys; from whatson.wsgi import application; from whatson.celery import app; "
        "from django.conf import settings; from django.contrib.auth import get_backends; "
        "from django.template import engines; from django.utils.module_loading import import_string; "
        "app.loader.import_default_modules(); engines['django']; get_backends(); "
        "[import_string(getattr(settings, name)) for name in dir(settings) if name.endswith('_ADAPTER')]; "
        "import_string(settings.ROOT_URLCONF + '.urlpatterns'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    on_disk = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for config in APPS
        for path in Path(config.path).rglob("*.py")
        if path.name != "__init__.py"
    }
    assert (
        sorted(
            module
            for module in on_disk - loaded - BY_NAME
            if not any(part.partition("_")[0] in APART or part in APART for part in module.split(".")[1:])
        )
        == []
    )


def test_every_task_that_beat_starts_is_there():
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(
        current_app.tasks
    ) == set()


def test_an_app_loads_its_subjects_in_the_order_of_its_contract():
    declared = {config.label: list(getattr(config, "subjects", ())) for config in APPS}
    assert declared == {config.label: draw_apps.subjects(config.label) for config in APPS}


def test_relations_inside_an_app_point_at_its_own_subject_or_a_lower_one():
    """String foreign keys are arrows, too, that no import tells of."""
    upward = []
    for model in apps.get_models(include_auto_created=True):
        order = list(getattr(model._meta.app_config, "subjects", ()))
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model
            if not order or target is None or target._meta.app_label != model._meta.app_label:
                continue
            here, target_subject = (related.__module__.split(".")[1] for related in (model, target))
            if order.index(target_subject) > order.index(here):
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert upward == []


def test_nobody_imports_from_what_is_there_for_django_alone():
    facades = tuple(
        f"from {config.label}.models import" for config in APPS if getattr(config, "subjects", ())
    )
    using = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in (*(config.label for config in APPS), "tests", "bench", "whatson")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip().startswith(facades)
    ]
    assert using == []


def _pattern_of(name: str) -> re.Pattern[str]:
    """Return what an f-string composes as the name of a template; its folder is that of a subject."""
    first, *others = re.split(r"\{[^}]*\}", name)
    wanted = ("(.+/.+)" if part.startswith("/") else "(.+)" for part in others)
    return re.compile(
        first + "".join(group + re.escape(part) for group, part in zip(wanted, others, strict=True))
    )


def test_every_template_is_named():
    """Code or a template names it, code composes its name of its texts, or it replaces that of a package."""
    templates = sorted((ROOT / "templates").rglob("*.*"))
    folders = [ROOT / name for name in (*(config.label for config in APPS), "whatson")]
    modules = [path for folder in folders for path in folder.rglob("*.py")]
    texts, composed = set(), set()
    for path in (*modules, *templates):
        source = path.read_text(encoding="utf-8")
        texts.update(re.findall(r"""(?<=["'])[\w./-]+(?=["'#])""", source))
        composed.update(re.findall(r'''\bf"([^"\n]*\.(?:html|jinja|txt|typ))"''', source))
    patterns = [_pattern_of(name) for name in composed]
    packages = [Path(config.path) / "templates" for config in apps.get_app_configs()]

    def is_named(path: Path) -> bool:
        name = path.relative_to(ROOT / "templates").as_posix().removeprefix("pdf/")  # as Typst names them
        matches = [pattern.fullmatch(name) for pattern in patterns]
        return (
            name in texts
            or any(match and texts.issuperset(match.groups()) for match in matches)
            or any((package / name).exists() for package in packages)
        )

    assert [str(path.relative_to(ROOT)) for path in templates if not is_named(path)] == []


def test_what_several_tests_need_stands_in_no_module_of_tests():
    taken = re.compile(r"^ *(?:from|import) tests\.(?:\w+\.)*test_", re.MULTILINE)
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if taken.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_test_that_asks_for_no_database_has_none():
    """What it wrote would stay for all tests after it."""
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


# Beside acts, commands and the loading of files: what no page of a visitor runs.
PRIMARY_ALONE = {
    "core/gauges.py",  # asks the primary about itself
    "core/sessions.py",  # of who is signed in
    "notifications/delivery/claiming.py",
    "notifications/delivery/handing.py",
    "notifications/jobs/wiring.py",
}


def test_what_pages_read_by_written_statements_may_come_from_the_replica():
    """`django.db.connection` is the primary's: beside rows of the replica a page would mix two moments."""
    takes = re.compile(r"^from django\.db import (?:.*, )?connection\b", re.MULTILINE)
    taking = {
        str(path.relative_to(ROOT))
        for config in APPS
        for path in Path(config.path).rglob("*.py")
        if takes.search(path.read_text(encoding="utf-8"))
        and not path.name.startswith(("actions", "seed"))
        and not {"management", "migrations", "demo"} & set(path.parts)
    }
    assert taking == PRIMARY_ALONE


# --- What is used of libraries that they do not promise ---------------------------------------------------

# Library → module → names. docs/engine-room.md says of each what it is for and how to do without.
PRIVATE = {
    "Django's Redis cache": {"core/caching.py": {"_cache"}},
    "allauth": {
        "accounts/second_factor/views.py": {"allauth.account.internal.stagekit"},
        "accounts/sign_in/forms.py": {"allauth.account.internal.flows"},
        "accounts/sign_in/views.py": {"allauth.account.internal.flows.email_verification"},
        "accounts/single_sign_on/openid.py": {"allauth.account.internal.emailkit"},
        "accounts/single_sign_on/sessions.py": {"allauth.account.internal.flows.login"},
        "accounts/single_sign_on/views.py": {
            "_get_state",
            "allauth.account.internal.flows.reauthentication",
            "allauth.socialaccount.internal.flows.signup",
        },
        "notifications/adapter.py": {"_get_login_attempts_cache_key"},
        "notifications/inbox/queries.py": {"allauth.mfa.totp.internal.auth"},
        "stakeholders/demo/people.py": {"allauth.mfa.totp.internal.auth"},
    },
    "python-docx": {"core/word.py": {"_inline", "_p", "_r", "_tbl", "_tc", "_tr"}},
}
MOST_PRIVATE = 3
# Written with an underscore, and documented: of models and managers, of storages, of named tuples.
DOCUMENTED = {
    *("_meta", "_state", "_base_manager", "_default_manager", "_db"),
    "_save",
    *("_replace", "_asdict", "_fields", "_make"),
}
# Written without one, and not documented.
UNDOCUMENTED = {"run_on_commit", "get_compiler", "klass_info", "annotation_col_map"}
UNDOCUMENTED_MODULES = ("django.db.models.sql", "django.db.models.query")


def test_private_parts_of_libraries_are_those_of_the_list():
    paths = [
        path.relative_to(ROOT)
        for folder in (*(config.label for config in APPS), "whatson")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    trees = {path: ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in paths}
    own = {app: Counter() for app in {path.parts[0] for path in paths}}
    for path, tree in trees.items():
        own[path.parts[0]].update(name for node in ast.walk(tree) for name in private_names_defined(node))
    using = {
        str(path): names
        for path, tree in trees.items()
        if (names := {name for node in ast.walk(tree) for name in private_names(node, own[path.parts[0]])})
    }
    named = {path: names for modules in PRIVATE.values() for path, names in modules.items()}
    assert using == named
    assert len(PRIVATE) <= MOST_PRIVATE
    page = (ROOT / "docs" / "engine-room.md").read_text(encoding="utf-8")
    assert [path for path in named if f"`{path}`" not in page] == []


def private_names_defined(node):
    """The names with an underscore that are ours, since this node defines them."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
            yield name


def private_names(node, own):
    """What this node uses of a library that is not promised; `own`: how often we define which name."""
    match node:
        case ast.ImportFrom(module=str(module)):
            is_hidden = any(part == "internal" or part.startswith("_") for part in module.split(".")[1:])
            if is_hidden or module.startswith(UNDOCUMENTED_MODULES):
                yield module
            yield from (name.name for name in node.names if re.match("_[a-z]", name.name))
        case ast.Attribute(attr=name) if name in UNDOCUMENTED:
            yield name
        # What is defined once and calls what it overrides is a library's.
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name):
            if is_private(name) and own[name] < 2:
                yield name
        case ast.Attribute(attr=name) if is_private(name) and not own[name]:
            yield name
        case ast.Constant(value="_prefetched_objects_cache" | "_result_cache"):
            yield node.value


def is_private(name):
    return re.match("_[a-z]", name) is not None and name not in DOCUMENTED
