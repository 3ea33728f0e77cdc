"""Addresses of the API that are no resource: what there is, its schema, and the page for people."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.people.decorators import page_view
from api.hooks import basename_of, resources
from api.reference import groups
from api.resources import Base
from api.schema import document


class Plain(Base):
    """Answers that show no rows."""

    schema = None
    queryset = None
    http_method_names: tuple[str, ...] = ("get", "head", "options")

    def parameters(self) -> list[str]:
        return []


class Root(Plain):
    def list(self, request: Request) -> Response:
        addresses = {name: reverse(f"api:{basename_of(name)}-list", request=request) for name in resources}
        return Response({"resources": addresses, "schema": reverse("api:schema", request=request)})


class Nowhere(Plain):
    """An address that leads nowhere is told as every refusal is, not by a page, whatever the method."""

    http_method_names = (*Plain.http_method_names, "post", "put", "patch", "delete")

    def _refuse_unknown(self, request: Request) -> None:
        """It is missing, whatever is asked of it."""

    def list(self, request: Request, **_kwargs: Any) -> Response:
        raise Http404


class Schema(Plain):
    """OpenAPI as JSON, or as YAML: by `Accept`, or by the end of the address."""

    renderer_classes: Any = (OpenApiJsonRenderer, OpenApiYamlRenderer)

    def list(self, request: Request) -> Response:
        return Response({**document(), "servers": [{"url": settings.SITE_URL}]})


class JsonSchema(Schema):
    """Where tools look by themselves, whatever they accept."""

    renderer_classes = (OpenApiJsonRenderer, JSONRenderer)


class YamlSchema(Schema):
    renderer_classes = (OpenApiYamlRenderer,)


@page_view(public=True)
def docs(request: HttpRequest) -> HttpResponse:
    """The reference for people, made from the schema: plain HTML, which needs no script."""
    schema = document()
    return render(request, "api/docs.html", {"groups": groups(schema), "site": settings.SITE_URL})
