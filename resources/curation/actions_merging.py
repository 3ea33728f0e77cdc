"""One suggestion that is two, two records that are one, and records that stand beside each other."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from resources.bookmarks.models import Bookmark
from resources.collections.models import CollectionItem
from resources.curation.actions import LOOK, note_changes
from resources.files.models import ResourceFile
from resources.records.actions import lock_for_change, write_facts
from resources.records.enums import Audience, Relation, ResourceStatus, StakeholderRole
from resources.records.models import Edition, Resource, ResourceRelation, ResourceStakeholder
from resources.records.queries import EDITION, facts_of
from search.actions import index
from stakeholders.entries.models import Stakeholder
from workflow.changes.models import ChangeRequest
from workflow.items.actions import answer_requests, close_items, open_item
from workflow.moves.actions import move

S = ResourceStatus
WIDEST_FIRST = [*Audience.values, ""]  # a draft may be without


def split(resource: Resource, *, actor: User, title: str) -> Resource:
    """Begin a second record from a suggestion that is two; it has the same suggester and waits as the first.

    Everything but title, address and identifiers is taken over, to be corrected.
    """
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.judge_resource")
        if stored.status not in (S.PENDING, S.HOLD, S.DRAFT):
            raise WrongState(_("Only what is not published yet can be split."))
        if not title:
            raise DomainError(_("Give the second resource a title."), fields={"title": _("Give it a title.")})
        facts = facts_of(stored)
        facts = {name: value for name, value in facts.items() if not name.startswith(EDITION)}
        facts |= {"symbol": "", "doi": "", "isbn": "", f"{EDITION}{stored.language_id}": {"title": title}}
        other = Resource(
            suggested_by=stored.suggested_by,
            suggested_for=stored.suggested_for,
            is_demo=stored.is_demo,
            submitted_at=stored.submitted_at,
            title=title,
        )
        other.status = S.PENDING if stored.is_suggestion else S.DRAFT
        write_facts(other, facts)
        ResourceRelation.objects.create(resource=other, other=stored, kind=Relation.SEE_ALSO)
        open_item(other, LOOK, waits_for="curation")
        record(stored, "resources.resource.split", actor=actor, into=other.pk)
        record(other, "resources.resource.split_off", actor=actor, source=stored.pk)
    return other


def merge(resource: Resource, into: Resource, *, actor: User) -> Resource:
    """Make `resource` a part of `into`, to which its address then leads.

    Editions in further languages, stakeholders, relations, bookmarks and places in collections come along;
    of an edition that both have, the files become its next versions. Raises DomainError, WrongState.
    """
    if resource.pk == into.pk:
        raise DomainError(_("Choose another resource."))
    with transaction.atomic():
        # Always in one order: two who merge at once would otherwise wait for each other.
        held = {
            row.pk: lock_for_change(row, actor, "resources.merge_resource")
            for row in sorted((resource, into), key=lambda r: r.pk)
        }
        gone, remaining = held[resource.pk], held[into.pk]
        if remaining.status in (S.MERGED, S.WITHDRAWN, S.REFUSED):
            raise WrongState(_("The remaining resource is not published."))
        if WIDEST_FIRST.index(gone.audience) > WIDEST_FIRST.index(remaining.audience):
            raise DomainError(
                _("The other resource has a wider audience. Give both the same audience first."),
                fields={"record": _("It has a wider audience than this one.")},
            )
        if gone.is_embargoed and not remaining.is_embargoed:
            raise DomainError(
                _(
                    "This resource is under embargo, the other is not. End the embargo first, "
                    "or put both under embargo."
                ),
                fields={"record": _("It is not under embargo.")},
            )
        if ChangeRequest.objects.about(gone).open().exists():
            raise WrongState(_("A change of this resource awaits a decision. Please decide on it first."))
        before = facts_of(remaining)
        _move_editions(gone, remaining)
        for model, field in ((Bookmark, "user_id"), (CollectionItem, "collection_id")):
            _move_links(model, field, gone, remaining)
        for link in ResourceStakeholder.objects.filter(resource=gone):
            ResourceStakeholder.objects.get_or_create(
                resource=remaining, stakeholder_id=link.stakeholder_id, role=link.role
            )
        _move_relations(gone, remaining)
        move(gone, "merge", actor=actor, merged_into=remaining)
        close_items(gone)
        answer_requests(gone, actor=actor)
        Resource.objects.filter(merged_into=gone).update(merged_into=remaining)
        after = facts_of(remaining)
        changes = {
            name: [before.get(name, ""), after[name]] for name in after if before.get(name) != after[name]
        }
        remaining.version += 1
        remaining.save(update_fields=["version"])
        note_changes(remaining, changes, actor=actor)
        index(gone)
        index(remaining)
    return remaining


def _move_editions(gone: Resource, remaining: Resource) -> None:
    editions = {edition.language_id: edition for edition in remaining.editions.all()}
    for edition in Edition.objects.filter(resource=gone):
        same = editions.get(edition.language_id)
        if same is None:
            Edition.objects.filter(pk=edition.pk).update(resource=remaining, is_original=False)
            continue
        last = same.files.order_by("-number").values_list("number", flat=True).first() or 0
        for number, file in enumerate(edition.files.order_by("number"), start=last + 1):
            ResourceFile.objects.filter(pk=file.pk).update(edition=same, number=number)
    for resource in (gone, remaining):
        resource.refresh_from_db()  # its editions may have been prefetched before they moved


def _move_links(model: Any, field: str, gone: Resource, remaining: Resource) -> None:
    existing = model.objects.filter(resource=remaining).values(field)
    model.objects.filter(resource=gone).exclude(**{f"{field}__in": existing}).update(resource=remaining)
    model.objects.filter(resource=gone).delete()


def _move_relations(gone: Resource, remaining: Resource) -> None:
    for mine, other in (("resource", "other"), ("other", "resource")):
        for row in ResourceRelation.objects.filter(**{mine: gone}):
            if getattr(row, f"{other}_id") != remaining.pk:
                ResourceRelation.objects.get_or_create(
                    **{mine: remaining, f"{other}_id": getattr(row, f"{other}_id"), "kind": row.kind}
                )
            row.delete()


def relate(resource: Resource, other: Resource, kind: str, *, actor: User) -> None:
    """Relate one record to another. Doing it twice changes nothing."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.edit_resource")
        if other.pk == stored.pk or kind not in Relation.values:
            raise DomainError(_("Choose another resource, and its relation to this one."))
        _row, created = ResourceRelation.objects.get_or_create(resource=stored, other=other, kind=kind)
        if created:
            record(stored, "resources.resource.relate", actor=actor, other=other.pk, kind=kind)
            index(stored)


def unrelate(resource: Resource, relation: int, *, actor: User) -> None:
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.edit_resource")
        row = ResourceRelation.objects.filter(pk=relation, resource=stored).first()
        if row is not None:
            row.delete()
            record(stored, "resources.resource.unrelate", actor=actor, other=row.other_id, kind=row.kind)
            index(stored)


def credit(resource: Resource, stakeholder: Stakeholder, role: str, *, actor: User) -> None:
    """Name a stakeholder of the directory as author or publisher."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.edit_resource")
        if role not in StakeholderRole.values:
            raise DomainError(_("Choose a role."), fields={"role": _("Choose a role.")})
        _row, created = ResourceStakeholder.objects.get_or_create(
            resource=stored, stakeholder=stakeholder, role=role
        )
        if created:
            record(stored, "resources.resource.credit", actor=actor, stakeholder=stakeholder.pk, role=role)
            index(stored)


def uncredit(resource: Resource, link: int, *, actor: User) -> None:
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.edit_resource")
        row = ResourceStakeholder.objects.filter(pk=link, resource=stored).first()
        if row is not None:
            row.delete()
            record(stored, "resources.resource.uncredit", actor=actor, stakeholder=row.stakeholder_id)
            index(stored)
