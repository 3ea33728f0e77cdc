from django.urls import path, re_path

from accounts.people import views as people_views
from accounts.second_factor import views as second_factor_views
from accounts.sign_in import views as sign_in_views
from accounts.sign_in import views_sessions as sign_in_views_sessions
from accounts.single_sign_on import views as single_sign_on_views

app_name = "accounts"
urlpatterns = [
    path("settings/", people_views.profile, name="settings"),
    path("consent/", people_views.consent, name="consent"),
    path("lost-second-factor/", second_factor_views.lost_factor, name="lost"),
    path("resend/", sign_in_views.resend, name="resend"),
    path("sessions/", sign_in_views_sessions.sessions, name="sessions"),
    path("sessions/<int:pk>/end/", sign_in_views_sessions.end, name="end_session"),
    path("sessions/end-others/", sign_in_views_sessions.end_others, name="end_other_sessions"),
    path("sign-up-by-institution/", single_sign_on_views.sign_up_page, name="sign_up_by_institution"),
    path("institutions/<slug:code>/", single_sign_on_views.begin, name="sign_in_by_institution"),
    path("institutions/<slug:code>/add/", single_sign_on_views.link, name="add_institution"),
    path("institutions/<int:pk>/remove/", single_sign_on_views.unlink, name="remove_institution"),
    # Stands before allauth's page at the same address.
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", sign_in_views.ConfirmEmailView.as_view(), name="confirm"),
]
