"""Merging in the registries of the apps below, and of this one."""

from django.utils.translation import gettext_lazy as _

from notifications.hooks import kind
from stakeholders.actions import merging_parts as parts
from stakeholders.registered.standing import _still_theirs
from stakeholders.registry import before_merge, merge_counts

before_merge.register("stakeholders.members", parts.settle_members)
before_merge.register("stakeholders.invitations", parts.settle_invitations)
before_merge.register("stakeholders.requests", parts.settle_requests)
before_merge.register("stakeholders.changes", parts.settle_changes)
before_merge.register("stakeholders.screening", parts.settle_matches)
before_merge.register("stakeholders.imports", parts.settle_imports)
before_merge.register("stakeholders.contact", parts.settle_conversations)
before_merge.register("stakeholders.notices", parts.settle_notices)
merge_counts.register("stakeholders", parts.counts_by_number)
kind(
    "stakeholders.entry_merged",
    label=_("Your entry was merged with another"),
    group=_("Your entries"),
    essential=True,
    still_visible=_still_theirs,
)
