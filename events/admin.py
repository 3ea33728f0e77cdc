"""The bodies whose sessions are events, as the desk edits them."""

from django.contrib import admin

from events.models import Body
from taxonomy.admin import NamedAdmin


@admin.register(Body)
class BodyAdmin(NamedAdmin):
    facts = ["position"]
    columns = ["position"]
