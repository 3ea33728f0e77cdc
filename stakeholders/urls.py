from django.urls import path

from stakeholders.models.reports import ENTRY
from stakeholders.views import (
    claims,
    contact,
    directory,
    dossiers,
    entry,
    exchange,
    family,
    finding,
    invited,
    joining,
    members,
    prefill,
    reconsiderations,
    registration,
    reports,
    standing,
    states,
)

app_name = "stakeholders"
urlpatterns = [
    path("", finding.stakeholder_list, name="list"),
    path("map/", finding.stakeholder_map, name="map"),
    path("coverage/", finding.stakeholder_coverage, name="coverage"),
    path("<int:pk>-<slug:slug>/", directory.stakeholder_detail, name="detail"),
    path("<int:pk>/", directory.stakeholder_detail, name="by_number"),
    path("register/", registration.register, name="register"),
    path("applications/<int:pk>/", registration.application, name="application"),
    path("applications/<int:pk>/check/", registration.check, name="check"),
    path("applications/<int:pk>/answer/", registration.answer, name="answer"),
    path("applications/<int:pk>/withdraw/", registration.withdraw, name="withdraw"),
    path("applications/<int:pk>/discard/", registration.discard, name="discard"),
    path("applications/<int:pk>/papers/<int:paper>/remove/", registration.remove_paper, name="remove_paper"),
    path("applications/<int:pk>/reconsideration/", reconsiderations.reconsideration, name="reconsideration"),
    path("applications/<int:pk>/<slug:step>/", registration.step, name="step"),
    # Members and changes
    path("<int:pk>/manage/", members.manage, name="manage"),
    path("<int:pk>/manage/entry/", entry.edit, name="edit"),
    path("<int:pk>/manage/vetted/", entry.propose, name="propose"),
    path("<int:pk>/manage/vetted/<int:change>/withdraw/", entry.withdraw_change, name="withdraw_change"),
    path("<int:pk>/manage/invite/", members.invite, name="invite"),
    path(
        "<int:pk>/manage/invitations/<int:invitation>/", members.change_invitation, name="change_invitation"
    ),
    path("<int:pk>/manage/members/<int:membership>/", members.member, name="member"),
    path("<int:pk>/manage/leave/", members.leave, name="leave"),
    path("invitations/<int:pk>/", members.own_invitation, name="own_invitation"),
    path("invitations/<str:token>/", members.invitation, name="invitation"),
    # Reports about entries
    path("<int:pk>/report/", reports.report, {"kind": ENTRY}, name="report"),
    path("<int:pk>/report/sent/", reports.report_sent, {"kind": ENTRY}, name="reported"),
]

# --- The standing of a stakeholder ------------------------------------------------------------------
urlpatterns += [
    path("<int:pk>/confirm/", standing.confirm, name="confirm"),
    path("<int:pk>/withdraw/", standing.withdraw, name="withdraw_entry"),
]

# --- Invitations by the desk, State accounts ----------------------------------------------------------
urlpatterns += [
    path("invited/<int:pk>/", invited.own_invited, name="own_invited"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("for-states/<int:pk>/", states.own_for_states, name="own_for_states"),
    path("for-states/<str:token>/", states.for_states, name="for_states"),
]

# --- Parents and branches, offers and needs -----------------------------------------------------------
urlpatterns += [
    path("exchange/", exchange.exchange, name="exchange"),
    path("<int:pk>/manage/offers/", exchange.offers, name="offers"),
    path("<int:pk>/manage/offers/add/", exchange.offer_add, name="offer_add"),
    path("<int:pk>/manage/offers/matches/", exchange.offer_matches, name="matches"),
    path("<int:pk>/manage/offers/<int:offer>/", exchange.offer_change, name="offer"),
    path("<int:pk>/manage/offers/<int:offer>/close/", exchange.offer_close, name="offer_close"),
    path("<int:pk>/manage/family/", family.family, name="family"),
    path("<int:pk>/manage/family/<int:link>/<slug:name>/", family.family_move, name="family_move"),
    path("applications/<int:pk>/parent/choose/", family.application_parent, name="application_parent"),
]

# --- Claims of listed entries, requests to join -------------------------------------------------------
urlpatterns += [
    path("<int:pk>/claim/", claims.claim, name="claim"),
    path("claims/<int:pk>/", claims.claim_proof, name="claim_proof"),
    path("claims/<int:pk>/another/", claims.another, name="another"),
    path("<int:pk>/join/", joining.join, name="join"),
    path("join-requests/<int:pk>/", joining.join_request, name="join_request"),
]

# --- Messages that the portal relays ------------------------------------------------------------------
urlpatterns += [
    path("<int:pk>/contact/", contact.contact, name="contact"),
    path("<int:pk>/manage/contact/", contact.contact_settings, name="contact_settings"),
    path("<int:pk>/manage/contact/<int:blocked>/unblock/", contact.unblock, name="unblock"),
    path("messages/", contact.conversation_list, name="conversations"),
    path("messages/<int:pk>/", contact.conversation, name="conversation"),
    path("messages/<int:pk>/report/", contact.report_conversation, name="report_conversation"),
    path("messages/<int:pk>/block/", contact.block, name="block"),
]

# --- What an entry says in full -----------------------------------------------------------------------
urlpatterns += [path("<int:pk>/manage/entry/<slug:part>/", entry.edit_part, name="edit_part")]


# --- Filling in what a public register says -------------------------------------------------------------
urlpatterns = [path("applications/<int:pk>/find/", prefill.find, name="prefill"), *urlpatterns]

# --- The dossier ------------------------------------------------------------------------------------
urlpatterns += [path("<int:pk>/manage/dossier/", dossiers.dossier, name="dossier")]
