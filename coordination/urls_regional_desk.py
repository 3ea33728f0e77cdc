from django.urls import path

from coordination.absences import views as absences_views
from coordination.hand_overs import views as hand_overs_views

app_name = "appointing"
urlpatterns = [
    path("<int:pk>/deputies/", absences_views.deputies, name="deputies"),
    path("<int:pk>/hand-over/", hand_overs_views.hand_over, name="hand_over"),
    path("<int:pk>/hand-over/<slug:step>/", hand_overs_views.hand_over, name="hand_over_step"),
]
