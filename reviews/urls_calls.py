from django.urls import path

from reviews.views import screening

app_name = "calls"
urlpatterns = [
    path("calls/rules/", screening.rules, name="rules"),
]
