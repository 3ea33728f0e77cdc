"""Pages that links in mail lead to; the link itself is the key, so nobody has to sign in."""

from django.urls import path

from notifications.bounces import views as bounces_views
from notifications.preferences import views as preferences_views

app_name = "mail"
urlpatterns = [
    path("stop/<str:token>/", preferences_views.stop, name="stop"),
    path("works/<str:token>/", bounces_views.works, name="works"),
    path("preferences/<str:token>/", preferences_views.preferences_by_link, name="preferences"),
]
