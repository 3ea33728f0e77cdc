"""Addresses: each resource by its name, and what tells of them."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from api.hooks import OWN, basename_of, former_name, resources
from api.views import JsonSchema, Nowhere, Root, Schema, YamlSchema, docs

app_name = "api"
router = SimpleRouter()
for name, resource in sorted(resources.items()):
    router.register(name, resource, basename=basename_of(name))
    if name.startswith(OWN):
        router.register(former_name(name), resource, basename=former_name(name))

_READS = {"get": "list"}
_WHATEVER = dict.fromkeys(("get", "post", "put", "patch", "delete"), "list")
urlpatterns = [
    path("", Root.as_view(_READS, basename="root"), name="start"),
    path("v1/", Root.as_view(_READS, basename="root"), name="root"),
    path("v1/", include(router.urls)),
    path("schema/", Schema.as_view(_READS, basename="schema"), name="schema"),
    path("openapi.json", JsonSchema.as_view(_READS, basename="schema"), name="openapi"),
    path("schema/openapi.yaml", YamlSchema.as_view(_READS, basename="schema"), name="schema_yaml"),
    path("docs/", docs, name="docs"),
    re_path(r"^(?P<rest>.*)/$", Nowhere.as_view(_WHATEVER, basename="nowhere"), name="nowhere"),
]
