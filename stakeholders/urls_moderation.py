from django.urls import path

from stakeholders.exports import views as exports_views
from stakeholders.moderation import views as moderation_views

app_name = "moderation"
urlpatterns = [
    path("moderation/", moderation_views.queue, name="queue"),
    path("moderation/log.<table:form>", moderation_views.log_file, name="log"),
    path("moderation/<int:pk>/", moderation_views.report_page, name="report"),
    path("moderation/<int:pk>/decide/", moderation_views.decide_one, name="decide"),
    path("moderation/<int:pk>/show-again/", moderation_views.show_again, name="show_again"),
    path("stakeholders/<int:pk>/dossier/", exports_views.dossier, {"by_desk": True}, name="dossier"),
]
