"""People: the user, sign-in, security, language, time zone, consent, role grants."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
