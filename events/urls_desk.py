from django.urls import URLPattern, path, re_path

from events.board import views as board_views
from events.board import views_planning as board_views_planning
from events.events import views_desk as events_views_desk
from events.events import views_sources as events_views_sources
from events.events import views_steps as events_views_steps
from events.marking import views as marking_views
from events.registration_desk import views as registration_desk_views
from events.rescheduling import views as rescheduling_views
from events.reviewing import views as reviewing_views
from events.rounds import views as rounds_views
from events.work import views as work_views

app_name = "eventdesk"
urlpatterns: list[URLPattern] = [
    # calendar
    path("", work_views.desk_home, name="home"),
    path("new/", events_views_steps.new, name="new"),
    path("<int:pk>/", work_views.event_page, name="event"),
    path("<int:pk>/edit/", events_views_steps.edit, {"desk": True}, name="edit"),
    path("<int:pk>/edit/<slug:step>/", events_views_steps.step, {"desk": True}, name="step"),
    path(
        "<int:pk>/edit/<slug:step>/autosave/",
        events_views_steps.autosave,
        {"desk": True},
        name="step_autosave",
    ),
    path("<int:pk>/check/", events_views_steps.check, {"desk": True}, name="check"),
    path("<int:pk>/publish/", events_views_desk.publish, name="publish"),
    path("<int:pk>/return/", events_views_desk.send_back, name="return"),
    path("<int:pk>/refuse/", events_views_desk.refuse, name="refuse"),
    path("<int:pk>/move/", rescheduling_views.move, {"desk": True}, name="move"),
    path("<int:pk>/cancel/", rescheduling_views.cancel, {"desk": True}, name="cancel"),
    path("<int:pk>/discard/", events_views_desk.discard, name="discard"),
    path("<int:pk>/translate/<slug:language>/", events_views_desk.translate, name="translate"),
    re_path(
        r"^(?P<pk>\d+)/(?P<list_name>documents|numbers)/new/$",
        events_views_sources.edit,
        name="source_row_new",
    ),
    re_path(
        r"^(?P<pk>\d+)/(?P<list_name>documents|numbers)/(?P<row_id>\d+)/$",
        events_views_sources.edit,
        name="source_row",
    ),
    re_path(
        r"^(?P<pk>\d+)/(?P<list_name>documents|numbers)/(?P<row_id>\d+)/remove/$",
        events_views_sources.remove,
        name="source_row_remove",
    ),
    # registration
    path("registrations/<int:pk>/", registration_desk_views.registration, name="registration"),
    path("registrations/<int:pk>/approve/", registration_desk_views.approve, name="registration_approve"),
    path("registrations/<int:pk>/change/", registration_desk_views.change, name="registration_change"),
    path("registrations/<int:pk>/refuse/", registration_desk_views.refuse, name="registration_refuse"),
    path("<int:pk>/registrations/", registration_desk_views.registrations, name="registrations"),
    path(
        "<int:pk>/registrations/approve/",
        registration_desk_views.approve_chosen,
        name="registrations_approve",
    ),
    path("<int:pk>/registrations.<table:form>", registration_desk_views.file, name="registrations_file"),
    path("<int:pk>/registration/", registration_desk_views.rules, name="registration_rules"),
    path("<int:pk>/registration/invited/", registration_desk_views.invitations, name="registration_invited"),
    re_path(
        r"^(?P<pk>\d+)/registration/(?P<list_name>questions|quotas|reminders)/$",
        registration_desk_views.lines,
        name="registration_lines",
    ),
    path("<int:pk>/check-in/", registration_desk_views.checkin, name="checkin"),
    # proposals
    path("<int:pk>/round/", rounds_views.edit, name="round"),
    path("<int:pk>/round/<slug:name>/", rounds_views.act_on, name="round_act"),
    path("<int:pk>/round/areas/<int:area>/drop/", rounds_views.drop_area, name="drop_area"),
    path("<int:pk>/round/trust/<int:trusted>/end/", rounds_views.end_trust, name="end_trust"),
    path("<int:pk>/marks/", marking_views.marks, name="marks"),
    path("<int:pk>/marks.<table:form>", marking_views.file, name="marks_file"),
    path("<int:pk>/marks/rules/", marking_views.rules, name="marking_rules"),
    path("proposals/<int:pk>/marks/", marking_views.mark, name="mark"),
    path("<int:pk>/proposals/", reviewing_views.waiting, name="proposals"),
    path("<int:pk>/proposals.<table:form>", reviewing_views.file, name="proposals_file"),
    path("<int:pk>/decisions/", reviewing_views.decisions, name="decisions"),
    path("proposals/<int:pk>/", reviewing_views.page, name="proposal"),
    path("proposals/<int:pk>/mergers/<int:merger>/drop/", reviewing_views.drop_merger, name="drop_merger"),
    path("proposals/<int:pk>/<slug:name>/", reviewing_views.act_on, name="proposal_act"),
    # programme
    path("<int:pk>/board/", board_views.board, name="board"),
    path("<int:pk>/board/off/<int:meeting>/", board_views.remove_meeting, name="off"),
    path("<int:pk>/board/release/", board_views.release_page, name="release"),
    path("<int:pk>/board/board.csv", board_views.board_file, name="board_file"),
    path("<int:pk>/board/load/", board_views.load, name="load"),
    path("<int:pk>/plan/", board_views_planning.plan, name="plan"),
    path("<int:pk>/rooms/new/", board_views_planning.room, name="room_new"),
    path("<int:pk>/rooms/<int:room>/", board_views_planning.room, name="room"),
    path("<int:pk>/rooms/<int:room>/remove/", board_views_planning.remove_room, name="room_remove"),
    path("<int:pk>/rooms/<int:room>/close/", board_views_planning.close, name="close"),
    path("<int:pk>/rooms/<int:room>/reopen/<int:closure>/", board_views_planning.reopen, name="reopen"),
    path("<int:pk>/official/new/", board_views_planning.official, name="official_new"),
    path("<int:pk>/official/<int:item>/", board_views_planning.official, name="official"),
    path(
        "<int:pk>/official/<int:item>/remove/", board_views_planning.remove_official, name="official_remove"
    ),
]
