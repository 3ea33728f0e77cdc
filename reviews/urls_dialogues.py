from django.urls import path

from reviews.dialogue_applications import views as dialogue_applications_views
from reviews.dialogues import views as dialogues_views

app_name = "dialogues"
urlpatterns = [
    path("", dialogues_views.dialogue_list, name="list"),
    path("figures/", dialogues_views.statistics, name="statistics"),
    path("apply/", dialogue_applications_views.apply, name="apply"),
    path("apply/<int:pk>/colleague/", dialogue_applications_views.apply_for, name="apply_for"),
    path("applications/<int:pk>/", dialogue_applications_views.page, name="application"),
    path("applications/<int:pk>/write/", dialogue_applications_views.write, name="write"),
    path("applications/<int:pk>/write/autosave/", dialogue_applications_views.autosave, name="autosave"),
    path("applications/<int:pk>/check/", dialogue_applications_views.check, name="check"),
    path("applications/<int:pk>/delete/", dialogue_applications_views.discard, name="discard"),
    path("lines/<int:pk>/withdraw/", dialogue_applications_views.withdraw, name="withdraw"),
    path("lines/<int:pk>/take/", dialogue_applications_views.take, name="take"),
    path("lines/<int:pk>/reason/", dialogue_applications_views.ask_reason, name="ask_reason"),
    path("lines/<int:pk>/again/", dialogue_applications_views.ask_again, name="ask_again"),
    path("lines/<int:pk>/statement/", dialogue_applications_views.statement, name="statement"),
    path("<int:pk>/", dialogues_views.dialogue_page, name="dialogue"),
]
