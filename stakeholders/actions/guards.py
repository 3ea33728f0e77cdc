"""What may stand in the way of an approval: each part of the vetting adds its guard, approve() asks them all."""

from collections.abc import Callable

from core.errors import DomainError
from core.registry import Registry
from stakeholders.models import Application

# Says, translated, what stands in the way; None where nothing does. Asked within approve()'s transaction.
type Guard = Callable[[Application], str | None]
guards: Registry[Guard] = Registry("stakeholders.actions.guards")


def refuse_if_guarded(application: Application) -> None:
    """Raise DomainError with everything that stands in the way of approving, where anything does."""
    messages = [message for guard in guards.values() if (message := guard(application))]
    if messages:
        raise DomainError(" ".join(messages))
