from django.urls import path

from coordination.views import appointing

app_name = "appointing"
urlpatterns = [
    path("<int:pk>/deputies/", appointing.deputies, name="deputies"),
    path("<int:pk>/hand-over/", appointing.hand_over, name="hand_over"),
    path("<int:pk>/hand-over/<slug:step>/", appointing.hand_over, name="hand_over_step"),
]
