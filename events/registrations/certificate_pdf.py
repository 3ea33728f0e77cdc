"""The certificate of attendance on paper, in the reader's language."""

from typing import Any

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage

from core.pdf import typeset
from events.events.dates import when
from events.events.enums import Mode
from events.registrations.models import Registration


def certificate_pdf(registration: Registration) -> bytes:
    """Return the certificate of a person who was counted in, as PDF.

    The registration comes with its event, person and stakeholder.
    """
    return typeset("certificate", _data(registration))


def _data(registration: Registration) -> dict[str, Any]:
    event = registration.event
    title, language = event.told_title
    counted = (
        date_format(registration.attended_at.astimezone(event.clock)) if registration.attended_at else ""
    )
    address = settings.SITE_URL + reverse("events:certificates")
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "name": _("Certificate of attendance"),
        "certify": _("This is to certify that"),
        "person": registration.user.name if registration.user else "",
        "stakeholder": registration.stakeholder.name if registration.stakeholder else "",
        "took": _("took part in"),
        "event": title,
        "event_language": language,
        "when": when(event).text,
        "place": event.city if registration.mode == Mode.IN_PERSON else "",
        "counted": f"{registration.get_mode_display()} · {_('checked in on %(date)s') % {'date': counted}}",
        "code": registration.certificate.code,
        "check": _("Anybody can check this code at"),
        "address": address,
        "picture": qrcode.make(
            f"{address}?code={registration.certificate.code}", image_factory=SvgPathFillImage
        ).to_string(encoding="unicode"),
        "picture_text": _("The address of the check, with the code"),
        "footer": "WhatsOn",
    }
