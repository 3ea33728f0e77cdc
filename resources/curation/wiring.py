"""Records in the registries of the apps below."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Section, declare_kept, kept_lists
from accounts.people.enums import Role
from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import Channel, asks_for_answer, kind, target
from resources.curation import queries
from resources.curation.actions import withdraw
from resources.curation.actions_changes import carry_out
from resources.curation.queries import facts_with_files
from resources.files import queries as files_queries
from resources.records import queries as records_queries
from resources.records.enums import WithdrawalReason
from resources.records.models import Resource, ResourceStakeholder
from search.actions import index_many
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import Act, Reportable, after_naming, before_merge, dossier_sections, reportable
from stakeholders.moderation.enums import Deed, ThingOutcome, Why
from workflow.hooks import Applier, appliers, desk_pages, desk_roles, parties_on

sentence("resources.resource.write", _("%(actor)s added the resource"))
sentence("resources.resource.edit", _("%(actor)s edited the resource (%(fields)s)"))
sentence("resources.resource.split", _("%(actor)s split off a second resource, number %(into)s"))
sentence("resources.resource.suggest", _("%(actor)s began a suggestion"), audience=Audience.SUBJECT)
sentence("resources.resource.trusted", _("Published at once, as its source is trusted (%(level)s)"))
sentence("resources.resource.confirm", _("%(actor)s looked at what was published at once, and left it"))
for _name, _text in (
    ("post", _("%(actor)s published the resource")),
    ("publish", _("%(actor)s published the resource")),
    ("archive", _("%(actor)s archived the resource")),
    ("restore", _("%(actor)s published the resource again")),
):
    sentence(f"resources.resource.{_name}", _text, audience=Audience.PUBLIC)
sentence(
    "resources.resource.withdraw",
    _("%(actor)s withdrew the resource: %(reason)s"),
    audience=Audience.PUBLIC,
    labels={"reason": dict(WithdrawalReason.choices)},
)
for _name, _text in (
    ("split_off", _("Split off resource number %(source)s by %(actor)s")),
    ("assign", _("%(actor)s gave the work to a colleague")),
    ("relate", _("%(actor)s related it to resource number %(other)s")),
    ("unrelate", _("%(actor)s removed the relation to resource number %(other)s")),
    ("credit", _("%(actor)s named stakeholder number %(stakeholder)s")),
    ("uncredit", _("%(actor)s removed stakeholder number %(stakeholder)s")),
):
    sentence(f"resources.resource.{_name}", _text)


RESOURCE = "resources.resource"


def _parties_on(resource: Resource) -> set[str]:
    """Return whose matter a suggestion is. A record of the desk is its author's."""
    if resource.suggested_for_id is None:
        return set()
    return {f"person:{resource.suggested_by_id}", resource.party} - {"", "person:None"}


def _settle(remaining: Any, gone: Any) -> None:
    """Before a merge of two stakeholders delete the roles that both have in the same resource."""
    for link in ResourceStakeholder.objects.filter(stakeholder=remaining):
        ResourceStakeholder.objects.filter(
            stakeholder=gone, resource=link.resource_id, role=link.role
        ).delete()


def _index_naming(entries: Collection[int], _hides: bool) -> None:
    credited = ResourceStakeholder.objects.filter(stakeholder__in=entries)
    index_many(RESOURCE, sorted(set(credited.values_list("resource", flat=True))))


kept_lists.register("resources.guidance", (Role.CURATION, Role.ADMINISTRATOR))
parties_on.register(RESOURCE, _parties_on)
appliers.register(RESOURCE, Applier(carry_out, present=facts_with_files))
desk_pages.register(RESOURCE, "resourcedesk:record")
desk_pages.register("workflow.changerequest resource_change", "resourcedesk:change")
desk_roles.register(RESOURCE, (Role.CURATION,))
before_merge.register("resources.stakeholders", _settle)
register(RESOURCE, files_queries.documents, label=_("Resource"))
after_naming.register(RESOURCE, _index_naming)


def _curates(user: Any) -> bool:
    return holds(user, Role.CURATION)


target(
    "resource",
    label=_("Resource"),
    labels=records_queries.visible_titles,
    path=lambda code: reverse("resources:by_number", args=[code]),
    brings=_("Publication of a new version."),
)
kind(
    "resources.resource_published",
    label=_("A resource is published in the library"),
    group=pgettext_lazy("group of messages", "Library"),
    mail=Channel.DAILY,
    among=Resource.objects.shown_to,
    readers=records_queries.readers,
    visible_pairs=records_queries.visible_pairs,
)
for _name, _label in (
    ("resources.yours_published", _("Your suggestion is in the library")),
    ("resources.yours_returned", _("Questions about your suggestion")),
    ("resources.yours_refused", _("Your suggestion was declined")),
    ("resources.yours_withdrawn", _("A resource that you suggested is withdrawn")),
    ("resources.yours_change_approved", _("Your change of a resource is made")),
    ("resources.yours_change_declined", _("Your change of a resource is not made")),
):
    kind(
        _name,
        label=_label,
        group=_("Your suggestions for the library"),
        essential=True,
        still_visible=records_queries.is_seen_by,
        concerns=acts_for_somebody,
    )
asks_for_answer("resources.yours_returned")
for _name, _label in (
    ("resources.arrived", _("Suggestion for the library to review")),
    ("resources.answered", _("A contributor has answered the desk")),
    ("resources.change_proposed", _("Change of a resource to review")),
):
    kind(
        _name,
        label=_label,
        group=_("Work of the desk"),
        still_visible=records_queries.is_seen_by,
        concerns=_curates,
    )

# --- Records of the library in moderation, and their part of a stakeholder's dossier -----------------

_REASONS: dict[str, str] = {
    Why.UNTRUE: WithdrawalReason.ERROR,
    Why.ABUSE: WithdrawalReason.SAFETY,
    Why.PRIVACY: WithdrawalReason.SAFETY,
    Why.RIGHTS: WithdrawalReason.RIGHTS,
    Why.ADVERTISING: WithdrawalReason.MISTAKE,
    Why.TERMS: WithdrawalReason.MISTAKE,
}


def _find(user: Any, pk: int) -> Resource | None:
    rows = Resource.objects.visible_to(user).select_related("suggested_for__country")
    return rows.filter(pk=pk).first()


def _withdraw(resource: Resource, actor: Any, reason: str, note: str) -> None:
    withdraw(resource, actor=actor, reason=reason, note=note)


reportable.register(
    "resources.resource",
    Reportable(
        label=_("Resource of the library"),
        find=_find,
        stakeholder_of=lambda resource: resource.suggested_for,
        roles=(Role.CURATION,),
        acts={Deed.REMOVE: Act(ThingOutcome.TAKEN_DOWN, _withdraw, _REASONS)},
    ),
)
dossier_sections.register(
    "resources",
    Section(
        _("Resources of the library"),
        _("What was suggested for the stakeholder, and what was decided."),
        queries.dossier_resources,
    ),
)

declare_kept(
    _("Resources that you suggested, which stay their stakeholder's, with their files"),
    "resources.resource.suggested_by",
    "resources.resourcefile.uploaded_by",
    "resources.proposedfile.uploaded_by",
)
declare_kept(
    _("Collections, which remain with their stakeholder or the WhatsOn team"),
    "resources.collection.written_by",
)

desk_card(
    "resourcedesk:home",
    group="library",
    position=10,
    title=_("Resources and suggestions"),
    text=_("Written, published, archived; and what members suggest."),
    permission="resources.curate_resources",
    work=("look",),
    kind="resources.resource",
    do=_("Review resource"),
)

desk_card(
    "resourcedesk:home",
    group="library",
    position=20,
    part="?state=after",
    title=_("Published at once"),
    text=_("What trusted sources published, to be read afterwards."),
    permission="resources.curate_resources",
    work=("review",),
    kind="resources.resource",
    do=_("Review resource"),
)

desk_card(
    "resourcedesk:home",
    group="library",
    position=30,
    part="#changes",
    title=_("Changes to resources"),
    text=_("Changes that members propose to published resources."),
    permission="resources.curate_resources",
    work=("resource_change",),
    do=_("Review change"),
)

help_at("library", "resourcedesk")
