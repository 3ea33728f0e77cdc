from django.urls import path

from notifications.views import inbox, mending, preferences, why

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read_all"),
    path("<int:pk>/read/", inbox.read_one, name="read_one"),
    path("<int:pk>/why/", why.why, name="why"),
    path("why/", why.why_not, name="why_not"),
    path("address/", mending.address, name="address"),
    path("preferences/", preferences.preferences, name="preferences"),
]
