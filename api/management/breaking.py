"""What of a schema its users lean on and another one lacks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

COPY = Path(settings.BASE_DIR) / "api" / "openapi.json"
CHANGES = Path(settings.BASE_DIR) / "docs" / "api.md"

type Json = dict[str, Any]


def unnamed_changes(before: Json, after: Json) -> list[str]:
    """Return the breaking changes that the list of changes does not name."""
    _head, _title, named = CHANGES.read_text(encoding="utf-8").partition("\n## Changes\n")
    return [change for change in breaking(before, after) if change not in named]


def breaking(before: Json, after: Json) -> list[str]:
    """Return a line for each thing that was removed, or that is newly required."""
    return [*_operations(before, after), *_fields(before, after)]


def _operations(before: Json, after: Json) -> Iterator[str]:
    for path, methods in before["paths"].items():
        for method, old in methods.items():
            new = after["paths"].get(path, {}).get(method)
            operation = f"{method.upper()} {path}"
            if new is None:
                yield f"removed {operation}"
                continue
            yield from _parameters(operation, _parameters_by_name(old), _parameters_by_name(new))


def _parameters(operation: str, old: Json, new: Json) -> Iterator[str]:
    for name in old.keys() - new.keys():
        yield f"removed parameter {name} of {operation}"
    for name, parameter in new.items():
        if parameter.get("required") and not old.get(name, {}).get("required"):
            yield f"newly required parameter {name} of {operation}"
    for name in old.keys() & new.keys():
        for value in _values(old[name]["schema"]) - _values(new[name]["schema"]):
            if _values(new[name]["schema"]):
                yield f"removed value {value} of parameter {name} of {operation}"


def _fields(before: Json, after: Json) -> Iterator[str]:
    for name, old in before["components"]["schemas"].items():
        new = after["components"]["schemas"].get(name, {"properties": {}})
        for field, field_schema in old.get("properties", {}).items():
            other = new.get("properties", {}).get(field)
            if other is None:
                yield f"removed field {field} of {name}"
                continue
            if field_schema.get("type") != other.get("type"):
                yield f"changed type of {field} of {name}"
            for value in _values(field_schema) - _values(other):
                yield f"removed value {value} of {field} of {name}"
        if name.startswith(("Patched", "Own")):  # what is sent
            for field in set(new.get("required", ())) - set(old.get("required", ())):
                yield f"newly required field {field} of {name}"


def _parameters_by_name(operation: Json) -> Json:
    return {parameter["name"]: parameter for parameter in operation.get("parameters", ())}


def _values(schema: Json) -> set[str]:
    return {str(value) for value in schema.get("enum") or schema.get("items", {}).get("enum") or ()}
