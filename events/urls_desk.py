from django.urls import URLPattern, path, re_path

from events.views import acts, board, desk, planning, registration_desk, reviewing, rounds

app_name = "eventdesk"
urlpatterns: list[URLPattern] = [
    # calendar
    path("", desk.home, name="home"),
    path("new/", desk.new, name="new"),
    path("<int:pk>/", desk.page, name="event"),
    path("<int:pk>/edit/", desk.edit, name="edit"),
    path("<int:pk>/publish/", desk.publish, name="publish"),
    path("<int:pk>/return/", desk.send_back, name="return"),
    path("<int:pk>/refuse/", desk.refuse, name="refuse"),
    path("<int:pk>/move/", acts.move, {"desk": True}, name="move"),
    path("<int:pk>/cancel/", acts.cancel, {"desk": True}, name="cancel"),
    path("<int:pk>/discard/", desk.discard, name="discard"),
    path("<int:pk>/translate/<slug:language>/", desk.translate, name="translate"),
    # registration
    path("registrations/<int:pk>/", registration_desk.registration, name="registration"),
    path("registrations/<int:pk>/approve/", registration_desk.approve, name="registration_approve"),
    path("registrations/<int:pk>/change/", registration_desk.change, name="registration_change"),
    path("registrations/<int:pk>/refuse/", registration_desk.refuse, name="registration_refuse"),
    path("<int:pk>/registrations/", registration_desk.registrations, name="registrations"),
    path("<int:pk>/registrations/approve/", registration_desk.approve_chosen, name="registrations_approve"),
    path("<int:pk>/registrations.csv", registration_desk.file, name="registrations_file"),
    path("<int:pk>/registration/", registration_desk.rules, name="registration_rules"),
    path("<int:pk>/registration/invited/", registration_desk.invited, name="registration_invited"),
    re_path(
        r"^(?P<pk>\d+)/registration/(?P<what>questions|quotas|reminders)/$",
        registration_desk.lines,
        name="registration_lines",
    ),
    path("<int:pk>/check-in/", registration_desk.checkin, name="checkin"),
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
    # programme
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/board/off/<int:meeting>/", board.off, name="off"),
    path("<int:pk>/board/release/", board.release_page, name="release"),
    path("<int:pk>/board/board.csv", board.board_file, name="board_file"),
    path("<int:pk>/board/load/", board.load, name="load"),
    path("<int:pk>/plan/", planning.plan, name="plan"),
    path("<int:pk>/rooms/new/", planning.room, name="room_new"),
    path("<int:pk>/rooms/<int:room>/", planning.room, name="room"),
    path("<int:pk>/rooms/<int:room>/remove/", planning.remove_room, name="room_remove"),
    path("<int:pk>/rooms/<int:room>/close/", planning.close, name="close"),
    path("<int:pk>/rooms/<int:room>/reopen/<int:closure>/", planning.reopen, name="reopen"),
    path("<int:pk>/official/new/", planning.official, name="official_new"),
    path("<int:pk>/official/<int:item>/", planning.official, name="official"),
    path("<int:pk>/official/<int:item>/remove/", planning.remove_official, name="official_remove"),
]
