from django.urls import path

from stakeholders.views import (
    directory,
    entry,
    members,
    prefill,
    reconsiderations,
    registration,
    reports,
    standing,
)

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
    # Exports of the directory, reports about entries
    path("<int:pk>/report/", reports.report_entry, name="report"),
    path("<int:pk>/report/sent/", reports.report_sent, name="reported"),
]

# --- The standing of a stakeholder ------------------------------------------------------------------
urlpatterns += [
    path("<int:pk>/confirm/", standing.confirm, name="confirm"),
    path("<int:pk>/withdraw/", standing.withdraw, name="withdraw_entry"),
]

# --- Filling in what a public register says -------------------------------------------------------------
urlpatterns = [path("applications/<int:pk>/find/", prefill.find, name="prefill"), *urlpatterns]
