from django.urls import path

from reviews.call_desk import views as call_desk_views
from reviews.call_desk import views_acts as call_desk_views_acts
from reviews.call_desk import views_steps as call_desk_views_steps
from reviews.moderation import views as moderation_views
from reviews.observations import views_desk as observations_views_desk

app_name = "calldesk"
urlpatterns = [
    path("", call_desk_views.home, name="home"),
    path("new/", call_desk_views_steps.new, name="new"),
    path("<int:pk>/", call_desk_views.page, name="call"),
    path("<int:pk>/edit/", call_desk_views_steps.edit, name="edit"),
    path("<int:pk>/edit/<slug:step>/", call_desk_views_steps.step, name="step"),
    path("<int:pk>/edit/<slug:step>/autosave/", call_desk_views_steps.autosave, name="step_autosave"),
    path("<int:pk>/check/", call_desk_views_steps.check, name="check"),
    path("<int:pk>/preview/", call_desk_views.preview, name="preview"),
    path("<int:pk>/translate/<slug:language>/", call_desk_views.translate, name="translate"),
    path("<int:pk>/publish/", call_desk_views.publish, name="publish"),
    path("<int:pk>/hand-in/", call_desk_views.hand_in, name="hand_in"),
    path("<int:pk>/discard/", call_desk_views.discard, name="discard"),
    path("<int:pk>/time/", call_desk_views_acts.give_time, name="extend"),
    path("<int:pk>/closing/", call_desk_views_acts.closing, name="closing"),
    path("<int:pk>/guidance/", call_desk_views_acts.guidance, name="guidance"),
    path("<int:pk>/cancel/", call_desk_views_acts.cancel, name="cancel"),
    path("<int:pk>/summary/", call_desk_views_acts.summary, name="summary"),
    path("<int:pk>/follow-up/", call_desk_views_acts.follow_up, name="follow_up"),
    path("<int:pk>/follow-up/<int:line>/forget/", call_desk_views_acts.forget, name="forget"),
    path("<int:pk>/contributions/", moderation_views.of_call, name="contributions"),
    path("<int:pk>/contributions.<table:form>", moderation_views.file, name="contributions_file"),
    path("contributions/", moderation_views.queue, name="queue"),
    path("contributions/<int:pk>/", moderation_views.page, name="contribution"),
    path("contributions/<int:pk>/<slug:name>/", moderation_views.act_on, name="move"),
    path("observations/", observations_views_desk.observation_list, name="observations"),
    path("observations/new/", observations_views_desk.observation_new, name="observation_new"),
    path("observations/<int:pk>/", observations_views_desk.observation_page, name="observation"),
    path(
        "observations/<int:pk>/change/", observations_views_desk.observation_change, name="observation_change"
    ),
    path("observations/<int:pk>/split/", observations_views_desk.observation_split, name="observation_split"),
    path(
        "observations/<int:pk>/contributions/",
        observations_views_desk.observation_links,
        name="observation_links",
    ),
    path(
        "observations/<int:pk>/publish/",
        observations_views_desk.observation_publish,
        name="observation_publish",
    ),
]
