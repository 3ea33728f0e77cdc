from django.urls import path

from notifications.views import development, reports

urlpatterns = [
    path("mail/reports/", reports.reports, name="mail_reports"),
    path("dev/", development.dev_index, name="dev_index"),
    path("dev/mail/", development.mailbox, name="dev_mailbox"),
    path("dev/mail/<int:pk>/", development.mailbox_message, name="dev_mail"),
    path("dev/mail/<int:pk>/html/", development.mailbox_html, name="dev_mail_html"),
]
