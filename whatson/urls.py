from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import core.converters  # noqa: F401  knows <table:…>
import taxonomy.places.converters  # noqa: F401  knows <iso3:…>
from accounts.sign_in.views import SignInByCodeView, SignInView, SignUpView
from accounts.single_sign_on.views import SecurityView
from api.views import JsonSchema

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.not_found"
handler429 = "accounts.sign_in.views.rate_limited"  # allauth's limits
handler500 = "core.views.server_error"

urlpatterns = [
    path("", include("core.urls")),
    path("", include("accounts.urls_plain")),
    path("", include("notifications.urls_plain")),
    path("", include("portal.urls_plain")),
    path("api/", include("api.urls")),
    path("openapi.json", JsonSchema.as_view({"get": "list"}, basename="schema"), name="openapi"),
    path("", include("resources.urls_plain")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("accounts/", include("accounts.urls")),
        # Before allauth's pages of the same names.
        path("accounts/login/", SignInView.as_view(), name="account_login"),
        path("accounts/login/code/", SignInByCodeView.as_view(), name="account_request_login_code"),
        path("accounts/signup/", SignUpView.as_view(), name="account_signup"),
        path("accounts/2fa/", SecurityView.as_view(), name="mfa_index"),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("desk/audit/", include("audit.urls")),
        path("desk/sources/", include("taxonomy.urls_desk")),
        path("me/", include("accounts.urls_me")),
        path("desk/mail/", include("notifications.urls_desk")),
        path("me/notices/", include("notifications.urls")),
        path("me/follows/", include("notifications.urls_follows")),
        path("mail/", include("notifications.urls_mail")),
        path("desk/", include("notifications.urls_sending")),
        path("stakeholders/", include("stakeholders.urls")),
        path("desk/vetting/", include("stakeholders.urls_desk")),
        path("reviews/", include("reviews.urls")),
        path("desk/reviews/", include("reviews.urls_desk")),
        path("desk/calls/", include("reviews.urls_calldesk")),
        path("desk/", include("stakeholders.urls_moderation")),
        path("report/", include("stakeholders.urls_reporting")),
        path("regional/", include("coordination.urls_regional")),
        path("desk/coordination/appointments/", include("coordination.urls_regional_desk")),
        # activities
        path("", include("coordination.urls_activities")),
        path("", include("reviews.urls_calls")),
        path("dialogues/", include("reviews.urls_dialogues")),
        path("desk/dialogues/", include("reviews.urls_dialoguedesk")),
        path("events/", include("events.urls")),
        path("desk/events/", include("events.urls_desk")),
        path("news/", include("news.urls")),
        path("desk/news/", include("news.urls_desk")),
        path("newsletter/", include("news.urls_newsletter")),
        path("desk/newsletter/", include("news.urls_newsletterdesk")),
        path("resources/", include("resources.urls")),
        path("desk/resources/", include("resources.urls_desk")),
        path("networks/", include("coordination.urls_networks")),
        # grants and courses
        path("", include("coordination.urls_offerings")),
        # Messages to many stakeholders
        path(
            "regional/messages/",
            include("coordination.urls_letters", namespace="letters_regional"),
            {"hat": "regional"},
        ),
        path(
            "desk/coordination/messages/",
            include("coordination.urls_letters", namespace="letters_desk"),
            {"hat": "desk"},
        ),
        path("me/letters/", include("coordination.urls_received")),
        path("surveys/", include("coordination.urls_surveys")),
        path("desk/surveys/", include("coordination.urls_surveydesk")),
        path("desk/participation/", include("coordination.urls_participation")),
        path("", include("portal.urls")),
    ),
]
