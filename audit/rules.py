import rules

from accounts.people.rules import is_administrator

rules.add_perm("audit.read_log", is_administrator)
