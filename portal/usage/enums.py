"""What is counted, of what, and what counts as a robot."""

import re
from typing import NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy


class What(models.TextChoices):
    VIEW = "view", pgettext_lazy("counted use", "Views")
    DOWNLOAD = "download", pgettext_lazy("counted use", "Downloads")
    LINK = "link", pgettext_lazy("counted use", "Outgoing links")


class Span(models.TextChoices):
    DAY = "day", pgettext_lazy("span of counted use", "Day")
    MONTH = "month", pgettext_lazy("span of counted use", "Month")


class Counted(NamedTuple):
    """What an answer of a page counts as; `kind` as the search knows it, `only` a kind that it must name."""

    kind: str
    what: What
    statuses: tuple[int, ...] = (200, 304)
    only: str = ""


STAKEHOLDER, RESOURCE, EVENT = "stakeholders.stakeholder", "resources.resource", "events.event"
FILE = "resources.file"  # counted for its resource once the numbers are written
# By the name of the address. Pages of States are not among them: numbers of theirs would rank them.
COUNTED = {
    "stakeholders:detail": Counted(STAKEHOLDER, What.VIEW),
    "resources:resource": Counted(RESOURCE, What.VIEW),
    "core:file": Counted(FILE, What.DOWNLOAD, statuses=(200,), only="resource"),
    "events:event": Counted(EVENT, What.VIEW),
    "events:event_file": Counted(EVENT, What.DOWNLOAD),
    "news:story": Counted("news.story", What.VIEW),
    "calls:call": Counted("reviews.call", What.VIEW),
    "networks:network": Counted("coordination.network", What.VIEW),
    "portal:outgoing_resource": Counted(RESOURCE, What.LINK, statuses=(302,)),
    "portal:outgoing_stakeholder": Counted(STAKEHOLDER, What.LINK, statuses=(302,)),
}
KINDS = tuple(dict.fromkeys(one.kind for one in COUNTED.values() if one.kind != FILE))

# What every browser begins its name with; and words of programs that say what they are, or drive a browser. A
# program that says neither is counted as a person.
BROWSERS = ("Mozilla/", "Opera/", "UCWEB/")
ROBOTS = re.compile(
    r"(?<!cu)bot\b|bot[_/-]|crawl|spider|slurp|scrap|archiv|fetch|preview|monitor|uptime|check|valid|scan"
    r"|headless|phantom|lighthouse|pagespeed|curl|wget|python|java/|okhttp|go-http|perl|ruby|axios"
    r"|httpclient|http-client|libwww|postman|feed|rss|facebookexternal|whatsapp|mediapartners|google-"
    r"|gpt|claude|anthropic|perplexity|ahrefs|semrush|dataprovider|nutch|heritrix|HTTrack|AppInsights|https?://|@",
    re.IGNORECASE,
)
