from django.urls import path

from reviews.views import callacts, calldesk, observation_desk, screening

app_name = "calldesk"
urlpatterns = [
    path("", calldesk.home, name="home"),
    path("new/", calldesk.new, name="new"),
    path("<int:pk>/", calldesk.page, name="call"),
    path("<int:pk>/edit/", calldesk.edit, name="edit"),
    path("<int:pk>/preview/", calldesk.preview, name="preview"),
    path("<int:pk>/translate/<slug:language>/", calldesk.translate, name="translate"),
    path("<int:pk>/publish/", calldesk.publish, name="publish"),
    path("<int:pk>/hand-in/", calldesk.hand_in, name="hand_in"),
    path("<int:pk>/discard/", calldesk.discard, name="discard"),
    path("<int:pk>/time/", callacts.give_time, name="extend"),
    path("<int:pk>/closing/", callacts.closing, name="closing"),
    path("<int:pk>/guidance/", callacts.guidance, name="guidance"),
    path("<int:pk>/cancel/", callacts.cancel, name="cancel"),
    path("<int:pk>/summary/", callacts.summary, name="summary"),
    path("<int:pk>/follow-up/", callacts.follow_up, name="follow_up"),
    path("<int:pk>/follow-up/<int:line>/forget/", callacts.forget, name="forget"),
    path("<int:pk>/contributions/", screening.of_call, name="contributions"),
    path("contributions/", screening.queue, name="queue"),
    path("contributions/<int:pk>/", screening.page, name="contribution"),
    path("contributions/<int:pk>/<slug:name>/", screening.act_on, name="move"),
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
