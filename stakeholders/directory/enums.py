"""What the filters of the directory offer, beside what the taxonomy has."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.entries.enums import Status
from stakeholders.exchange.enums import Direction

QUARTER, YEAR, OLDER = "quarter", "year", "older"
STANDINGS: dict[str, str | Promise] = {
    Status.ACTIVE: pgettext_lazy("standing of an entry", "Verified"),
    Status.LISTED: pgettext_lazy("standing of an entry", "Listed from a public source"),
}
SAYS: dict[str, str | Promise] = {
    Direction.OFFER: _("Offers something"),
    Direction.NEED: _("Looks for something"),
}
FRESHNESS: dict[str, str | Promise] = {
    QUARTER: _("Within three months"),
    YEAR: _("Within a year"),
    OLDER: _("More than a year ago or never"),
}
