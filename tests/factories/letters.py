"""Group messages, by the portal's own acts.

letter_by(person): a draft of a regional focal point (or `hat="desk"`), ready to be sent.
"""

from accounts.people.models import User
from coordination.mailings import actions as mailings_actions
from coordination.mailings.enums import Hat
from coordination.mailings.models import Letter

TEXTS = {
    "en": {
        "subject": "A meeting for {organization}",
        "text": "Dear {person},\n\nplease come to our meeting.",
    },
    "ar": {"subject": "اجتماع مع {organization}", "text": "السلام عليكم {person}"},
}


def letter_by(
    person: User, *, hat: str = Hat.REGIONAL, filters: str = "", texts: dict | None = None
) -> Letter:
    letter = mailings_actions.begin(hat, filters, actor=person)
    mailings_actions.save_texts(letter, TEXTS if texts is None else texts, letter.version, actor=person)
    letter.refresh_from_db()
    return letter
