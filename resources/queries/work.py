"""What waits for a person in the library: suggestions to write, or to answer the desk about."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from resources.queries.suggesting import waiting_for
from workflow.hooks import MyPart, Task


def my_work(user: Any) -> MyPart:
    """One query."""
    return MyPart([_suggestion(one) for one in waiting_for(user)])


def _suggestion(one: Any) -> Task:
    do = pgettext("draft", "Continue") if one.is_draft else pgettext("button", "Answer")
    facts = [str(one.get_status_display()), *([one.suggested_for.name] if one.suggested_for else [])]
    url = reverse("resources:suggestion", args=[one.pk])
    return Task(str(one), url, _("Suggestion for the library"), do, None, one.language_id or "", facts)
