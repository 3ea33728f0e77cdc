from django.urls import path

from core import health, markdown_editor, views

app_name = "core"
urlpatterns = [
    path("files/<slug:kind>/<int:pk>/", views.open_file, name="file"),
    path("text/preview/", markdown_editor.preview, name="markdown_preview"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
