"""Pages that links in mail lead to; the link itself is the key, so nobody has to sign in."""

from django.urls import path

from notifications.views import mending, stopping

app_name = "mail"
urlpatterns = [
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("works/<str:token>/", mending.works, name="works"),
    path("preferences/<str:token>/", stopping.preferences_by_link, name="preferences"),
]
