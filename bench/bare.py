"""The floors once more, for the handler without middleware."""

from django.urls import include, path

urlpatterns = [path("bare/", include("bench.floors"))]
