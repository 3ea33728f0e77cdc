from django.urls import path

from stakeholders.views import dossiers, moderation

app_name = "moderation"
urlpatterns = [
    path("moderation/", moderation.queue, name="queue"),
    path("moderation/log.<str:form>", moderation.log_file, name="log"),
    path("moderation/<int:pk>/", moderation.report_page, name="report"),
    path("moderation/<int:pk>/decide/", moderation.decide_one, name="decide"),
    path("moderation/<int:pk>/show-again/", moderation.show_again, name="show_again"),
    path("stakeholders/<int:pk>/dossier/", dossiers.dossier, {"by_desk": True}, name="dossier"),
]
