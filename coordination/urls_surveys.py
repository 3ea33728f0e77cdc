from django.urls import URLPattern, path

from coordination.surveys import views as surveys_views

app_name = "surveys"
urlpatterns: list[URLPattern] = [
    path("", surveys_views.survey_list, name="list"),
    path("thanks/", surveys_views.thanks, name="thanks"),
    path("answer/<slug:token>/", surveys_views.answer, name="answer"),
    path("answer/<slug:token>/stop/", surveys_views.stop, name="stop"),
    path("<int:pk>/", surveys_views.results, name="results"),
    path("<int:pk>/results.<table:form>", surveys_views.results_table, name="results_table"),
    path("<int:pk>/results.pdf", surveys_views.results_pdf, name="results_pdf"),
]
