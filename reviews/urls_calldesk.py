"""Calls, screening and observations at the desk."""

from django.urls import path

app_name = "calldesk"
urlpatterns: list = []
