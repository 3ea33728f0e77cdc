"""Who makes the newsletter."""

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

MAKERS = (Role.CURATION, Role.HEAD)
makes_newsletter = has_role(*MAKERS)

rules.add_perm("news.make_newsletter", makes_newsletter)
rules.add_perm("news.send_newsletter", makes_newsletter)
