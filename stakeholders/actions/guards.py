"""What must be settled before an application can be approved, each by whoever knows of it."""

from collections.abc import Callable

from core.errors import DomainError
from core.hooks import Registry
from stakeholders.models import Application

# A guard says why the application cannot be approved yet, or None.
type Guard = Callable[[Application], str | None]
guards: Registry[Guard] = Registry("stakeholders.actions.guards")


def refuse_if_guarded(application: Application) -> None:
    """Raise DomainError with everything that stands in the way of an approval."""
    said = [message for guard in guards.values() if (message := guard(application))]
    if said:
        raise DomainError(" ".join(said))
