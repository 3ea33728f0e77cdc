"""Parts of addresses that several apps know; `whatson.urls` loads them."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from core.spreadsheets import CSV, XLSX


class TableFormat(StringConverter):
    """The ending of a table's file."""

    regex = f"{CSV}|{XLSX}"


register_converter(TableFormat, "table")
