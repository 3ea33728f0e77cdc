from django.urls import path

from stakeholders.views import listed, vetting

app_name = "vetting"
urlpatterns = [
    path("", vetting.vetting_queue, name="queue"),
    path("listed/", listed.listed_sources, name="listed"),
    path("<int:pk>/", vetting.vetting_application, name="application"),
    path("<int:pk>/<slug:name>/", vetting.vetting_move, name="move"),
]
