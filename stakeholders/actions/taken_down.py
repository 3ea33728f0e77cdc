"""Telling those whose it is that the desk hid something of theirs, took it down, or shows it again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.people.models import User
from notifications.outbox.actions import notify_all
from workflow.moves.models import Decision

KIND = "stakeholders.moderated"


def tell_whose_it_is(
    thing: Any, decision: Decision, people: QuerySet[User], *, url_name: str, url_args: Sequence[Any]
) -> None:
    """One mail each with the reason and the note, in the transaction of the act; the page is their own."""
    notify_all(
        people,
        KIND,
        key=f"moderated:{decision.pk}",
        url_name=url_name,
        url_args=list(url_args),
        subject=thing,
        facts={"name": str(thing), "move": decision.move, "reason": decision.reason, "note": decision.note},
    )
