from django.urls import path

from stakeholders.views import (
    changes,
    domains,
    exports,
    imports,
    judging,
    listed,
    reports,
    screening,
    standing_desk,
    vetting,
)

app_name = "vetting"
urlpatterns = [
    path("", vetting.vetting_queue, name="queue"),
    path("listed/", listed.listed_sources, name="listed"),
    path("statistics/", judging.statistics, name="statistics"),
    path("checklist/", judging.checklist_questions, name="questions"),
    path("domains/", domains.domains, name="domains"),
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

# --- Imports ------------------------------------------------------------------------------------------
urlpatterns = [
    path("imports/", imports.import_list, name="imports"),
    path("imports/template.csv", imports.import_template, name="import_template"),
    path("imports/dictionary.csv", imports.import_dictionary, name="import_dictionary"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/take-in/", imports.import_take_in, name="import_take_in"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
    *urlpatterns,
]
