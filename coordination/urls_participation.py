from django.urls import URLPattern, path

from coordination.participation import views

app_name = "participation"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("freeze/", views.freeze, name="freeze"),
]
