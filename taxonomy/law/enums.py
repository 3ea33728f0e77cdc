"""What a State does with a treaty."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TreatyAction(models.TextChoices):
    """How a State consents to be bound."""

    RATIFICATION = "ratification", _("Ratification")
    ACCESSION = "accession", _("Accession")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    SUCCESSION = "succession", _("Succession")
