from django.urls import path

from stakeholders.views import changes, listed, vetting

app_name = "vetting"
urlpatterns = [
    path("", vetting.vetting_queue, name="queue"),
    path("listed/", listed.listed_sources, name="listed"),
    path("changes/", changes.change_queue, name="changes"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("changes/<int:pk>/<slug:name>/", changes.change_move, name="change_move"),
    path("<int:pk>/", vetting.vetting_application, name="application"),
    path("<int:pk>/<slug:name>/", vetting.vetting_move, name="move"),
]
