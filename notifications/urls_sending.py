"""The desk's pages about what runs in the background."""

from django.urls import path

from notifications.delivery import views as delivery_views
from notifications.jobs import views as jobs_views

app_name = "sending"
urlpatterns = [
    path("sending/", delivery_views.progress, name="progress"),
    path("sending/pause/", delivery_views.hold, name="pause"),
    path("sending/<int:pk>/resume/", delivery_views.go_on, name="resume"),
    path("jobs/", jobs_views.jobs, name="jobs"),
]
