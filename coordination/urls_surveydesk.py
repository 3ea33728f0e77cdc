from django.urls import URLPattern, path, re_path

from coordination.surveys import views_desk as surveys_views_desk

app_name = "surveydesk"
urlpatterns: list[URLPattern] = [
    path("", surveys_views_desk.home, name="home"),
    path("new/", surveys_views_desk.new, name="new"),
    path("rules/", surveys_views_desk.rule, name="rule"),
    path("rules/<int:pk>/remove/", surveys_views_desk.remove_rule, name="remove_rule"),
    path("sets/", surveys_views_desk.sets, name="sets"),
    path("sets/<int:pk>/", surveys_views_desk.question_set, name="set"),
    path("sets/<int:pk>/copy/", surveys_views_desk.copy_set, name="copy_set"),
    path("sets/<int:pk>/questions/new/", surveys_views_desk.new_question, name="new_question"),
    path("questions/<int:pk>/", surveys_views_desk.question, name="question"),
    path("questions/<int:pk>/remove/", surveys_views_desk.remove_question, name="remove_question"),
    path("<int:pk>/", surveys_views_desk.survey, name="survey"),
    path("<int:pk>/wave/", surveys_views_desk.wave, name="wave"),
    path("<int:pk>/close/", surveys_views_desk.close, name="close"),
    path("<int:pk>/changes/", surveys_views_desk.changes, name="changes"),
    path("<int:pk>/themes/<int:question>/", surveys_views_desk.themes, name="themes"),
    re_path(r"^(?P<pk>\d{1,9})/(?P<name>remove|publish|unpublish)/$", surveys_views_desk.act, name="act"),
]
