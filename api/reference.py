"""The schema as the page for people prints it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    type: str
    description: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    description: str
    parameters: list[Entry]
    takes: list[Entry]
    gives: list[Entry]
    example: str  # JSON; "" where there is none


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: list[Operation]


def groups(document: dict[str, Any]) -> list[Group]:
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(document, path, method, operation))
    return [Group(name, operations) for name, operations in sorted(found.items())]


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    answers = operation["responses"]
    answer: dict[str, Any] = next((answers[code] for code in sorted(answers) if code < "300"), {})
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        operation.get("description", ""),
        [
            Entry(one["name"], _type(document, one["schema"]), _plain(one), one.get("required", False))
            for one in operation.get("parameters", ())
        ],
        list(_fields(document, _content(operation.get("requestBody", {})))),
        # An answer has all of its fields: that goes without saying.
        [replace(one, required=False) for one in _fields(document, _row(document, _content(answer)))],
        _example(answer),
    )


def _plain(said: dict[str, Any]) -> str:
    """A description without the marks of code in it."""
    return str(said.get("description", "")).replace("`", "")


def _example(answer: dict[str, Any]) -> str:
    examples = answer.get("content", {}).get("application/json", {}).get("examples", {})
    return next((json.dumps(one["value"], indent=2, ensure_ascii=False) for one in examples.values()), "")


def _content(part: dict[str, Any]) -> dict[str, Any]:
    kinds = part.get("content", {})
    schema: dict[str, Any] = kinds.get("application/json", {}).get("schema", {})
    return schema


def _row(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Of a page of rows, the row."""
    schema = _found(document, schema)
    rows = schema.get("properties", {}).get("results")
    return rows["items"] if rows and rows.get("type") == "array" else schema


def _found(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[Entry]:
    schema = _found(document, schema)
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield Entry(name, _type(document, one), _plain(one), name in required)


def _type(document: dict[str, Any], schema: dict[str, Any]) -> str:
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " | ".join(_type(document, one) for one in schema[several])
    if "$ref" in schema:
        inner = _found(document, schema)
        return "{" + ", ".join(inner.get("properties", {})) + "}"
    if "enum" in schema:
        return " | ".join("null" if one is None else str(one) for one in schema["enum"] if one != "")
    kind = schema.get("type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    if "array" in kinds:
        return f"[{_type(document, schema['items'])}]"
    if "object" in kinds and schema.get("properties"):
        return "{" + ", ".join(schema["properties"]) + "}"
    form = schema.get("format")
    return " | ".join(f"{one} ({form})" if form and one != "null" else one for one in kinds)
