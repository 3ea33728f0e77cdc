from django.urls import path

from notifications.bounces import views as bounces_views
from notifications.delivery import views_development as delivery_views_development

urlpatterns = [
    path("mail/reports/", bounces_views.reports, name="mail_reports"),
    path("dev/", delivery_views_development.dev_index, name="dev_index"),
    path("dev/mail/", delivery_views_development.mailbox, name="dev_mailbox"),
    path("dev/mail/<int:pk>/", delivery_views_development.mailbox_message, name="dev_mail"),
    path("dev/mail/<int:pk>/html/", delivery_views_development.mailbox_html, name="dev_mail_html"),
]
