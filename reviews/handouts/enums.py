from django.db import models
from django.utils.translation import gettext_lazy as _


class HandoutKind(models.TextChoices):
    CHECKLIST = "checklist", _("Checklist")
    LETTER = "letter", _("Model letter")
