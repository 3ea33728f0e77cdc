from django.urls import path

from notifications.bounces import views as bounces_views
from notifications.explanations import views as explanations_views
from notifications.inbox import views as inbox_views
from notifications.preferences import views as preferences_views

app_name = "notifications"
urlpatterns = [
    path("", inbox_views.inbox, name="inbox"),
    path("read/", inbox_views.read_all, name="read_all"),
    path("<int:pk>/read/", inbox_views.read_one, name="read_one"),
    path("<int:pk>/why/", explanations_views.why, name="why"),
    path("why/", explanations_views.why_not, name="why_not"),
    path("address/", bounces_views.address, name="address"),
    path("preferences/", preferences_views.preferences, name="preferences"),
]
