"""Levels of regions, and groups and standing of States in the United Nations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    REGION = "region", _("Region")
    SUBREGION = "subregion", _("Sub-region")
    INTERMEDIATE = "intermediate", _("Intermediate region")


class UNGroup(models.TextChoices):
    """The regional groups of Member States, by which reviewing States are drawn."""

    AFRICAN = "african", _("African States")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific States")
    EASTERN_EUROPEAN = "eastern-european", _("Eastern European States")
    GRULAC = "grulac", _("Latin American and Caribbean States")
    WEOG = "weog", _("Western European and other States")


class UNStatus(models.TextChoices):
    """Standing in the United Nations; empty where the sources say neither."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Non-member observer State")


# What people call a part of the world that M49 does not have, in Latin, Arabic, Chinese and Cyrillic letters:
# the countries that the United Nations count to it. The search finds them by it.
# Sahel: United Nations Support Plan for the Sahel, https://www.un.org/africarenewal/sahel (2026-11-29).
AREAS = {
    ("Sahel", "الساحل", "萨赫勒", "Сахель"): {
        "BFA",
        "CMR",
        "TCD",
        "GMB",
        "GIN",
        "MLI",
        "MRT",
        "NER",
        "NGA",
        "SEN",
    }
}
