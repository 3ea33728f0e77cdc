from django.urls import path

from stakeholders.views import domains, judging, listed, vetting

app_name = "vetting"
urlpatterns = [
    path("", vetting.vetting_queue, name="queue"),
    path("listed/", listed.listed_sources, name="listed"),
    path("statistics/", judging.statistics, name="statistics"),
    path("checklist/", judging.checklist_questions, name="questions"),
    path("domains/", domains.domains, name="domains"),
    path("flags/<int:pk>/withdraw/", judging.flag_withdraw, name="flag_withdraw"),
    path("stakeholders/<int:pk>/flags/", judging.stakeholder_flags, name="flags"),
    path("<int:pk>/", vetting.vetting_application, name="application"),
    path("<int:pk>/<slug:name>/", vetting.vetting_move, name="move"),
]
