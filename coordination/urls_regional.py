from django.urls import path

from coordination.focal_points import views as focal_points_views
from coordination.hand_overs import views as hand_overs_views
from coordination.workspace import views as workspace_views
from stakeholders.recommendations.views import regional_application

app_name = "regional"
urlpatterns = [
    path("", workspace_views.home, name="home"),
    path("applications/<int:pk>/", regional_application, name="application"),
    path("stakeholders/", workspace_views.stakeholders, name="stakeholders"),
    path("coverage/", workspace_views.coverage, name="coverage"),
    path("terms/<int:pk>/", workspace_views.term, name="term"),
    path("absences/<int:pk>/back/", workspace_views.back, name="back"),
    path("absences/<int:pk>/", workspace_views.standing_in, name="standing_in"),
    path("taken-over/<int:pk>/", hand_overs_views.taken_over, name="taken_over"),
    # everybody
    path("focal-points/", focal_points_views.focal_point_list, name="focal_points"),
    path("focal-points/<int:pk>/write/", focal_points_views.write, name="write"),
    path("enquiries/", focal_points_views.enquiry_list, name="enquiries"),
    path("enquiries/<int:pk>/", focal_points_views.enquiry, name="enquiry"),
]
