from django.urls import path

from stakeholders.views import reports

app_name = "reporting"
urlpatterns = [
    path("<str:kind>/<int:pk>/", reports.report, name="report"),
    path("<str:kind>/<int:pk>/sent/", reports.report_sent, name="sent"),
]
