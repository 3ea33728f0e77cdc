"""Of what the facts of the page on the programme are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactGroup(models.TextChoices):
    """In the order of the page; the code is the place on it."""

    SE4U = "se4u", _("SE4U, the programme")
    NET4U = "net4u", _("NET4U: regional networks")
    NACSA4U = "nacsa4u", _("NACSA4U: national alliances")
    VPI = "vpi", _("VPI: Voluntary Pilot Initiatives")
    WHATSON = "whatson", _("WhatsOn")
    UNIT = "unit", _("The Civil Society Unit of UNODC")
    REVIEW = "review", _("The Review Mechanism")
    DIALOGUES = "dialogues", _("Constructive dialogues")
    CONFERENCE = "conference", _("The Conference of the Parties")
    OTHERS = "others", _("Other networks and funds")
