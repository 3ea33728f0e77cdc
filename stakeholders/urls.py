from django.urls import path

from stakeholders.changes import views as changes_views
from stakeholders.claims import views as claims_views
from stakeholders.contact import views as contact_views
from stakeholders.directory import views as directory_views
from stakeholders.directory import views_profile as directory_views_profile
from stakeholders.exchange import views as exchange_views
from stakeholders.exports import views as exports_views
from stakeholders.family import views as family_views
from stakeholders.introductions import views as introductions_views
from stakeholders.invitations import views_answers as invitations_views_answers
from stakeholders.logos import views as logos_views
from stakeholders.members import views as members_views
from stakeholders.moderation import views_complaints as moderation_views_complaints
from stakeholders.moderation.models import ENTRY
from stakeholders.projects import views as projects_views
from stakeholders.standing import views as standing_views
from stakeholders.state_accounts import views as state_accounts_views
from stakeholders.submission import views as submission_views
from stakeholders.vetting import views_checklist as vetting_views_checklist

app_name = "stakeholders"
urlpatterns = [
    path("", directory_views.stakeholder_list, name="list"),
    path("map/", directory_views.stakeholder_map, name="map"),
    path("coverage/", directory_views.stakeholder_coverage, name="coverage"),
    path("<int:pk>-<slug:slug>/", directory_views_profile.stakeholder_detail, name="detail"),
    path("<int:pk>/", directory_views_profile.stakeholder_detail, name="by_number"),
    path("<int:pk>/card-<slug:version>.png", directory_views_profile.stakeholder_card, name="card"),
    path("register/", submission_views.register, name="register"),
    path("applications/<int:pk>/", submission_views.application, name="application"),
    path("applications/<int:pk>/check/", submission_views.check, name="check"),
    path("applications/<int:pk>/answer/", submission_views.answer, name="answer"),
    path("applications/<int:pk>/withdraw/", submission_views.withdraw, name="withdraw"),
    path("applications/<int:pk>/discard/", submission_views.discard, name="discard"),
    path(
        "applications/<int:pk>/papers/<int:paper>/remove/", submission_views.remove_paper, name="remove_paper"
    ),
    path(
        "applications/<int:pk>/reconsideration/",
        vetting_views_checklist.reconsideration,
        name="reconsideration",
    ),
    path("applications/<int:pk>/receipts/<slug:reference>/", submission_views.receipt, name="receipt"),
    path(
        "applications/<int:pk>/receipts/<slug:reference>/text.txt",
        submission_views.receipt_text,
        name="receipt_text",
    ),
    path("applications/<int:pk>/<slug:step>/", submission_views.step, name="step"),
    path("applications/<int:pk>/<slug:step>/autosave/", submission_views.autosave, name="autosave"),
    # Members and changes
    path("<int:pk>/manage/", members_views.manage, name="manage"),
    path("<int:pk>/manage/entry/", changes_views.edit, name="edit"),
    path("<int:pk>/manage/hide/", changes_views.hide, name="hide"),
    path("<int:pk>/manage/vetted/", changes_views.propose, name="propose"),
    path(
        "<int:pk>/manage/vetted/<int:change>/withdraw/", changes_views.withdraw_change, name="withdraw_change"
    ),
    path("<int:pk>/manage/invite/", members_views.invite, name="invite"),
    path(
        "<int:pk>/manage/invitations/<int:invitation>/",
        members_views.change_invitation,
        name="change_invitation",
    ),
    path("<int:pk>/manage/members/<int:membership>/", members_views.member, name="member"),
    path("<int:pk>/manage/leave/", members_views.leave, name="leave"),
    path("<int:pk>/manage/shown/", members_views.shown, name="shown"),
    path("invitations/<int:pk>/", invitations_views_answers.own_invitation, name="own_invitation"),
    path("invitations/<str:token>/", invitations_views_answers.invitation, name="invitation"),
    # Reports about entries
    path("<int:pk>/report/", moderation_views_complaints.report, {"kind": ENTRY}, name="report"),
    path("<int:pk>/report/sent/", moderation_views_complaints.report_sent, {"kind": ENTRY}, name="reported"),
]

# --- The standing of a stakeholder ------------------------------------------------------------------
urlpatterns += [
    path("<int:pk>/confirm/", standing_views.confirm, name="confirm"),
    path("<int:pk>/withdraw/", standing_views.withdraw, name="withdraw_entry"),
]

# --- Invitations by the desk, State accounts ----------------------------------------------------------
urlpatterns += [
    path("invited/<int:pk>/", invitations_views_answers.own_invited, name="own_invited"),
    path("invited/<str:token>/", invitations_views_answers.invited, name="invited"),
    path("for-states/<int:pk>/", state_accounts_views.own_for_states, name="own_for_states"),
    path("for-states/<str:token>/", state_accounts_views.for_states, name="for_states"),
]

# --- Parents and branches, offers and needs -----------------------------------------------------------
urlpatterns += [
    path("exchange/", exchange_views.exchange, name="exchange"),
    path("<int:pk>/manage/offers/", exchange_views.offers, name="offers"),
    path("<int:pk>/manage/offers/add/", exchange_views.offer_add, name="offer_add"),
    path("<int:pk>/manage/offers/matches/", exchange_views.offer_matches, name="matches"),
    path("<int:pk>/manage/offers/<int:offer>/", exchange_views.offer_change, name="offer"),
    path("<int:pk>/manage/offers/<int:offer>/close/", exchange_views.offer_close, name="offer_close"),
    path("<int:pk>/manage/family/", family_views.family, name="family"),
    path("<int:pk>/manage/family/<int:link>/<slug:name>/", family_views.family_move, name="family_move"),
    path("applications/<int:pk>/parent/choose/", family_views.application_parent, name="application_parent"),
]

# --- Claims of listed entries, requests to join -------------------------------------------------------
urlpatterns += [
    path("<int:pk>/claim/", claims_views.claim, name="claim"),
    path("claims/<int:pk>/", claims_views.claim_proof, name="claim_proof"),
    path("claims/<int:pk>/another/", claims_views.another, name="another"),
    path("<int:pk>/join/", claims_views.join, name="join"),
    path("join-requests/<int:pk>/", claims_views.join_request, name="join_request"),
]

# --- Messages that the portal relays ------------------------------------------------------------------
urlpatterns += [
    path("<int:pk>/contact/", contact_views.contact, name="contact"),
    path("<int:pk>/manage/contact/", contact_views.contact_settings, name="contact_settings"),
    path("<int:pk>/manage/contact/<int:blocked>/unblock/", contact_views.unblock, name="unblock"),
    path("messages/", contact_views.conversation_list, name="conversations"),
    path("messages/<int:pk>/", contact_views.conversation, name="conversation"),
    path(
        "messages/<int:pk>/report/",
        moderation_views_complaints.report_conversation,
        name="report_conversation",
    ),
    path("messages/<int:pk>/block/", contact_views.block, name="block"),
    path("<int:pk>/introduction/", introductions_views.ask, name="ask_introduction"),
    path("introductions/<int:pk>/", introductions_views.introduction, name="introduction"),
]

# --- Logo, projects ------------------------------------------------------------------------------------
urlpatterns += [
    path("<int:pk>/projects/", projects_views.projects, name="projects"),
    path("<int:pk>/manage/logo/", logos_views.logo, name="logo"),
    path("<int:pk>/manage/logo/remove/", logos_views.logo_remove, name="logo_remove"),
    path("<int:pk>/manage/projects/", projects_views.own_projects, name="own_projects"),
    path("<int:pk>/manage/projects/add/", projects_views.project_add, name="project_add"),
    path("<int:pk>/manage/projects/<int:project>/", projects_views.project, name="project"),
    path(
        "<int:pk>/manage/projects/<int:project>/remove/", projects_views.project_remove, name="project_remove"
    ),
    path("<int:pk>/manage/projects/<int:project>/move/", projects_views.project_move, name="project_move"),
]

# --- What an entry says in full -----------------------------------------------------------------------
urlpatterns += [path("<int:pk>/manage/entry/<slug:part>/", changes_views.edit_part, name="edit_part")]


# --- Filling in what a public register says -------------------------------------------------------------
urlpatterns = [path("applications/<int:pk>/find/", submission_views.find, name="prefill"), *urlpatterns]

# --- The dossier ------------------------------------------------------------------------------------
urlpatterns += [path("<int:pk>/manage/dossier/", exports_views.dossier, name="dossier")]
