from django.urls import path

from reviews.views import dialogue_applications, dialogues

app_name = "dialogues"
urlpatterns = [
    path("", dialogues.dialogue_list, name="list"),
    path("figures/", dialogues.statistics, name="statistics"),
    path("apply/", dialogue_applications.apply, name="apply"),
    path("apply/<int:pk>/colleague/", dialogue_applications.apply_for, name="apply_for"),
    path("applications/<int:pk>/", dialogue_applications.page, name="application"),
    path("applications/<int:pk>/write/", dialogue_applications.write, name="write"),
    path("applications/<int:pk>/write/autosave/", dialogue_applications.autosave, name="autosave"),
    path("applications/<int:pk>/check/", dialogue_applications.check, name="check"),
    path("applications/<int:pk>/delete/", dialogue_applications.discard, name="discard"),
    path("lines/<int:pk>/withdraw/", dialogue_applications.withdraw, name="withdraw"),
    path("lines/<int:pk>/take/", dialogue_applications.take, name="take"),
    path("lines/<int:pk>/reason/", dialogue_applications.ask_reason, name="ask_reason"),
    path("lines/<int:pk>/again/", dialogue_applications.ask_again, name="ask_again"),
    path("lines/<int:pk>/statement/", dialogue_applications.statement, name="statement"),
    path("<int:pk>/", dialogues.dialogue_page, name="dialogue"),
]
