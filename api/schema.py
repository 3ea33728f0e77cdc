"""How the resources are described: OpenAPI 3.1, made from the same classes that answer."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from api.examples import add_examples
from api.fields import ALL, FIELDS, LANG
from core.problems import MEDIA_TYPE

PROBLEM = "Problem"
_REFUSALS = {
    "400": "A value or a parameter is not understood: `errors` says which.",
    "401": "The token is unknown, revoked or expired.",
    "403": "The token does not allow this.",
    "404": "There is nothing here for the reader.",
    "429": "Asked too often: `Retry-After` says after how many seconds to come again.",
}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "An access token, made under “Account”."}


class BrowserScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.BrowserAuthentication"
    name = "browser"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class ResourceSchema(AutoSchema):
    """What all resources share, described once."""

    def get_tags(self) -> list[str]:
        return [self.view.basename]

    def get_operation_id(self) -> str:
        return f"{self.view.basename}_{self.view.action}"

    def get_summary(self) -> str:
        name = self.view.basename.replace("-", " ")
        summaries = {
            "list": f"List {name}",
            "retrieve": f"Read one of {name}",
            "create": f"Add to {name}",
            "partial_update": f"Change one of {name}",
            "destroy": f"Remove one of {name}",
            "submit": f"Submit one of {name}",
        }
        return summaries.get(self.view.action) or f"List {self.view.action} of one of {name}"

    def get_override_parameters(self) -> list[Any]:
        return []

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        codes = [code for code, _name in settings.LANGUAGES]
        own = [
            {
                "name": FIELDS,
                "in": "query",
                "schema": {"type": "string"},
                "description": "Only these fields, separated by commas.",
            },
            {
                "name": LANG,
                "in": "query",
                "schema": {"type": "string", "enum": [*codes, ALL]},
                "description": "The language of names and texts; else that of `Accept-Language`, else "
                "English. "
                f"`{ALL}`: an object of all languages that a text has.",
            },
        ]
        allowed_names = self.view.parameters()
        own = [parameter for parameter in own if parameter["name"] in allowed_names]
        operation["parameters"] = [*operation.get("parameters", ()), *own]
        operation["responses"] |= {
            code: _refusal(description) for code, description in self._refusals().items()
        }
        return operation

    def _refusals(self) -> dict[str, str]:
        return _REFUSALS | getattr(self.view, "refusals", {})


def _refusal(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}},
    }


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: the one shape of every refusal, an example of each answer, tags and server.

    Whoever serves the document replaces the server by the whole address.
    """
    operations = [operation for path in result["paths"].values() for operation in path.values()]
    result["tags"] = [
        {"name": name} for name in sorted({tag for operation in operations for tag in operation["tags"]})
    ]
    result["servers"] = [{"url": "/"}]
    result["components"].setdefault("schemas", {})[PROBLEM] = {
        "type": "object",
        "description": "A refusal, as RFC 9457 has it.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "For people, in the language of the answer."},
            "errors": {
                "type": "object",
                "description": "Field or parameter → what is wrong with it; under an empty name the rest.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "parameters": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Where one was unknown: those that exist.",
            },
        },
        "example": {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "There are parameters in the address that this resource does not have.",
            "errors": {"colour": ["There is no such parameter."]},
            "parameters": ["q", "kind", "country", "page", "page_size", "cursor", "fields", "lang"],
        },
    }
    add_examples(result)
    return result


@cache
def document() -> dict[str, Any]:
    """The schema, the same for everybody; made once by each process."""
    with translation.override("en"):
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema
