from django.urls import URLPattern, path, re_path

from events.calendar import views as calendar_views
from events.calendar import views_own as calendar_views_own
from events.events import views as events_views
from events.events import views_steps as events_views_steps
from events.meeting_reports import views as meeting_reports_views
from events.organizers import views as organizers_views
from events.programme import views as programme_views
from events.proposals import views as proposals_views
from events.registrations import views as registrations_views
from events.registrations import views_certificates as certificate_views
from events.rescheduling import views as rescheduling_views
from events.reviewing import views as reviewing_views
from events.speakers import views as speakers_views
from events.statistics import views as statistics_views

app_name = "events"
urlpatterns: list[URLPattern] = [
    # calendar: fixed words
    path("", calendar_views.event_list, name="list"),
    path("agenda/", calendar_views.event_agenda, name="agenda"),
    path("month/", calendar_views.event_month, name="month"),
    path("month/<int:year>/<int:number>/", calendar_views.event_month, name="month"),
    path("calendar.ics", calendar_views.calendar_file, name="calendar_file"),
    path("events.atom", calendar_views.feed, name="feed"),
    path("mine/", calendar_views_own.own_calendar_page, name="own_calendar"),
    path("mine/make/", calendar_views_own.make, name="make_address"),
    path("mine/<int:pk>/revoke/", calendar_views_own.revoke, name="revoke_address"),
    path("mine/<slug:token>.ics", calendar_views_own.own_file, name="own_file"),
    path("propose/", events_views_steps.propose_event, name="propose_event"),
    path("own/", events_views.own_list, name="own_list"),
    path("own/<int:pk>/", events_views.page, name="own"),
    path("own/<int:pk>/edit/", events_views_steps.edit, {"desk": False}, name="own_edit"),
    path("own/<int:pk>/edit/<slug:step>/", events_views_steps.step, {"desk": False}, name="own_step"),
    path(
        "own/<int:pk>/edit/<slug:step>/autosave/",
        events_views_steps.autosave,
        {"desk": False},
        name="own_step_autosave",
    ),
    path("own/<int:pk>/check/", events_views_steps.check, {"desk": False}, name="own_check"),
    path("own/<int:pk>/submit/", events_views.submit, name="own_submit"),
    path("own/<int:pk>/withdraw/", events_views.withdraw, name="own_withdraw"),
    path("own/<int:pk>/discard/", events_views.discard, name="own_discard"),
    path("own/<int:pk>/move/", rescheduling_views.move, {"desk": False}, name="own_move"),
    path("own/<int:pk>/cancel/", rescheduling_views.cancel, {"desk": False}, name="own_cancel"),
    # calendar: one event
    path("<int:pk>/", calendar_views.by_number, name="by_number"),
    path("<int:pk>/card-<slug:version>.png", calendar_views.event_card, name="card"),
    path("<int:pk>-<slug:slug>/", calendar_views.event_page, name="event"),
    path("<int:pk>-<slug:slug>/event.ics", calendar_views.event_file, name="event_file"),
    # registration: fixed words
    path("registrations/", registrations_views.own_list, name="registrations"),
    path("registrations/<int:pk>/", registrations_views.registration, name="registration"),
    path("registrations/<int:pk>/accept/", registrations_views.accept, name="registration_accept"),
    path("registrations/<int:pk>/leave/", registrations_views.leave, name="registration_leave"),
    path("registrations/<int:pk>/code.svg", registrations_views.qr_code, name="registration_code"),
    path("registrations/<int:pk>/certificate/", certificate_views.certificate, name="certificate"),
    path(
        "registrations/<int:pk>/certificate.pdf",
        certificate_views.certificate_paper,
        name="certificate_paper",
    ),
    path("certificates/", certificate_views.certificates, name="certificates"),
    # registration: one event
    path("<int:pk>-<slug:slug>/register/", registrations_views.register, name="register"),
    path("<int:pk>-<slug:slug>/participants/", registrations_views.participants, name="participants"),
    path("<int:pk>-<slug:slug>/delegation/", registrations_views.delegation, name="delegation"),
    path(
        "<int:pk>-<slug:slug>/delegation/<int:stakeholder>/",
        registrations_views.delegation,
        name="delegation_of",
    ),
    # proposals
    path("<int:pk>-<slug:slug>/propose/", proposals_views.propose, name="propose"),
    path("proposals/<int:pk>/", proposals_views.proposal, name="proposal"),
    path("proposals/<int:pk>/write/", proposals_views.write, name="write_proposal"),
    path("proposals/<int:pk>/write/autosave/", proposals_views.autosave, name="autosave_proposal"),
    path("proposals/<int:pk>/write/<slug:step>/", proposals_views.step, name="proposal_step"),
    path(
        "proposals/<int:pk>/write/<slug:step>/autosave/",
        proposals_views.autosave_step,
        name="autosave_proposal_step",
    ),
    path("proposals/<int:pk>/check/", proposals_views.check, name="check_proposal"),
    path("proposals/<int:pk>/authorize/", proposals_views.authorize, name="authorize_proposal"),
    path("proposals/<int:pk>/revise/", proposals_views.confirm, {"verb": "revise"}, name="revise_proposal"),
    path(
        "proposals/<int:pk>/withdraw/",
        proposals_views.confirm,
        {"verb": "withdraw"},
        name="withdraw_proposal",
    ),
    path("proposals/<int:pk>/cancel/", proposals_views.confirm, {"verb": "cancel"}, name="cancel_proposal"),
    path(
        "proposals/<int:pk>/discard/", proposals_views.confirm, {"verb": "discard"}, name="discard_proposal"
    ),
    path("proposals/<int:pk>/organizers/", organizers_views.organizers, name="organizers"),
    path(
        "proposals/<int:pk>/organizers/<int:partner>/take-back/", organizers_views.take_back, name="take_back"
    ),
    path("proposals/<int:pk>/speakers/<int:speaker>/ask/", speakers_views.ask_speaker, name="ask_speaker"),
    path("proposals/<int:pk>/receipts/<slug:reference>/", proposals_views.receipt, name="proposal_receipt"),
    path(
        "proposals/<int:pk>/receipts/<slug:reference>/text.txt",
        proposals_views.receipt_text,
        name="proposal_receipt_text",
    ),
    path("partners/<int:pk>/", organizers_views.partner, name="partner"),
    path("speakers/<str:token>/", speakers_views.speaker, name="speaker"),
    path("mergers/<int:pk>/<int:side>/", reviewing_views.merger, name="merger"),
    # in numbers
    path("<int:pk>-<slug:slug>/numbers/", statistics_views.statistics, name="statistics"),
    path(
        "<int:pk>-<slug:slug>/numbers.<table:form>",
        statistics_views.statistics_table,
        name="statistics_table",
    ),
    # reports
    path("<int:pk>-<slug:slug>/report/", meeting_reports_views.begin, name="write_report"),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/report/",
        meeting_reports_views.begin,
        name="write_meeting_report",
    ),
    path("reports/<int:pk>/", meeting_reports_views.report, name="report"),
    path("reports/<int:pk>/edit/", meeting_reports_views.edit, name="report_edit"),
    re_path(
        r"^reports/(?P<pk>\d+)/(?P<name>submit|publish|return)/$",
        meeting_reports_views.move,
        name="report_move",
    ),
    re_path(
        r"^reports/(?P<pk>\d+)/(?P<list_name>files|links)/(?P<row_id>\d+)/remove/$",
        meeting_reports_views.remove_attachment,
        name="report_drop",
    ),
    # programme
    path("<int:pk>-<slug:slug>/programme/", programme_views.programme, name="programme"),
    path("<int:pk>-<slug:slug>/programme/changes/", programme_views.changes, name="programme_changes"),
    path("<int:pk>-<slug:slug>/programme/mine/", programme_views.agenda, name="own_agenda"),
    path("<int:pk>-<slug:slug>/programme/mark/", programme_views.mark, name="mark"),
    path("<int:pk>-<slug:slug>/programme.ics", programme_views.programme_calendar, name="programme_file"),
    path(
        "<int:pk>-<slug:slug>/programme.<table:form>", programme_views.programme_table, name="programme_table"
    ),
    path("<int:pk>-<slug:slug>/programme.pdf", programme_views.programme_paper, name="programme_paper"),
    path("<int:pk>-<slug:slug>/agenda.ics", programme_views.agenda_calendar, name="agenda_file"),
    path("<int:pk>-<slug:slug>/meetings/<int:number>/", programme_views.meeting, name="meeting"),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/meeting.ics",
        programme_views.meeting_calendar,
        name="meeting_file",
    ),
    path(
        "<int:pk>-<slug:slug>/meetings/<int:number>/links/<int:link>/remove/",
        programme_views.unlink,
        name="unlink",
    ),
]
