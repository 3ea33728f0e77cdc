"""An address without a language: an institution leads back to one alone."""

from django.urls import path

from accounts.single_sign_on import views

urlpatterns = [path("single-sign-on/<slug:code>/callback/", views.callback, name="single_sign_on_callback")]
