"""Codes as parts of an address; `whatson.urls` loads them."""

from django.urls import register_converter


class Iso3:
    """A country or area by its ISO alpha-3 code."""

    regex = "[A-Z]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Iso3, "iso3")
