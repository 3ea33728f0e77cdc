from django.urls import path

from notifications import views

urlpatterns = [
    path("dev/", views.dev_index, name="dev_index"),
    path("dev/mail/", views.mailbox, name="dev_mailbox"),
    path("dev/mail/<int:pk>/", views.mailbox_message, name="dev_mail"),
    path("dev/mail/<int:pk>/html/", views.mailbox_html, name="dev_mail_html"),
]
