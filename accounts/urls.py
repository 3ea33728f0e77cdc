from django.urls import path, re_path

from accounts.people import views as people_views
from accounts.second_factor import views as second_factor_views
from accounts.sign_in import views as sign_in_views

app_name = "accounts"
urlpatterns = [
    path("settings/", people_views.profile, name="settings"),
    path("consent/", people_views.consent, name="consent"),
    path("lost-second-factor/", second_factor_views.lost_factor, name="lost"),
    path("resend/", sign_in_views.resend, name="resend"),
    # Stands before allauth's page at the same address.
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", sign_in_views.ConfirmEmailView.as_view(), name="confirm"),
]
