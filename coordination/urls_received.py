from django.urls import URLPattern, path

from coordination.views import received

app_name = "received"
urlpatterns: list[URLPattern] = [
    path("", received.home, name="list"),
    path("<int:pk>/", received.letter, name="letter"),
]
