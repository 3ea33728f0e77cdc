from django.urls import path

from stakeholders.views import regional

app_name = "regional"
urlpatterns = [
    path("", regional.regional_home, name="home"),
    path("applications/<int:pk>/", regional.regional_application, name="application"),
]
