from django.urls import URLPattern, path

from events.views import programme

app_name = "events"
urlpatterns: list[URLPattern] = [
    # programme
    path("<int:pk>-<slug:slug>/programme/", programme.programme, name="programme"),
    path("<int:pk>-<slug:slug>/programme/changes/", programme.changes, name="programme_changes"),
    path("<int:pk>-<slug:slug>/programme/mine/", programme.agenda, name="agenda"),
    path("<int:pk>-<slug:slug>/programme/mark/", programme.mark, name="mark"),
    path("<int:pk>-<slug:slug>/programme.ics", programme.programme_calendar, name="programme_file"),
    path("<int:pk>-<slug:slug>/programme.csv", programme.programme_table, name="programme_table"),
    path("<int:pk>-<slug:slug>/programme.pdf", programme.programme_paper, name="programme_paper"),
    path("<int:pk>-<slug:slug>/agenda.ics", programme.agenda_calendar, name="agenda_file"),
    path("<int:pk>-<slug:slug>/meetings/<int:number>/", programme.meeting, name="meeting"),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/meeting.ics",
        programme.meeting_calendar,
        name="meeting_file",
    ),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/links/<int:link>/remove/", programme.unlink, name="unlink"
    ),
]
