"""Who may do what with records of the library."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_signed_in, is_visible
from resources.records.enums import ResourceStatus
from stakeholders.entries.rules import acts_for, belongs_to

curates = has_role(Role.CURATION, Role.HEAD)


@rules.predicate
def suggests_it(user: Any, resource: Any = None) -> bool:
    """Return whether the person is an administrator or editor of the stakeholder that suggests it."""
    return resource is not None and acts_for(user, resource.suggested_for_id)


@rules.predicate
def takes_it_back(user: Any, resource: Any = None) -> bool:
    return resource is not None and belongs_to(user, resource.suggested_for_id)


@rules.predicate
def is_of_the_desk(user: Any, resource: Any = None) -> bool:
    """Return whether the desk keeps it itself, for no stakeholder."""
    return resource is not None and resource.suggested_for_id is None


@rules.predicate
def is_sent(user: Any, resource: Any = None) -> bool:
    return resource is not None and not resource.is_draft


@rules.predicate
def is_written(user: Any, resource: Any = None) -> bool:
    return resource is not None and resource.status in ResourceStatus.WRITTEN


_keeps = curates & (is_of_the_desk | is_sent)

rules.add_perm("resources.view_resource", is_visible)
rules.add_perm("resources.curate_resources", curates)
rules.add_perm("resources.add_resource", curates)
rules.add_perm("resources.edit_resource", _keeps)
rules.add_perm("resources.judge_resource", _keeps)
rules.add_perm("resources.write_resource", suggests_it)
# Its files: whoever curates always, its suggester while they write.
rules.add_perm("resources.file_resource", (suggests_it & is_written) | _keeps)
# What is published is changed by a proposal that the desk decides on.
rules.add_perm("resources.change_resource", suggests_it | _keeps)
rules.add_perm("resources.submit_resource", suggests_it)
rules.add_perm("resources.post_resource", suggests_it)
rules.add_perm("resources.resubmit_resource", suggests_it)
rules.add_perm("resources.revise_resource", suggests_it)
rules.add_perm("resources.take_back_resource", takes_it_back)
rules.add_perm("resources.publish_resource", _keeps)
rules.add_perm("resources.hold_resource", _keeps)
rules.add_perm("resources.resume_resource", _keeps)
rules.add_perm("resources.refuse_resource", _keeps)
rules.add_perm("resources.archive_resource", _keeps)
rules.add_perm("resources.restore_resource", _keeps)
rules.add_perm("resources.withdraw_resource", _keeps)
rules.add_perm("resources.merge_resource", _keeps)

rules.add_perm("resources.view_edition", is_visible)
rules.add_perm("resources.view_resourcefile", is_visible)
rules.add_perm("resources.keep_bookmarks", is_signed_in)
