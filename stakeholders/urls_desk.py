from django.urls import path

from stakeholders.views import listed, screening, vetting

app_name = "vetting"
urlpatterns = [
    path("", vetting.vetting_queue, name="queue"),
    path("listed/", listed.listed_sources, name="listed"),
    path("screening/", screening.screening_home, name="screening"),
    path("screening/compare/<int:pk>/", screening.screening_compare, name="screening_compare"),
    path("screening/<int:pk>/", screening.screening_match, name="screening_match"),
    path("<int:pk>/", vetting.vetting_application, name="application"),
    path("<int:pk>/<slug:name>/", vetting.vetting_move, name="move"),
]
