"""A drafted decision as the mail that it would become, in the language in use."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from events.queries.reviewing import Drafted

_KINDS = {"accept": "events.proposal_accepted", "decline": "events.proposal_declined"}


class Preview(NamedTuple):
    subject: str
    happened: str
    todo: str
    language: str
    direction: str


def preview(one: Drafted) -> Preview:
    """Subject and body. The number of an accepted one is given with the release, so it is not known yet."""
    proposal = one.proposal
    facts = {
        "event": proposal.event.title,
        "title": str(proposal),
        "lead": proposal.lead.name,
        "note": one.draft.note,
        "reason": one.draft.reason,
        "programme": proposal.event.has_programme,
        "number": _("(given with the release)"),
    }
    context = {"facts": facts, "time_zone": ""}
    name = f"mail/{_KINDS[one.draft.move]}.txt"
    subject, happened, todo = (
        render_to_string(f"{name}#{part}", context).strip() for part in ("subject", "happened", "todo")
    )
    return Preview(subject, happened, todo, get_language() or "en", "rtl" if get_language_bidi() else "ltr")
