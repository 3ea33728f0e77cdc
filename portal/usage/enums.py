"""What is counted, of what, and what counts as a robot."""

import re
from typing import NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy


class CountedUse(models.TextChoices):
    VIEW = "view", pgettext_lazy("counted use", "Views")
    DOWNLOAD = "download", pgettext_lazy("counted use", "Downloads")
    LINK = "link", pgettext_lazy("counted use", "Outgoing links")


class Span(models.TextChoices):
    DAY = "day", pgettext_lazy("span of counted use", "Day")
    MONTH = "month", pgettext_lazy("span of counted use", "Month")


class PageUse(NamedTuple):
    """What an answer of a page counts as; `kind` as the search knows it, `only` a kind that it must name."""

    kind: str
    use: CountedUse
    statuses: tuple[int, ...] = (200, 304)
    only: str = ""


STAKEHOLDER, RESOURCE, EVENT = "stakeholders.stakeholder", "resources.resource", "events.event"
FILE = "resources.file"  # counted for its resource once the numbers are written
# By the name of the address. Pages of States are not among them: numbers of theirs would rank them.
COUNTED = {
    "stakeholders:detail": PageUse(STAKEHOLDER, CountedUse.VIEW),
    "resources:resource": PageUse(RESOURCE, CountedUse.VIEW),
    "core:file": PageUse(FILE, CountedUse.DOWNLOAD, statuses=(200,), only="resource"),
    "events:event": PageUse(EVENT, CountedUse.VIEW),
    "events:event_file": PageUse(EVENT, CountedUse.DOWNLOAD),
    "news:story": PageUse("news.story", CountedUse.VIEW),
    "calls:call": PageUse("reviews.call", CountedUse.VIEW),
    "networks:network": PageUse("coordination.network", CountedUse.VIEW),
    "portal:outgoing_resource": PageUse(RESOURCE, CountedUse.LINK, statuses=(302,)),
    "portal:outgoing_stakeholder": PageUse(STAKEHOLDER, CountedUse.LINK, statuses=(302,)),
}
KINDS = tuple(dict.fromkeys(page_use.kind for page_use in COUNTED.values() if page_use.kind != FILE))

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
