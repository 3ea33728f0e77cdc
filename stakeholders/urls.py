from django.urls import path

from stakeholders.views import registration

app_name = "stakeholders"
urlpatterns = [
    path("register/", registration.register, name="register"),
    path("applications/<int:pk>/", registration.application, name="application"),
    path("applications/<int:pk>/check/", registration.check, name="check"),
    path("applications/<int:pk>/answer/", registration.answer, name="answer"),
    path("applications/<int:pk>/withdraw/", registration.withdraw, name="withdraw"),
    path("applications/<int:pk>/discard/", registration.discard, name="discard"),
    path(
        "applications/<int:pk>/papers/<int:paper>/remove/", registration.remove_paper, name="remove_paper"
    ),
    path("applications/<int:pk>/<slug:step>/", registration.step, name="step"),
]
