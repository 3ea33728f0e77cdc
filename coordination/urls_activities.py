from django.urls import path

from coordination.views import activities, period_reports

app_name = "activities"
urlpatterns = [
    path("activities/", activities.activity_list, name="list"),
    path("activities/activities.csv", activities.table, name="table"),
    path("activities/activities.ics", activities.calendar, name="calendar"),
    path("activities/new/", activities.plan, name="plan"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/activity.ics", activities.one_calendar, name="one_calendar"),
    path("activities/<int:pk>/edit/", activities.edit, name="edit"),
    path("activities/<int:pk>/report/", activities.report, name="activity_report"),
    path("activities/<int:pk>/move/<slug:name>/", activities.move, name="move"),
    path("activities/<int:pk>/stakeholders/", activities.involve, name="involve"),
    path("activities/<int:pk>/stakeholders/<int:stakeholder>/drop/", activities.leave_out, name="leave_out"),
    path("activities/<int:pk>/notes/", activities.note, name="note"),
    path("activities/<int:pk>/notes/<int:one>/drop/", activities.drop_note, name="drop_note"),
    path("activities/<int:pk>/files/", activities.add_file, name="file"),
    path("activities/<int:pk>/files/<int:one>/drop/", activities.drop_file, name="drop_file"),
    path("activities/<int:pk>/follow-ups/", activities.follow_up, name="follow_up"),
    path("activities/<int:pk>/follow-ups/<int:one>/done/", activities.finish, name="finish"),
    # reports for a period
    path("reports/", period_reports.report_list, name="reports"),
    path("reports/new/", period_reports.write, name="write_report"),
    path("reports/<int:pk>/", period_reports.report, name="report"),
    path("reports/<int:pk>/report.xlsx", period_reports.workbook, name="workbook"),
    path("reports/<int:pk>/edit/", period_reports.edit, name="edit_report"),
    path("reports/<int:pk>/publish/", period_reports.publish, name="publish"),
    path("reports/<int:pk>/withdraw/", period_reports.withdraw, name="withdraw"),
]
