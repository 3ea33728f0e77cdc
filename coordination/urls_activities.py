from django.urls import path

from coordination.views import activities, period_reports

app_name = "activities"
urlpatterns = [
    path("regional/activities/", activities.activity_list, name="list"),
    path("regional/activities/activities.csv", activities.table, name="table"),
    path("regional/activities/activities.ics", activities.calendar, name="calendar"),
    path("regional/activities/new/", activities.plan, name="plan"),
    path("regional/activities/<int:pk>/", activities.activity, name="activity"),
    path("regional/activities/<int:pk>/activity.ics", activities.one_calendar, name="one_calendar"),
    path("regional/activities/<int:pk>/edit/", activities.edit, name="edit"),
    path("regional/activities/<int:pk>/report/", activities.report, name="activity_report"),
    path("regional/activities/<int:pk>/move/<slug:name>/", activities.move, name="move"),
    path("regional/activities/<int:pk>/stakeholders/", activities.involve, name="involve"),
    path(
        "regional/activities/<int:pk>/stakeholders/<int:stakeholder>/drop/",
        activities.leave_out,
        name="leave_out",
    ),
    path("regional/activities/<int:pk>/notes/", activities.note, name="note"),
    path("regional/activities/<int:pk>/notes/<int:one>/drop/", activities.drop_note, name="drop_note"),
    path("regional/activities/<int:pk>/files/", activities.add_file, name="file"),
    path("regional/activities/<int:pk>/files/<int:one>/drop/", activities.drop_file, name="drop_file"),
    path("regional/activities/<int:pk>/follow-ups/", activities.follow_up, name="follow_up"),
    path("regional/activities/<int:pk>/follow-ups/<int:one>/done/", activities.finish, name="finish"),
    # reports for a period
    path("regional/reports/", period_reports.report_list, name="reports"),
    path("regional/reports/new/", period_reports.write, name="write_report"),
    path("regional/reports/<int:pk>/", period_reports.report, name="report"),
    path("regional/reports/<int:pk>/report.xlsx", period_reports.workbook, name="workbook"),
    path("regional/reports/<int:pk>/edit/", period_reports.edit, name="edit_report"),
    path("regional/reports/<int:pk>/publish/", period_reports.publish, name="publish"),
    path("regional/reports/<int:pk>/withdraw/", period_reports.withdraw, name="withdraw"),
    # as everybody reads them
    path("reports/", period_reports.public_list, name="public_reports"),
    path("reports/<int:pk>/", period_reports.public_report, name="public_report"),
    path("reports/<int:pk>/report.xlsx", period_reports.public_workbook, name="public_workbook"),
]
