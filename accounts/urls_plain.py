"""Addresses without a language: an institution leads back, and signs people out, by one alone."""

from django.urls import path

from accounts.single_sign_on import views

urlpatterns = [
    path("single-sign-on/<slug:code>/callback/", views.callback, name="single_sign_on_callback"),
    path("single-sign-on/<slug:code>/sign-out/", views.back_channel_logout, name="single_sign_on_sign_out"),
]
