from django.urls import path

from notifications.follows import views as follows_views

app_name = "follows"
urlpatterns = [
    path("", follows_views.follows, name="list"),
    path("add/", follows_views.add, name="add"),
    path("<int:pk>/", follows_views.change, name="change"),
]
