"""The pages of the directory, and what stands on them."""

import re

from search.actions import index
from stakeholders.entries.models import DirectoryVersion
from tests.factories.stakeholders import StakeholderFactory

LIST, MAP = "/en/stakeholders/", "/en/stakeholders/map/"


def names(response):
    labels = re.findall(r'entry-title"><a href="[^"]*"><bdi dir="auto">(.*?)</bdi>', response.text)
    return [re.sub("</?mark>", "", name) for name in labels]


def total(response):
    return int(re.search(r"<strong>([\d,]+) stakeholder", response.text)[1].replace(",", ""))


def entry(name, *, topics=(), **fields):
    """An entry that is found by words too, as the acts that make one see to."""
    stakeholder = StakeholderFactory(name=name, **fields)
    stakeholder.topics.set(topics)
    index(stakeholder)
    DirectoryVersion.objects.bump()
    return stakeholder
