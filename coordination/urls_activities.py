from django.urls import path

from coordination.activities import views as activities_views
from coordination.period_reports import views as reports_views

app_name = "activities"
urlpatterns = [
    path("regional/activities/", activities_views.activity_list, name="list"),
    path("regional/activities/activities.<table:form>", activities_views.table, name="table"),
    path("regional/activities/activities.ics", activities_views.calendar, name="calendar"),
    path("regional/activities/new/", activities_views.plan, name="plan"),
    path("regional/activities/held/", activities_views.enter_held, name="enter_held"),
    path("regional/activities/<int:pk>/", activities_views.activity, name="activity"),
    path("regional/activities/<int:pk>/activity.ics", activities_views.one_calendar, name="one_calendar"),
    path("regional/activities/<int:pk>/edit/", activities_views.edit, name="edit"),
    path("regional/activities/<int:pk>/report/", activities_views.report, name="activity_report"),
    path("regional/activities/<int:pk>/move/<slug:name>/", activities_views.move, name="move"),
    path("regional/activities/<int:pk>/stakeholders/", activities_views.involve, name="involve"),
    path(
        "regional/activities/<int:pk>/stakeholders/<int:stakeholder>/drop/",
        activities_views.leave_out,
        name="leave_out",
    ),
    path("regional/activities/<int:pk>/notes/", activities_views.note, name="note"),
    path(
        "regional/activities/<int:pk>/notes/<int:note_pk>/drop/", activities_views.drop_note, name="drop_note"
    ),
    path("regional/activities/<int:pk>/files/", activities_views.add_file, name="file"),
    path(
        "regional/activities/<int:pk>/files/<int:file_pk>/drop/", activities_views.drop_file, name="drop_file"
    ),
    path("regional/activities/<int:pk>/follow-ups/", activities_views.follow_up, name="follow_up"),
    path(
        "regional/activities/<int:pk>/follow-ups/<int:follow_up_pk>/done/",
        activities_views.finish,
        name="finish",
    ),
    # reports for a period
    path("regional/reports/", reports_views.report_list, name="reports"),
    path("regional/reports/new/", reports_views.write, name="write_report"),
    path("regional/reports/<int:pk>/", reports_views.report, name="report"),
    path("regional/reports/<int:pk>/report.xlsx", reports_views.workbook, name="workbook"),
    path("regional/reports/<int:pk>/report.pdf", reports_views.paper, {"kind": "pdf"}, name="pdf"),
    path("regional/reports/<int:pk>/report.docx", reports_views.paper, {"kind": "docx"}, name="docx"),
    path("regional/reports/<int:pk>/edit/", reports_views.edit, name="edit_report"),
    path("regional/reports/<int:pk>/publish/", reports_views.publish, name="publish"),
    path("regional/reports/<int:pk>/withdraw/", reports_views.withdraw, name="withdraw"),
    # as everybody reads them
    path("reports/", reports_views.public_list, name="public_reports"),
    path("reports/<int:pk>/", reports_views.public_report, name="public_report"),
    path("reports/<int:pk>/report.xlsx", reports_views.public_workbook, name="public_workbook"),
    path("reports/<int:pk>/report.pdf", reports_views.public_paper, {"kind": "pdf"}, name="public_pdf"),
    path("reports/<int:pk>/report.docx", reports_views.public_paper, {"kind": "docx"}, name="public_docx"),
]
