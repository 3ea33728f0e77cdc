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
    operations_by_tag: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            operations_by_tag.setdefault(operation["tags"][0], []).append(
                _operation(document, path, method, operation)
            )
    return [Group(name, operations) for name, operations in sorted(operations_by_tag.items())]


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    answers = operation["responses"]
    answer: dict[str, Any] = next((answers[code] for code in sorted(answers) if code < "300"), {})
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        operation.get("description", ""),
        [
            Entry(
                parameter["name"],
                _type(document, parameter["schema"]),
                _plain(parameter),
                parameter.get("required", False),
            )
            for parameter in operation.get("parameters", ())
        ],
        list(_fields(document, _content(operation.get("requestBody", {})))),
        # An answer has all of its fields: that goes without saying.
        [replace(entry, required=False) for entry in _fields(document, _row(document, _content(answer)))],
        _example(answer),
    )


def _plain(schema: dict[str, Any]) -> str:
    """Return the description without the marks of code in it."""
    return str(schema.get("description", "")).replace("`", "")


def _example(answer: dict[str, Any]) -> str:
    examples = answer.get("content", {}).get("application/json", {}).get("examples", {})
    return next(
        (json.dumps(example["value"], indent=2, ensure_ascii=False) for example in examples.values()), ""
    )


def _content(part: dict[str, Any]) -> dict[str, Any]:
    kinds = part.get("content", {})
    schema: dict[str, Any] = kinds.get("application/json", {}).get("schema", {})
    return schema


def _row(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Of a page of rows, the row."""
    schema = _resolve_reference(document, schema)
    rows = schema.get("properties", {}).get("results")
    return rows["items"] if rows and rows.get("type") == "array" else schema


def _resolve_reference(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[Entry]:
    schema = _resolve_reference(document, schema)
    required = schema.get("required", ())
    for name, field_schema in schema.get("properties", {}).items():
        yield Entry(name, _type(document, field_schema), _plain(field_schema), name in required)


def _type(document: dict[str, Any], schema: dict[str, Any]) -> str:
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " | ".join(_type(document, alternative) for alternative in schema[several])
    if "$ref" in schema:
        inner = _resolve_reference(document, schema)
        return "{" + ", ".join(inner.get("properties", {})) + "}"
    if "enum" in schema:
        return " | ".join("null" if code is None else str(code) for code in schema["enum"] if code != "")
    kind = schema.get("type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    if "array" in kinds:
        return f"[{_type(document, schema['items'])}]"
    if "object" in kinds and schema.get("properties"):
        return "{" + ", ".join(schema["properties"]) + "}"
    form = schema.get("format")
    return " | ".join(
        f"{type_name} ({form})" if form and type_name != "null" else type_name for type_name in kinds
    )
