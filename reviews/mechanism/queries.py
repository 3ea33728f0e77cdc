"""The phases and the steps of the mechanism, as pages name them."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.mechanism.models import StepKind


def phase_name(code: str, title: str) -> str:
    """ "Phase I: criminalization …"; without a title where none is verified."""
    if title:
        return _("Phase %(code)s: %(title)s") % {"code": code, "title": title}
    return _("Phase %(code)s") % {"code": code}


def steps() -> list[StepKind]:
    """Those in use, as they follow each other, each with its document. One query."""
    return list(StepKind.objects.all().offered().in_order().select_related("document"))


def today() -> date:
    return localdate()
