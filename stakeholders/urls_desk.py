from django.urls import path

from stakeholders.views import (
    appointments,
    changes,
    domains,
    exports,
    family,
    imports,
    invited,
    joining,
    judging,
    listed,
    merging,
    reports,
    screening,
    sources,
    standing_desk,
    states,
    vetting,
    waves,
)

app_name = "vetting"
urlpatterns = [
    path("", vetting.vetting_queue, name="queue"),
    path("listed/", listed.listed_sources, name="listed"),
    path("statistics/", judging.statistics, name="statistics"),
    path("checklist/", judging.checklist_questions, name="questions"),
    path("domains/", domains.domains, name="domains"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<int:pk>/end/", sources.end_source, name="end_source"),
    path("flags/<int:pk>/withdraw/", judging.flag_withdraw, name="flag_withdraw"),
    path("stakeholders/<int:pk>/flags/", judging.stakeholder_flags, name="flags"),
    path("changes/", changes.change_queue, name="changes"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("changes/<int:pk>/<slug:name>/", changes.change_move, name="change_move"),
    path("screening/", screening.screening_home, name="screening"),
    path("screening/compare/<int:pk>/", screening.screening_compare, name="screening_compare"),
    path("screening/<int:pk>/", screening.screening_match, name="screening_match"),
    path("<int:pk>/", vetting.vetting_application, name="application"),
    path("<int:pk>/<slug:name>/", vetting.vetting_move, name="move"),
    # Exports of the directory, reports about entries
    path("exports/", exports.export_list, name="exports"),
    path("exports/dictionary.csv", exports.export_dictionary, name="export_dictionary"),
    path("exports/<int:pk>/", exports.export_page, name="export"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/<int:pk>/", reports.report_page, name="report"),
]

# --- The standing of a stakeholder ------------------------------------------------------------------
urlpatterns += [
    path("stakeholders/<int:pk>/", standing_desk.stakeholder, name="stakeholder"),
    path("stakeholders/<int:pk>/<slug:name>/", standing_desk.stakeholder_move, name="stakeholder_move"),
]

# --- Regional focal points --------------------------------------------------------------------------
urlpatterns += [
    path("appointments/", appointments.appointment_list, name="appointments"),
    path("appointments/new/", appointments.appointment_new, name="appoint"),
    path("appointments/<int:pk>/", appointments.appointment_page, name="appointment"),
]

# --- Invitations by the desk, State accounts ----------------------------------------------------------
urlpatterns += [
    path("invitations/", invited.invitations, name="invitations"),
    path("invitations/list/", waves.take_in_list, name="take_in_list"),
    path("invitations/waves/<int:pk>/", waves.wave, name="wave"),
    path("invitations/waves/<int:pk>/<slug:name>/", waves.wave_move, name="wave_move"),
    path("invitations/<int:pk>/", invited.desk_invitation, name="desk_invitation"),
    path("invitations/<int:pk>/<slug:name>/", invited.desk_invitation_move, name="desk_invitation_move"),
    path("states/", states.states, name="states"),
    path("states/<int:pk>/", states.state, name="state"),
    path("states/<int:pk>/<slug:name>/", states.state_move, name="state_move"),
]


# --- Parents and branches -----------------------------------------------------------------------------
urlpatterns += [path("family/<int:pk>/drop/", family.drop_parent, name="drop_parent")]


# --- Claims of listed entries, requests to join -------------------------------------------------------
urlpatterns += [
    path("joins/", joining.joins, name="joins"),
    path("administrator/<int:pk>/", joining.administrator, name="administrator"),
]

# --- Merging ------------------------------------------------------------------------------------------
urlpatterns += [
    path("merge/<int:pk>/", merging.choose, name="merge_choose"),
    path("merge/<int:pk>/<int:other>/", merging.compare, name="merge"),
]

# --- Imports ------------------------------------------------------------------------------------------
urlpatterns += [
    path("imports/", imports.import_list, name="imports"),
    path("imports/template.csv", imports.import_template, name="import_template"),
    path("imports/dictionary.csv", imports.import_dictionary, name="import_dictionary"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/take-in/", imports.import_take_in, name="import_take_in"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
]
