from django.urls import URLPattern, path

from events.views import board, planning

app_name = "eventdesk"
urlpatterns: list[URLPattern] = [
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
