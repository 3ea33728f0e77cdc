from django.urls import path

from notifications.views import inbox, mending, preferences

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read_all"),
    path("<int:pk>/read/", inbox.read_one, name="read_one"),
    path("address/", mending.address, name="address"),
    path("preferences/", preferences.preferences, name="preferences"),
]
