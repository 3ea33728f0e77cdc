from django.urls import URLPattern, path, re_path

from events.views import (
    acts,
    addresses,
    calendar,
    events,
    own,
    programme,
    proposal,
    proposing,
    registering,
    reports,
    statistics,
)

app_name = "events"
urlpatterns: list[URLPattern] = [
    # calendar: fixed words
    path("", calendar.event_list, name="list"),
    path("agenda/", calendar.event_agenda, name="agenda"),
    path("month/", calendar.event_month, name="month"),
    path("month/<int:year>/<int:number>/", calendar.event_month, name="month"),
    path("calendar.ics", calendar.calendar_file, name="calendar_file"),
    path("events.atom", calendar.feed, name="feed"),
    path("mine/", addresses.own_calendar_page, name="own_calendar"),
    path("mine/make/", addresses.make, name="make_address"),
    path("mine/<int:pk>/revoke/", addresses.revoke, name="revoke_address"),
    path("mine/<slug:token>.ics", addresses.own_file, name="own_file"),
    path("propose/", own.propose_event, name="propose_event"),
    path("own/", own.own_list, name="own_list"),
    path("own/<int:pk>/", own.page, name="own"),
    path("own/<int:pk>/edit/", own.edit, name="own_edit"),
    path("own/<int:pk>/submit/", own.submit, name="own_submit"),
    path("own/<int:pk>/withdraw/", own.withdraw, name="own_withdraw"),
    path("own/<int:pk>/discard/", own.discard, name="own_discard"),
    path("own/<int:pk>/move/", acts.move, {"desk": False}, name="own_move"),
    path("own/<int:pk>/cancel/", acts.cancel, {"desk": False}, name="own_cancel"),
    # calendar: one event
    path("<int:pk>/", events.by_number, name="by_number"),
    path("<int:pk>-<slug:slug>/", events.event_page, name="event"),
    path("<int:pk>-<slug:slug>/event.ics", events.event_file, name="event_file"),
    # registration: fixed words
    path("registrations/", registering.own_list, name="registrations"),
    path("registrations/<int:pk>/", registering.registration, name="registration"),
    path("registrations/<int:pk>/accept/", registering.accept, name="registration_accept"),
    path("registrations/<int:pk>/leave/", registering.leave, name="registration_leave"),
    path("registrations/<int:pk>/code.svg", registering.qr_code, name="registration_code"),
    path("registrations/<int:pk>/certificate/", registering.certificate, name="certificate"),
    path("registrations/<int:pk>/certificate.pdf", registering.certificate_paper, name="certificate_paper"),
    # registration: one event
    path("<int:pk>-<slug:slug>/register/", registering.register, name="register"),
    path("<int:pk>-<slug:slug>/participants/", registering.participants, name="participants"),
    path("<int:pk>-<slug:slug>/delegation/", registering.delegation, name="delegation"),
    path("<int:pk>-<slug:slug>/delegation/<int:stakeholder>/", registering.delegation, name="delegation_of"),
    # proposals
    path("<int:pk>-<slug:slug>/propose/", proposing.propose, name="propose"),
    path("proposals/<int:pk>/", proposal.proposal, name="proposal"),
    path("proposals/<int:pk>/write/", proposing.write, name="write_proposal"),
    path("proposals/<int:pk>/write/autosave/", proposing.autosave, name="autosave_proposal"),
    path("proposals/<int:pk>/check/", proposing.check, name="check_proposal"),
    path("proposals/<int:pk>/authorize/", proposal.authorize, name="authorize_proposal"),
    path("proposals/<int:pk>/revise/", proposal.confirm, {"verb": "revise"}, name="revise_proposal"),
    path("proposals/<int:pk>/withdraw/", proposal.confirm, {"verb": "withdraw"}, name="withdraw_proposal"),
    path("proposals/<int:pk>/cancel/", proposal.confirm, {"verb": "cancel"}, name="cancel_proposal"),
    path("proposals/<int:pk>/discard/", proposal.confirm, {"verb": "discard"}, name="discard_proposal"),
    path("proposals/<int:pk>/organizers/", proposal.organizers, name="organizers"),
    path("proposals/<int:pk>/organizers/<int:partner>/take-back/", proposal.take_back, name="take_back"),
    path("proposals/<int:pk>/speakers/<int:speaker>/ask/", proposal.ask_speaker, name="ask_speaker"),
    path("proposals/<int:pk>/receipts/<str:reference>/", proposal.receipt, name="proposal_receipt"),
    path(
        "proposals/<int:pk>/receipts/<str:reference>/text.txt",
        proposal.receipt_text,
        name="proposal_receipt_text",
    ),
    path("partners/<int:pk>/", proposal.partner, name="partner"),
    path("speakers/<str:token>/", proposal.speaker, name="speaker"),
    path("mergers/<int:pk>/<int:side>/", proposal.merger, name="merger"),
    # in numbers
    path("<int:pk>-<slug:slug>/numbers/", statistics.statistics, name="statistics"),
    path("<int:pk>-<slug:slug>/numbers.csv", statistics.statistics_table, name="statistics_table"),
    # reports
    path("<int:pk>-<slug:slug>/report/", reports.begin, name="write_report"),
    path("<int:pk>-<slug:slug>/meetings/<int:number>/report/", reports.begin, name="write_meeting_report"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/edit/", reports.edit, name="report_edit"),
    re_path(r"^reports/(?P<pk>\d+)/(?P<name>submit|publish|return)/$", reports.move, name="report_move"),
    re_path(
        r"^reports/(?P<pk>\d+)/(?P<what>files|links)/(?P<one>\d+)/remove/$", reports.drop, name="report_drop"
    ),
    # programme
    path("<int:pk>-<slug:slug>/programme/", programme.programme, name="programme"),
    path("<int:pk>-<slug:slug>/programme/changes/", programme.changes, name="programme_changes"),
    path("<int:pk>-<slug:slug>/programme/mine/", programme.agenda, name="own_agenda"),
    path("<int:pk>-<slug:slug>/programme/mark/", programme.mark, name="mark"),
    path("<int:pk>-<slug:slug>/programme.ics", programme.programme_calendar, name="programme_file"),
    path("<int:pk>-<slug:slug>/programme.csv", programme.programme_table, name="programme_table"),
    path("<int:pk>-<slug:slug>/programme.pdf", programme.programme_paper, name="programme_paper"),
    path("<int:pk>-<slug:slug>/agenda.ics", programme.agenda_calendar, name="agenda_file"),
    path("<int:pk>-<slug:slug>/meetings/<int:number>/", programme.meeting, name="meeting"),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/meeting.ics",
        programme.meeting_calendar,
        name="meeting_file",
    ),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/links/<int:link>/remove/", programme.unlink, name="unlink"
    ),
]
