from django.urls import path

from events.views import reviewing, rounds

app_name = "eventdesk"
urlpatterns = [
    # proposals
    path("<int:pk>/round/", rounds.edit, name="round"),
    path("<int:pk>/round/<slug:name>/", rounds.act_on, name="round_act"),
    path("<int:pk>/round/areas/<int:area>/drop/", rounds.drop_area, name="drop_area"),
    path("<int:pk>/round/trust/<int:trusted>/end/", rounds.end_trust, name="end_trust"),
    path("<int:pk>/proposals/", reviewing.waiting, name="proposals"),
    path("<int:pk>/decisions/", reviewing.decisions, name="decisions"),
    path("proposals/<int:pk>/", reviewing.page, name="proposal"),
    path("proposals/<int:pk>/mergers/<int:merger>/drop/", reviewing.drop_merger, name="drop_merger"),
    path("proposals/<int:pk>/<slug:name>/", reviewing.act_on, name="proposal_act"),
]
