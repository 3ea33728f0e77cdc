from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("files/<slug:kind>/<int:pk>/", views.open_file, name="file"),
]
