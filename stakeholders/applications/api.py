"""The questions of the registration as programs read and answer them."""

from typing import Any

from rest_framework import serializers

from stakeholders.applications.enums import FACTS
from stakeholders.entries.enums import CODED


def fact_fields(**options: Any) -> dict[str, Any]:
    """Return the fields of the questions that are answered by one code or by one line; all may be blank."""
    return {
        name: serializers.ChoiceField(choices=CODED[name], allow_blank=True, **options)
        if name in CODED
        else serializers.CharField(allow_blank=True, **options)
        for name in FACTS
    }
