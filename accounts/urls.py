from django.urls import path, re_path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("settings/", views.profile, name="settings"),
    path("consent/", views.consent, name="consent"),
    path("lost-second-factor/", views.lost_factor, name="lost"),
    path("resend/", views.resend, name="resend"),
    # Stands before allauth's page at the same address.
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmEmailView.as_view(), name="confirm"),
]
