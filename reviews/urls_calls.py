"""Calls, contributions and observations, as everybody and contributors meet them."""

from django.urls import path

app_name = "calls"
urlpatterns: list = []
