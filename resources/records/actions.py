"""Write facts into a record (see `queries.facts_of`), and what all acts on a record share."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError, WrongState
from resources.records.enums import Audience, ResourceKind, ResourceStatus
from resources.records.identifiers import partial_date
from resources.records.models import Author, Edition, Resource
from resources.records.queries import EDITION, LISTS, OF_EDITION, PLAIN, Facts, differences, facts_of
from taxonomy.names.models import Revision
from workflow.moves.actions import lock

KIND = "resources.resource"


def lock_record(resource: Resource) -> Resource:
    """Return the record as it is now, locked, without asking for a permission."""
    return Resource.objects.select_for_update(no_key=True, of=("self",)).get(pk=resource.pk)


def lock_for_change(resource: Resource, actor: User, permission: str, version: int | None = None) -> Resource:
    """Lock the record for an act that the person may make. Raises PermissionDenied, WrongState."""
    stored = lock(resource, actor, permission)
    if version is not None and stored.version != version:
        raise WrongState(
            _("Another person has changed this in the meantime. Check the changes, then save yours again.")
        )
    return stored


def write_facts(resource: Resource, facts: Facts) -> dict[str, list[Any]]:
    """Write facts into a locked or new record. Return what differs, as `differences` does.

    Fields that are not named stay. An edition that is {} is deleted. Raises DomainError where that has files,
    or is the last one of a record that is no draft.
    """
    before = facts_of(resource) if resource.pk else {}
    changed = differences(before, facts)
    _set_columns(resource, facts)
    resource.version += 1
    resource.updated_at = now()
    if resource.code and changed:
        resource.edited_by_hand, resource.gone_since = True, None
    if f"{EDITION}{resource.language_id}.title" in changed:
        resource.title_is_ours = False
    resource.save()
    for name in LISTS:
        if name in facts:
            getattr(resource, name).set(facts[name])
    if "authors" in facts:
        resource.authors.all().delete()
        Author.objects.bulk_create(
            Author(resource=resource, name=name, position=position)
            for position, name in enumerate(facts["authors"])
        )
    _set_editions(resource, facts)
    return changed


def _set_columns(resource: Resource, facts: Facts) -> None:
    for name in (*PLAIN, "source", "source_url", "embargo_zone"):
        if name in facts:
            setattr(resource, name, facts[name])
    if "language" in facts:
        resource.language_id = facts["language"]
    if "published_on" in facts:
        resource.published_on, resource.precision = partial_date(facts["published_on"])
    if "source_date" in facts:
        text = facts["source_date"]
        resource.source_date = date.fromisoformat(text) if text else None
    if "embargo_until" in facts:
        text = facts["embargo_until"]
        resource.embargo_until = datetime.fromisoformat(text) if text else None


def _set_editions(resource: Resource, facts: Facts) -> None:
    editions = {edition.language_id: edition for edition in resource.editions.all()}
    _rename_original(resource, facts, editions)
    for name, texts in facts.items():
        if not name.startswith(EDITION):
            continue
        code = name.removeprefix(EDITION)
        edition = editions.pop(code, None)
        if not texts:
            if edition is not None:
                _delete_edition(edition)
            continue
        edition = edition or Edition(resource=resource, language_id=code)
        for field in OF_EDITION:
            setattr(edition, field, texts.get(field, ""))
        # Only one edition can be the original: the mark is taken here and set below.
        edition.is_original = edition.is_original and code == resource.language_id
        edition.save()
    resource.editions.exclude(language=resource.language_id).filter(is_original=True).update(
        is_original=False
    )
    resource.editions.filter(language=resource.language_id).update(is_original=True)
    resource.refresh_from_db()  # its editions may have been prefetched before they changed
    first = resource.editions.first()
    if first is None and resource.status != ResourceStatus.DRAFT:
        raise DomainError(_("A resource needs a title in at least one language."), fields={"editions": ""})
    title = first.title if first else ""
    if title != resource.title:
        Resource.objects.filter(pk=resource.pk).update(title=title)
        resource.title = title


def _rename_original(resource: Resource, facts: Facts, editions: dict[str, Edition]) -> None:
    """Give the edition of the original, with its files, the language that the original has now."""
    new = str(resource.language_id)
    old = next((code for code, edition in editions.items() if edition.is_original and code != new), None)
    if old and new not in editions and facts.get(f"{EDITION}{old}") == {} and facts.get(f"{EDITION}{new}"):
        editions[new] = editions.pop(old)
        editions[new].language_id = new


def _delete_edition(edition: Edition) -> None:
    if edition.files.exists():
        raise DomainError(
            _("This edition has files, which remain citable. Keep it, or withdraw the resource."),
            fields={"editions": _("An edition with files cannot be taken out.")},
        )
    edition.delete()


def refuse_incomplete(resource: Resource) -> None:
    """Raise DomainError with the gaps by field of the form, where a record cannot be submitted or shown."""
    missing = gaps(resource)
    if missing:
        raise DomainError(_("The resource is not complete yet."), fields=missing)


def gaps(resource: Resource) -> dict[str, str]:
    """Return what keeps a record from being submitted: field of the form → message."""
    editions = list(resource.editions.all())
    original = next((edition for edition in editions if edition.is_original), None)
    missing = {}
    if not resource.kind:
        missing["kind"] = _("Choose the type of resource.")
    if not resource.audience or (resource.is_suggestion and resource.audience == Audience.DESK):
        missing["audience"] = _("Choose who may read it.")
    if original is None or not original.title:
        missing["title"] = _("Give the title in the language of the original.")
        return missing
    if not original.abstract:
        missing["abstract"] = _("Describe in a few sentences what it is and for whom.")
    if resource.kind == ResourceKind.GOOD_PRACTICE:
        if not original.short_form:
            missing["short_form"] = _("Describe the practice in short.")
    elif not any(edition.link for edition in editions) and not any(
        edition.files.exists() for edition in editions
    ):
        missing["link"] = _("Enter where it can be read, or add the file.")
    if not resource.topics.exists():
        missing["topics"] = _("Choose at least one topic.")
    return missing


def store_revision(resource: Resource, changes: Mapping[str, list[Any]]) -> Revision:
    """Store the changes of a record as a revision, once others than its writers have seen it."""
    return Revision.objects.create(kind=KIND, code=str(resource.pk), changes=dict(changes))
