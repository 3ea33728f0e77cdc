"""What another part of the portal has made public is suggested to the library, without a form.

It waits in the desk's one queue like any other suggestion, whoever sends it and however far they are trusted.
"""

from django.core.files import File
from django.db import transaction
from django.utils.timezone import now

from accounts.people.models import User
from audit.actions import record
from core.later import later
from core.uploads import StoredFile
from resources.actions.files import TASK
from resources.actions.suggestions import tell_desk
from resources.actions.writing import write
from resources.models import Resource, ResourceFile
from resources.queries.facts import Facts
from stakeholders.entries.models import Stakeholder
from workflow.moves.actions import move


def offer(
    facts: Facts, *, stakeholder: Stakeholder | None, by: User | None, file: StoredFile | None = None
) -> Resource:
    """A suggestion of the stakeholder; without one it is the desk's own record, and waits all the same.

    `facts` name one edition. `file` is copied into it. What is still missing the desk fills in.
    """
    with transaction.atomic():
        resource = Resource(suggested_by=by, suggested_for=stakeholder, is_demo=bool(by and by.is_demo))
        write(resource, facts)
        record(resource, "resources.resource.suggest", actor=by)
        if file is not None:
            _copy(resource, file, by)
        move(resource, "submit", actor=by, system=True, submitted_at=now())
        tell_desk(resource, "arrived")
    return resource


def _copy(resource: Resource, file: StoredFile, by: User | None) -> None:
    edition = resource.editions.get()
    with file.file.open("rb") as content:
        copy = ResourceFile(
            edition=edition,
            uploaded_by=by,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            file=File(content, name=file.name),
        )
        copy.save()
    later(TASK, pk=copy.pk)
