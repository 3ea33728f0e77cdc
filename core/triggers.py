"""Triggers of the database, from lists in Python: which tables report their changes, and to which function.

A list stands in the `wiring.py` of what it serves, which enters it in `trigger_lists`. The functions that it
names stand in migrations, as SQL; so do the triggers, as `manage.py write_triggers` prints them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.hooks import Registry

SCHEMA = Path(settings.BASE_DIR) / "whatson" / "schema.sql"
EVENTS = ("INSERT", "DELETE", "UPDATE")
# What PostgreSQL adds where it shows a definition.
_ADDED = re.compile(r"\bpublic\.|::text|[()]")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger of one table: `function` is called in the transaction of each change, after it.

    It is called for every changed row, or once for the statement where `each` is "STATEMENT". Of updates
    only those count that set one of `columns`, where any are named. A trigger of updates alone compares them
    itself; PostgreSQL compares nothing in one that is also called for new rows, so there the function does.
    `arguments` are texts for the function.
    """

    table: str
    name: str
    function: str
    columns: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    events: tuple[str, ...] = EVENTS
    each: str = "ROW"

    @property
    def definition(self) -> str:
        """The statement that makes it."""
        columns = f" OF {', '.join(self.columns)}" if self.columns else ""
        changed = " OR ".join(f"old.{name} IS DISTINCT FROM new.{name}" for name in self.columns)
        condition = f" WHEN ({changed})" if changed and self.events == ("UPDATE",) else ""
        arguments = ", ".join(f"'{argument}'" for argument in self.arguments)
        return (
            f"CREATE TRIGGER {self.name} AFTER {' OR '.join(self.events)}{columns} ON {self.table}"
            f" FOR EACH {self.each}{condition} EXECUTE FUNCTION {self.function}({arguments});"
        )


trigger_lists: Registry[tuple[Trigger, ...]] = Registry("core.triggers.trigger_lists")


def listed_triggers() -> dict[str, str]:
    """Return "name ON table" → definition, of every list."""
    triggers = [trigger for triggers in trigger_lists.values() for trigger in triggers]
    return {f"{trigger.name} ON {trigger.table}": trigger.definition for trigger in triggers}


def existing_triggers(definitions: Iterable[str]) -> dict[str, str]:
    """Return the same of definitions as PostgreSQL shows them, without those that a model's Meta lists."""
    triggers = {}
    for definition in definitions:
        shown = definition.replace("public.", "").rstrip(";") + ";"
        name, table = re.findall(r"^CREATE TRIGGER (\w+) .* ON (\w+)", shown)[0]
        if not name.startswith("pgtrigger_"):
            triggers[f"{name} ON {table}"] = shown
    return triggers


def plain(definition: str) -> str:
    """Return a definition without what PostgreSQL adds to it, to compare it with another one."""
    return _ADDED.sub("", definition)


def triggers_of_schema() -> dict[str, str]:
    """Return the triggers that the migrations come to."""
    lines = SCHEMA.read_text(encoding="utf-8").splitlines()
    return existing_triggers(line for line in lines if line.startswith("CREATE TRIGGER "))


def statements_between(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the statements that lead from one set of triggers to another."""
    changed = [key for key in before if key not in after or plain(after[key]) != plain(before[key])]
    new = [key for key in after if key not in before or key in changed]
    return [f"DROP TRIGGER {key};" for key in changed] + [after[key] for key in new]
