"""What apps above bring: each resource of the API, under the name in its address."""

from typing import TYPE_CHECKING

from core.hooks import Registry

if TYPE_CHECKING:
    from api.resources import Resource

# "stakeholders" → the class that answers at /api/v1/stakeholders/.
resources: "Registry[type[Resource]]" = Registry("api.resources")

# Names of what is one's own begin so: "me/projects".
OWN = "me/"
# At these addresses it was in 1.0, and is for programs that were written then.
FORMER = "own-"


def basename_of(name: str) -> str:
    """Return what the names of a resource's addresses begin with: "me-projects" of "me/projects"."""
    return name.replace("/", "-")


def former_name(name: str) -> str:
    """Return the name that 1.0 had for one's own: "own-projects" of "me/projects"."""
    return FORMER + name.removeprefix(OWN)
