import rules

from accounts.rules import is_administrator

rules.add_perm("audit.read_log", is_administrator)
