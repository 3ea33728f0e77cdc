from django.urls import path

from reviews.views import calls, handouts

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
]
