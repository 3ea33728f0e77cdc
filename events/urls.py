from django.urls import URLPattern, path

from events.views import registering

app_name = "events"
urlpatterns: list[URLPattern] = [
    # registration: fixed words
    path("registrations/", registering.own_list, name="registrations"),
    path("registrations/<int:pk>/", registering.registration, name="registration"),
    path("registrations/<int:pk>/accept/", registering.accept, name="registration_accept"),
    path("registrations/<int:pk>/leave/", registering.leave, name="registration_leave"),
    path("registrations/<int:pk>/code.svg", registering.qr_code, name="registration_code"),
    path("registrations/<int:pk>/certificate/", registering.certificate, name="certificate"),
    # registration: one event
    path("<int:pk>-<slug:slug>/register/", registering.register, name="register"),
    path("<int:pk>-<slug:slug>/participants/", registering.participants, name="participants"),
    path("<int:pk>-<slug:slug>/delegation/", registering.delegation, name="delegation"),
    path("<int:pk>-<slug:slug>/delegation/<int:stakeholder>/", registering.delegation, name="delegation_of"),
]
