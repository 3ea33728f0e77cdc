from django.urls import URLPattern, path

from coordination.mailings import views_received as mailings_views_received

app_name = "received"
urlpatterns: list[URLPattern] = [
    path("", mailings_views_received.home, name="list"),
    path("<int:pk>/", mailings_views_received.letter, name="letter"),
]
