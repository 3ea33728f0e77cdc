"""What apps above bring: each resource of the API, under the name in its address."""

from typing import TYPE_CHECKING

from core.hooks import Registry

if TYPE_CHECKING:
    from api.resources import Resource

# "stakeholders" → the class that answers at /api/v1/stakeholders/.
resources: "Registry[type[Resource]]" = Registry("api.resources")
