from django.urls import path

from reviews.views import dialoguedesk, dialogueround

app_name = "dialoguedesk"
urlpatterns = [
    path("", dialoguedesk.home, name="home"),
    path("call/<int:event>/", dialoguedesk.write_call, name="write_call"),
    path("lines/<int:pk>/", dialoguedesk.line_page, name="line"),
    path("lists/<int:pk>/list.csv", dialogueround.list_file, name="list_file"),
    path("lists/<int:pk>/answer/", dialogueround.answer, name="answer"),
    path("answers/<int:pk>/", dialogueround.tried, name="tried"),
    path("statements/<int:pk>/", dialogueround.statement, name="statement"),
    path("<int:pk>/", dialoguedesk.page, name="dialogue"),
    path("<int:pk>/edit/", dialoguedesk.edit, name="edit"),
    path("<int:pk>/translate/<str:language>/", dialoguedesk.translate, name="translate"),
    path("<int:pk>/extend/", dialoguedesk.give_time, name="extend"),
    path("<int:pk>/move/", dialoguedesk.move_lines, name="move"),
    path("<int:pk>/bureau/", dialogueround.lists, name="lists"),
    path("<int:pk>/bureau/new/", dialogueround.make_list, name="make_list"),
    path("<int:pk>/release/", dialoguedesk.release, name="release"),
    path("<int:pk>/speakers/", dialogueround.speakers, name="speakers"),
    path("<int:pk>/after/", dialogueround.after, name="after"),
]
