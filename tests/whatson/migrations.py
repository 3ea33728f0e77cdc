"""Migrations as a running portal can bear them: the frozen ones, and what a new one may not do.

`python -m tests.whatson.migrations` freezes: it writes the hash of each migration into FROZEN. Done once for
each release, as its last act.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from tests.whatson import ROOT

FROZEN = ROOT / "tests" / "whatson" / "migrations_frozen.txt"
# Rows without number: an index that is not made CONCURRENTLY stops all writing to them for minutes.
LARGE = {
    ("audit", "entry"),
    ("notifications", "happening"),
    ("notifications", "message"),
    ("notifications", "notice"),
    ("notifications", "follow"),
    ("search", "document"),
    ("search", "posting"),
    ("stakeholders", "stakeholder"),
    ("stakeholders", "importrow"),
    ("resources", "record"),
    ("resources", "passage"),
    ("events", "registration"),
    ("portal", "use"),
}
# `# safe: why` in the file lets a migration do what this module refuses; whoever reviews it reads the reason.
SAFE = re.compile(r"^\s*# safe: .{20,}$", re.MULTILINE)
GOES = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def hashes() -> dict[str, str]:
    """path → hash of its content."""
    return {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(ROOT.glob("*/migrations/0*.py"))
    }


def frozen() -> dict[str, str]:
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines if line)}


def faults(app: str, operations: Iterable[Operation]) -> list[str]:
    """What a portal that runs, with the code of the release before, could not bear, a sentence each."""
    found, made = [], set()
    for one in flat(operations):
        name = type(one).__name__
        model = getattr(one, "model_name_lower", getattr(one, "name_lower", ""))
        if isinstance(one, migrations.CreateModel):
            made.add(model)
        elif isinstance(one, GOES):
            found.append(f"{name} {model}: the release before still uses it. Remove it one release later.")
        elif model in made:
            continue
        elif isinstance(one, migrations.AddField) and is_demanding(one.field):
            found.append(
                f"{model}.{one.name}: the release before does not fill it. Give it a db_default, or null."
            )
        elif isinstance(one, migrations.AlterField):
            found.append(f"AlterField {model}.{one.name}: say why the release before can live with it.")
        elif isinstance(one, migrations.RunSQL):
            found.append("RunSQL: say why the release before can live with it.")
        elif (app, model) in LARGE and is_locking(one):
            found.append(
                f"{name} {model}: the table is large. Use AddIndexConcurrently, or NOT VALID and validate."
            )
    return found


def flat(operations: Iterable[Any]) -> Iterator[Any]:
    for one in operations:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from flat(one.database_operations)
        else:
            yield one


def is_demanding(field: models.Field) -> bool:
    fills_itself = field.has_db_default() or field.primary_key or getattr(field, "generated", False)
    return not (field.null or field.many_to_many or fills_itself)


def is_locking(operation: Operation) -> bool:
    """Whether it reads the whole table while nobody may write to it."""
    if isinstance(operation, migrations.AddField):
        return operation.field.db_index or operation.field.unique
    concurrent = type(operation).__name__.endswith(("Concurrently", "NotValid"))
    return isinstance(operation, migrations.AddIndex | migrations.AddConstraint) and not concurrent


if __name__ == "__main__":
    FROZEN.write_text("".join(f"{digest}  {path}\n" for path, digest in hashes().items()), encoding="utf-8")
