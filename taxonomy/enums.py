from django.db import models
from django.utils.translation import gettext_lazy as _

# The order of the United Nations' own language bar.
UN_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


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


class TranslationStatus(models.TextChoices):
    """How far the names in languages other than English can be relied on."""

    OFFICIAL = "official", _("As the source publishes them")
    HUMAN = "human", _("Reviewed by an editor")
    DRAFT = "draft", _("Draft, not reviewed")


class TopicKind(models.TextChoices):
    CRIME = "crime", _("Crime type")
    SUBJECT = "subject", _("Cross-cutting subject")


class TreatyAction(models.TextChoices):
    """How a State consents to be bound."""

    RATIFICATION = "ratification", _("Ratification")
    ACCESSION = "accession", _("Accession")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    SUCCESSION = "succession", _("Succession")
