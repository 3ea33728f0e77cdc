from django.urls import path

from coordination.views import focal_points, regional
from stakeholders.recommendations.views import regional_application

app_name = "regional"
urlpatterns = [
    path("", regional.home, name="home"),
    path("applications/<int:pk>/", regional_application, name="application"),
    path("stakeholders/", regional.stakeholders, name="stakeholders"),
    path("coverage/", regional.coverage, name="coverage"),
    path("terms/<int:pk>/", regional.term, name="term"),
    path("absences/<int:pk>/back/", regional.back, name="back"),
    path("absences/<int:pk>/", regional.standing_in, name="standing_in"),
    path("taken-over/<int:pk>/", regional.taken_over, name="taken_over"),
    # everybody
    path("focal-points/", focal_points.focal_point_list, name="focal_points"),
    path("focal-points/<int:pk>/write/", focal_points.write, name="write"),
    path("enquiries/", focal_points.enquiry_list, name="enquiries"),
    path("enquiries/<int:pk>/", focal_points.enquiry, name="enquiry"),
]
