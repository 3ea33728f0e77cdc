from django.urls import path

from stakeholders.appointments import views as appointments_views
from stakeholders.changes import views as changes_views
from stakeholders.claims import views as claims_views
from stakeholders.exports import views as exports_views
from stakeholders.family import views as family_views
from stakeholders.imports import views as imports_views
from stakeholders.introductions import views as introductions_views
from stakeholders.invitations import views as invitations_views
from stakeholders.invitations import views_lists as invitations_views_lists
from stakeholders.invitations import views_waves as invitations_views_waves
from stakeholders.merging import views as merging_views
from stakeholders.moderation import views as moderation_views
from stakeholders.registers import views as registers_views
from stakeholders.registers import views_candidates as registers_views_candidates
from stakeholders.screening import views as screening_views
from stakeholders.standing import views as standing_views
from stakeholders.state_accounts import views as state_accounts_views
from stakeholders.trust import views as trust_views
from stakeholders.vetting import views as vetting_views
from stakeholders.vetting import views_checklist as vetting_views_checklist

app_name = "vetting"
urlpatterns = [
    path("", vetting_views.vetting_queue, name="queue"),
    path("listed/", registers_views.listed_sources, name="listed"),
    path("introductions/", introductions_views.desk, name="introductions"),
    path("candidates/", registers_views_candidates.candidates, name="candidates"),
    path("candidates/<int:pk>/", registers_views_candidates.candidate, name="candidate"),
    path("statistics/", vetting_views_checklist.statistics, name="statistics"),
    path("checklist/", vetting_views_checklist.checklist_questions, name="questions"),
    path("domains/", trust_views.domains, name="domains"),
    path("sources/", trust_views.sources, name="sources"),
    path("sources/<int:pk>/end/", trust_views.end_source, name="end_source"),
    path("flags/<int:pk>/withdraw/", vetting_views_checklist.flag_withdraw, name="flag_withdraw"),
    path("stakeholders/<int:pk>/remove/", standing_views.remove_listing, name="remove_listing"),
    path("stakeholders/<int:pk>/flags/", vetting_views_checklist.stakeholder_flags, name="flags"),
    path("changes/", changes_views.change_queue, name="changes"),
    path("changes/<int:pk>/", changes_views.change, name="change"),
    path("changes/<int:pk>/<slug:name>/", changes_views.change_move, name="change_move"),
    path("screening/", screening_views.screening_home, name="screening"),
    path("screening/compare/<int:pk>/", screening_views.screening_compare, name="screening_compare"),
    path("screening/lists/<int:pk>/", screening_views.screening_list, name="screening_list"),
    path(
        "screening/lists/<int:pk>/discard/",
        screening_views.screening_list_discard,
        name="screening_list_discard",
    ),
    path("screening/<int:pk>/", screening_views.screening_match, name="screening_match"),
    path("<int:pk>/", vetting_views.vetting_application, name="application"),
    path("<int:pk>/<slug:name>/", vetting_views.vetting_move, name="move"),
    # Exports of the directory
    path("exports/", exports_views.export_list, name="exports"),
    path("exports/dictionary.csv", exports_views.export_dictionary, name="export_dictionary"),
    path("exports/<int:pk>/", exports_views.export_page, name="export"),
    # Where reports were before they came from everywhere
    path("reports/", moderation_views.redirect_moved, name="reports"),
    path("reports/<int:pk>/", moderation_views.redirect_moved, name="report"),
]

# --- The standing of a stakeholder ------------------------------------------------------------------
urlpatterns += [
    path("stakeholders/<int:pk>/", standing_views.stakeholder, name="stakeholder"),
    path("stakeholders/<int:pk>/<slug:name>/", standing_views.stakeholder_move, name="stakeholder_move"),
]

# --- Regional focal points --------------------------------------------------------------------------
urlpatterns += [
    path("appointments/", appointments_views.appointment_list, name="appointments"),
    path("appointments/new/", appointments_views.appointment_new, name="appoint"),
    path("appointments/<int:pk>/", appointments_views.appointment_page, name="appointment"),
]

# --- Invitations by the desk, State accounts ----------------------------------------------------------
urlpatterns += [
    path("invitations/", invitations_views.invitations, name="invitations"),
    path("invitations/list/", invitations_views_lists.take_in_list, name="take_in_list"),
    path("invitations/lists/<int:pk>/", invitations_views_lists.member_list, name="member_list"),
    path("invitations/lists/<int:pk>/columns/", invitations_views_lists.list_columns, name="list_columns"),
    path("invitations/lists/<int:pk>/wave/", invitations_views_lists.list_wave, name="list_wave"),
    path(
        "invitations/lists/<int:pk>/errors.<table:form>",
        invitations_views_lists.list_errors,
        name="list_errors",
    ),
    path("invitations/lists/<int:pk>/discard/", invitations_views_lists.list_discard, name="list_discard"),
    path("invitations/waves/<int:pk>/", invitations_views_waves.wave, name="wave"),
    path("invitations/waves/<int:pk>/reminder/", invitations_views_waves.wave_reminder, name="wave_reminder"),
    path(
        "invitations/waves/<int:pk>/progress.<table:form>",
        invitations_views_waves.wave_table,
        name="wave_table",
    ),
    path("invitations/waves/<int:pk>/<slug:name>/", invitations_views_waves.wave_move, name="wave_move"),
    path("invitations/<int:pk>/", invitations_views.desk_invitation, name="desk_invitation"),
    path(
        "invitations/<int:pk>/<slug:name>/",
        invitations_views.desk_invitation_move,
        name="desk_invitation_move",
    ),
    path("states/", state_accounts_views.states, name="states"),
    path("states/<int:pk>/", state_accounts_views.state, name="state"),
    path("states/<int:pk>/<slug:name>/", state_accounts_views.state_move, name="state_move"),
]


# --- Parents and branches -----------------------------------------------------------------------------
urlpatterns += [path("family/<int:pk>/drop/", family_views.drop_parent, name="drop_parent")]


# --- Claims of listed entries, requests to join -------------------------------------------------------
urlpatterns += [
    path("joins/", claims_views.joins, name="joins"),
    path("administrator/<int:pk>/", claims_views.administrator, name="administrator"),
]

# --- Merging ------------------------------------------------------------------------------------------
urlpatterns += [
    path("merge/<int:pk>/", merging_views.choose, name="merge_choose"),
    path("merge/<int:pk>/<int:other>/", merging_views.compare, name="merge"),
]

# --- Imports ------------------------------------------------------------------------------------------
urlpatterns += [
    path("imports/", imports_views.import_list, name="imports"),
    path("imports/template.<table:form>", imports_views.import_template, name="import_template"),
    path("imports/dictionary.csv", imports_views.import_dictionary, name="import_dictionary"),
    path("imports/<int:pk>/", imports_views.import_page, name="import"),
    path("imports/<int:pk>/columns/", imports_views.import_columns, name="import_columns"),
    path("imports/<int:pk>/take-in/", imports_views.import_take_in, name="import_take_in"),
    path("imports/<int:pk>/undo/", imports_views.import_undo, name="import_undo"),
    path("imports/<int:pk>/discard/", imports_views.import_discard, name="import_discard"),
    path("imports/<int:pk>/errors.<table:form>", imports_views.import_errors, name="import_errors"),
]
