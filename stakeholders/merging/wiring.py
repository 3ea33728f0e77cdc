"""Merging in the registries of the apps below, and of this one."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from notifications.hooks import kind
from stakeholders.entries.queries import still_belongs_to
from stakeholders.family.actions import settle_for_merge
from stakeholders.followers.actions import follow_to_kept
from stakeholders.hooks import before_merge, merge_counts
from stakeholders.merging import actions_settling
from stakeholders.merging.actions_settling import settle_reports, settle_sources

sentence(
    "stakeholders.merged_in",
    _("%(actor)s merged entry no. %(merged)s into this one; what belonged to it came along"),
    audience=Audience.SUBJECT,
)

before_merge.register("stakeholders.family", settle_for_merge)

before_merge.register("stakeholders.follows", follow_to_kept)

# --- Merging in the registries of the apps below, and of this one ------------------------------------

before_merge.register("stakeholders.members", actions_settling.settle_members)
before_merge.register("stakeholders.invitations", actions_settling.settle_invitations)
before_merge.register("stakeholders.requests", actions_settling.settle_requests)
before_merge.register("stakeholders.changes", actions_settling.settle_changes)
before_merge.register("stakeholders.screening", actions_settling.settle_matches)
before_merge.register("stakeholders.imports", actions_settling.settle_imports)
before_merge.register("stakeholders.contact", actions_settling.settle_conversations)
before_merge.register("stakeholders.notices", actions_settling.settle_notices)
merge_counts.register("stakeholders", actions_settling.counts_by_number)
kind(
    "stakeholders.entry_merged",
    label=_("Your entry was merged with another"),
    group=_("Your entries"),
    essential=True,
    still_visible=still_belongs_to,
)

before_merge.register("stakeholders.reports", settle_reports)

before_merge.register("stakeholders.sources", settle_sources)
