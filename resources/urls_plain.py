"""Addresses of the library without a language, for programs."""

from django.urls import path

from resources.harvesting import views as harvesting_views

urlpatterns = [path("oai/", harvesting_views.oai, name="oai")]
