"""The desk's pages about what runs in the background."""

from django.urls import path

from notifications.views import jobs, sending

app_name = "sending"
urlpatterns = [
    path("sending/", sending.progress, name="progress"),
    path("sending/pause/", sending.hold, name="pause"),
    path("sending/<int:pk>/resume/", sending.go_on, name="resume"),
    path("jobs/", jobs.jobs, name="jobs"),
]
