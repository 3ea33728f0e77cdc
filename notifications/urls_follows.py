from django.urls import path

from notifications.views import follows

app_name = "follows"
urlpatterns = [
    path("", follows.follows, name="list"),
    path("add/", follows.add, name="add"),
    path("<int:pk>/", follows.change, name="change"),
]
