"""What a process of the portal settles with its database once, as it starts."""

import re
import sys

import psycopg
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

# What a server says to whom it will never let in; anything else may pass.
FOR_GOOD = re.compile(
    r"FATAL: +((?:password|Ident|Peer)? ?authentication failed.*|.*does not exist|no pg_hba\.conf .*"
    r"|permission denied .*|role .* is not permitted .*)"
)


def refuse_wrong_address() -> None:
    """End the process, with one line, when the server refuses whom DATABASE_URL names.

    The pool only says that it got no connection; so this asks without it.
    """
    try:
        psycopg.connect(
            **{"connect_timeout": 5} | connections[DEFAULT_DB_ALIAS].get_connection_params()
        ).close()
    except psycopg.OperationalError as error:
        if match := FOR_GOOD.search(str(error)):
            sys.stderr.write(f"The portal does not start: DATABASE_URL is refused: {match[1]}\n")
            raise SystemExit(3) from None


def limit_statements(seconds: int) -> None:
    """Let the database end any statement of this process that takes longer. To be called before the first.

    0 asks for nothing; nor is a pooler asked, which takes no options: there the role has the limit.
    """
    for database in connections.settings.values():
        options = database["OPTIONS"]
        if seconds and not database["DISABLE_SERVER_SIDE_CURSORS"]:
            options["options"] = f"{options.get('options', '')} -c statement_timeout={seconds}s".strip()


def refuse_unfit_database() -> None:
    """End the process, with one line for each fault, when a check of the database finds one.

    A database that cannot be reached raises its own OperationalError: whoever restarts us will try again.
    """
    refuse_wrong_address()
    check_messages = checks.run_checks(
        tags=[checks.Tags.database], databases=[DEFAULT_DB_ALIAS], include_deployment_checks=True
    )
    connections.close_all()
    close_pools()  # their threads would not come along where the processes of a web server part
    faults = [message for message in check_messages if message.is_serious() and not message.is_silenced()]
    if faults:
        for fault in faults:
            sys.stderr.write(f"The portal does not start ({fault.id}): {fault.msg} {fault.hint or ''}\n")
        raise SystemExit(3)


def close_pools() -> None:
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()
