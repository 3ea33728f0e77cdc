from django.urls import path

from reviews.views import calls, handouts, observations

app_name = "calls"
urlpatterns = [
    path("calls/", calls.call_list, name="list"),
    path("calls/open.atom", calls.feed, name="feed"),
    path("calls/closing.atom", calls.closing_feed, name="closing_feed"),
    path("calls/closings.ics", calls.closings_file, name="closings"),
    path("calls/prepare/", handouts.handout_list, name="handouts"),
    path("calls/prepare/<slug:slug>/", handouts.handout, name="handout"),
    path("calls/<int:pk>/", calls.call_page, name="call"),
    path("calls/<int:pk>/closing.ics", calls.closing_file, name="closing"),
    path("observations/", observations.observation_list, name="observations"),
    path("observations/observations.csv", observations.observations_file, name="observations_file"),
]
