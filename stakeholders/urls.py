from django.urls import path

from stakeholders.views import directory, registration, reports

app_name = "stakeholders"
urlpatterns = [
    path("", directory.stakeholder_list, name="list"),
    path("<int:pk>-<slug:slug>/", directory.stakeholder_detail, name="detail"),
    path("<int:pk>/", directory.stakeholder_detail, name="by_number"),
    path("register/", registration.register, name="register"),
    path("applications/<int:pk>/", registration.application, name="application"),
    path("applications/<int:pk>/check/", registration.check, name="check"),
    path("applications/<int:pk>/answer/", registration.answer, name="answer"),
    path("applications/<int:pk>/withdraw/", registration.withdraw, name="withdraw"),
    path("applications/<int:pk>/discard/", registration.discard, name="discard"),
    path("applications/<int:pk>/papers/<int:paper>/remove/", registration.remove_paper, name="remove_paper"),
    path("applications/<int:pk>/<slug:step>/", registration.step, name="step"),
    # Slice "export"
    path("<int:pk>/report/", reports.report_entry, name="report"),
    path("<int:pk>/report/sent/", reports.report_sent, name="reported"),
]
