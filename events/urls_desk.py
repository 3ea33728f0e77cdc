from django.urls import URLPattern, path

from events.views import acts, desk

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
]
