"""What a process of the portal settles with its database once, as it starts."""

import sys

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections


def limit_statements(seconds: int) -> None:
    """Let the database end any statement of this process that takes longer. To be called before the first."""
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c statement_timeout={seconds}s".strip()


def refuse_unfit_database() -> None:
    """End the process, with one line for each fault, when a check of the database finds one.

    A database that cannot be reached raises its own OperationalError: whoever restarts us will try again.
    """
    found = checks.run_checks(tags=[checks.Tags.database], databases=[DEFAULT_DB_ALIAS])
    connections.close_all()
    faults = [message for message in found if message.is_serious() and not message.is_silenced()]
    if faults:
        for fault in faults:
            sys.stderr.write(f"The portal does not start ({fault.id}): {fault.msg} {fault.hint or ''}\n")
        raise SystemExit(3)
