"""What was found within a text, for programs."""

from typing import Any

from django.conf import settings
from rest_framework import serializers


class PassageSerializer(serializers.Serializer[Any]):
    """A place within what was found, as a page of a file."""

    label = serializers.CharField()
    snippet = serializers.CharField(help_text="HTML: escaped, with <mark> around what was found.")
    url = serializers.SerializerMethodField()

    def get_url(self, passage: Any) -> str:
        return f"{settings.SITE_URL}{passage.url}"
