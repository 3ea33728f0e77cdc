"""Who may do what with stories."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from stakeholders.entries.rules import acts_for, belongs_to

curates = has_role(Role.CURATION, Role.HEAD)


@rules.predicate
def writes_it(user: Any, story: Any = None) -> bool:
    """An administrator or editor of its stakeholder. What the desk writes for one stays the desk's."""
    return story is not None and not story.by_desk and acts_for(user, story.stakeholder_id)


@rules.predicate
def takes_it_back(user: Any, story: Any = None) -> bool:
    """As `writes_it`, however the stakeholder stands: one may always withdraw what speaks for one."""
    return story is not None and belongs_to(user, story.stakeholder_id)


@rules.predicate
def is_of_the_desk(user: Any, story: Any = None) -> bool:
    return story is not None and story.by_desk


@rules.predicate
def is_sent(user: Any, story: Any = None) -> bool:
    return story is not None and not story.is_draft


for_the_desk = curates & (is_of_the_desk | is_sent)

rules.add_perm("news.view_story", is_visible)
rules.add_perm("news.curate_stories", curates)
rules.add_perm("news.change_story", writes_it | for_the_desk)
rules.add_perm("news.submit_story", writes_it)
rules.add_perm("news.revise_story", writes_it)
rules.add_perm("news.publish_story", for_the_desk)
rules.add_perm("news.withdraw_story", takes_it_back | curates)
rules.add_perm("news.judge_story", curates)  # proposed changes of what is published
rules.add_perm("news.return_story", curates)
rules.add_perm("news.hold_story", curates)
rules.add_perm("news.resume_story", curates)
rules.add_perm("news.refuse_story", curates)
rules.add_perm("news.pull_story", curates)
rules.add_perm("news.archive_story", curates)
rules.add_perm("news.restore_story", curates)
