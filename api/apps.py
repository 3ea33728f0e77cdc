"""What all addresses of the API share: who asks, what may be asked, pages of rows, errors, the schema."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
