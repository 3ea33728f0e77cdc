from django.urls import path

from portal import views

urlpatterns = [
    path("", views.root, name="root"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/change-password", views.change_password, name="change_password"),
]
