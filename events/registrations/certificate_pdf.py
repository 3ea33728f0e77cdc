"""The certificate of attendance on paper, in the reader's language."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from core.pdf import typeset
from events.events.dates import when
from events.events.enums import Mode
from events.registrations.models import Registration


def certificate_pdf(one: Registration) -> bytes:
    """Of a person who was counted in; `one` comes with its event, person and stakeholder."""
    return typeset("certificate", _data(one))


def _data(one: Registration) -> dict[str, Any]:
    event = one.event
    title, language = event.told_title
    counted = date_format(one.attended_at.astimezone(event.clock)) if one.attended_at else ""
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "name": _("Certificate of attendance"),
        "certify": _("This is to certify that"),
        "person": one.user.name if one.user else "",
        "stakeholder": one.stakeholder.name if one.stakeholder else "",
        "took": _("took part in"),
        "event": title,
        "event_language": language,
        "when": when(event).told,
        "place": event.city if one.mode == Mode.IN_PERSON else "",
        "counted": f"{one.get_mode_display()} · {_('counted in on %(date)s') % {'date': counted}}",
        "footer": "WhatsOn · " + _("number %(number)s") % {"number": one.pk},
    }
