from django.urls import path

from reviews.views import observation_desk

app_name = "calldesk"
urlpatterns = [
    path("observations/", observation_desk.observation_list, name="observations"),
    path("observations/new/", observation_desk.observation_new, name="observation_new"),
    path("observations/<int:pk>/", observation_desk.observation_page, name="observation"),
    path("observations/<int:pk>/change/", observation_desk.observation_change, name="observation_change"),
    path("observations/<int:pk>/split/", observation_desk.observation_split, name="observation_split"),
    path(
        "observations/<int:pk>/contributions/", observation_desk.observation_links, name="observation_links"
    ),
    path("observations/<int:pk>/publish/", observation_desk.observation_publish, name="observation_publish"),
]
