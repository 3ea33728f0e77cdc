"""Beginning and going on with a draft: the desk's own, or a stakeholder's suggestion."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.people.models import User
from resources.curation import actions as curation_actions
from resources.files import actions as files_actions
from resources.records.models import Resource
from resources.records.queries import EDITION, Facts, edition_facts
from resources.suggestions import actions as suggestions_actions
from stakeholders.entries.models import Stakeholder


def begin(
    *, actor: User, stakeholder: Stakeholder | None, link: str = "", upload: UploadedFile | None = None
) -> Resource:
    """Create a draft of the stakeholder or, without one, of the desk. `upload`: cleaned by a `FileForm`.

    Its language is what the desk or the person writes in, until somebody says another.
    """
    language = (actor.language if stakeholder else "") or "en"
    facts = {"language": language, **_original(language, {}, link)}
    with transaction.atomic():
        if stakeholder is None:
            resource = curation_actions.begin(actor=actor, facts=facts)
        else:
            resource = suggestions_actions.begin(actor=actor, stakeholder=stakeholder, facts=facts)
        if upload is not None:
            files_actions.take(resource.editions.get(is_original=True), upload, actor=actor)
    return resource


def put_file(
    resource: Resource, *, actor: User, version: int, link: str, upload: UploadedFile | None
) -> Resource:
    """Set another address. A new file replaces the old one, which no reader has seen."""
    with transaction.atomic():
        before = resource.editions.filter(is_original=True).first()
        facts = _original(str(resource.language_id), edition_facts(before) if before else {}, link)
        stored = save(resource, actor=actor, version=version, facts=facts)
        if upload is not None:
            original = stored.editions.get(is_original=True)
            for file in original.files.all():
                files_actions.remove(file, actor=actor)
            files_actions.take(original, upload, actor=actor)
    return stored


def _original(language: str, before: dict[str, str], link: str) -> dict[str, Any]:
    return {f"{EDITION}{language}": {"title": "", **before, "link": link}}


def save(resource: Resource, *, actor: User, version: int, facts: Facts, note: str | None = None) -> Resource:
    """Save one step. Raises WrongState where another window has saved since."""
    if not resource.is_suggestion:
        return curation_actions.edit(resource, actor=actor, version=version, facts=facts)
    note = resource.note if note is None else note
    return suggestions_actions.save(resource, actor=actor, version=version, facts=facts, note=note)
