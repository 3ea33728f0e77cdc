"""The bodies whose sessions are events, and what proposals are held against, as the desk edits them."""

from django.contrib import admin

from events.events.models import Body
from events.reviewing.models import EligibilityQuestion
from taxonomy.admin import NamedAdmin


@admin.register(Body)
class BodyAdmin(NamedAdmin):
    facts = ["position"]
    columns = ["position"]


@admin.register(EligibilityQuestion)
class EligibilityQuestionAdmin(NamedAdmin):
    facts = ["position", "text", "retired"]
    columns = ["position", "retired"]
