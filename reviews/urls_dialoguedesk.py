from django.urls import path

from reviews.dialogue_desk import views as dialogue_desk_views
from reviews.dialogue_desk import views_round as dialogue_desk_views_round

app_name = "dialoguedesk"
urlpatterns = [
    path("", dialogue_desk_views.home, name="home"),
    path("call/<int:event>/", dialogue_desk_views.write_call, name="write_call"),
    path("lines/<int:pk>/", dialogue_desk_views.line_page, name="line"),
    path("lists/<int:pk>/list.<table:form>", dialogue_desk_views_round.list_file, name="list_file"),
    path("lists/<int:pk>/answer/", dialogue_desk_views_round.answer, name="answer"),
    path("answers/<int:pk>/", dialogue_desk_views_round.answer_preview, name="tried"),
    path("statements/<int:pk>/", dialogue_desk_views_round.statement, name="statement"),
    path("<int:pk>/", dialogue_desk_views.page, name="dialogue"),
    path("<int:pk>/applications.<table:form>", dialogue_desk_views.file, name="applications_file"),
    path("<int:pk>/edit/", dialogue_desk_views.edit, name="edit"),
    path("<int:pk>/translate/<str:language>/", dialogue_desk_views.translate, name="translate"),
    path("<int:pk>/extend/", dialogue_desk_views.give_time, name="extend"),
    path("<int:pk>/move/", dialogue_desk_views.move_lines, name="move"),
    path("<int:pk>/bureau/", dialogue_desk_views_round.lists, name="lists"),
    path("<int:pk>/bureau/new/", dialogue_desk_views_round.make_list, name="make_list"),
    path("<int:pk>/release/", dialogue_desk_views.release, name="release"),
    path("<int:pk>/speakers/", dialogue_desk_views_round.speakers, name="speakers"),
    path("<int:pk>/after/", dialogue_desk_views_round.after, name="after"),
]
