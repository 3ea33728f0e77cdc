"""Plans of networks in the index."""

from django.utils.translation import gettext_lazy as _

from coordination.plans import queries
from search.hooks import register

register("coordination.networkplan", queries.plans, label=_("Plan of a network"))
