"""The form of a suggestion, for its pages and for programs."""

from typing import Any

from accounts.people.models import User
from core.drafts import Draft, Gap
from resources.curation.forms_record import RecordForm
from resources.records.actions import gaps
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from resources.suggestions import actions
from workflow.items.queries import open_requests


def writing_form(resource: Resource, data: Any = None, files: Any = None) -> RecordForm:
    """Return the form in which its people write it: of what is on hold, what the desk asks about."""
    requests = open_requests(resource) if resource.status == ResourceStatus.HOLD else None
    return RecordForm(data, resource=resource, questions=requests or None)


def save_form(form: RecordForm, actor: User) -> Resource:
    """Save what could be read."""
    resource: Any = form.resource
    return actions.save(
        resource,
        actor=actor,
        version=form.cleaned_data["version"],
        facts=form.facts(),
        note=form.cleaned_data.get("note", resource.note),
    )


def gaps_at_fields(resource: Resource) -> list[Gap]:
    return [Gap(field, text) for field, text in gaps(resource).items()]


SUGGESTION = Draft(writing_form, save_form, gaps_at_fields, actions)
