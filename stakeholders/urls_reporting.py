from django.urls import path

from stakeholders.moderation import views_complaints as moderation_views_complaints

app_name = "reporting"
urlpatterns = [
    path("<str:kind>/<int:pk>/", moderation_views_complaints.report, name="report"),
    path("<str:kind>/<int:pk>/sent/", moderation_views_complaints.report_sent, name="sent"),
]
