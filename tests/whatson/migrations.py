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


def frozen_digests() -> dict[str, str]:
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines if line)}


def faults(app: str, operations: Iterable[Operation]) -> list[str]:
    """What a portal that runs, with the code of the release before, could not bear, a sentence each."""
    problems, new_models = [], set()
    for operation in flat(operations):
        name = type(operation).__name__
        model = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
        if isinstance(operation, migrations.CreateModel):
            new_models.add(model)
        elif isinstance(operation, GOES):
            problems.append(f"{name} {model}: the release before still uses it. Remove it one release later.")
        elif model in new_models:
            continue
        elif isinstance(operation, migrations.AddField) and is_demanding(operation.field):
            problems.append(
                f"{model}.{operation.name}: the release before does not fill it. "
                "Give it a db_default, or null."
            )
        elif isinstance(operation, migrations.AlterField):
            problems.append(
                f"AlterField {model}.{operation.name}: say why the release before can live with it."
            )
        elif isinstance(operation, migrations.RunSQL):
            problems.append("RunSQL: say why the release before can live with it.")
        elif (app, model) in LARGE and is_locking(operation):
            problems.append(
                f"{name} {model}: the table is large. Use AddIndexConcurrently, or NOT VALID and validate."
            )
    return problems


def flat(operations: Iterable[Any]) -> Iterator[Any]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


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
