from django import template
from django.utils.html import format_html

from taxonomy.names.models import Named
from taxonomy.names.sorting import content_language

register = template.Library()


@register.filter
def named(row: Named) -> str:
    """Return the name of a row, marked as English where it is not translated."""
    if row.name_language == content_language():
        return row.name
    return format_html('<span lang="{}" dir="ltr">{}</span>', row.name_language, row.name)
