from django.urls import path

from reviews.views import observations

app_name = "calls"
urlpatterns = [
    path("observations/", observations.observation_list, name="observations"),
    path("observations/observations.csv", observations.observations_file, name="observations_file"),
]
