"""What the demonstration adds: a message that has left, of which nobody got a mail, and a draft."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from accounts.people.enums import Role
from coordination.actions.letters import begin, save_texts
from coordination.enums.letters import Hat, LetterState
from coordination.models import Letter, LetterCopy
from coordination.queries.letters import next_entries

MOST = 20
SENT = {
    "en": {
        "subject": "Demo: training in your region, {organization}",
        "text": "Demo: Dear {person},\n\nwould you like to take part? Please answer here on the portal.",
    },
    "fr": {
        "subject": "Demo : formation dans votre région, {organization}",
        "text": "Demo : Bonjour {person},\n\nsouhaitez-vous participer ? Répondez ici, sur le portail.",
    },
}
DRAFT = {"en": {"subject": "Demo: who can host a meeting?", "text": "Demo: Dear {person},\n\na draft."}}


def load_demo_letters(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    writer = people["regional"]
    if Letter.objects.filter(by=writer).exists():
        return
    sent = _written(writer, SENT)
    found = [pk for pk, name in next_entries(sent, 10 * MOST) if name.startswith("Demo")][:MOST]
    LetterCopy.objects.bulk_create([LetterCopy(letter=sent, stakeholder_id=pk) for pk in found])
    left = now() - timedelta(days=12)
    Letter.objects.filter(pk=sent.pk).update(
        state=LetterState.SENT,
        started_at=left,
        ended_at=left,
        counted_at=left,
        all_written=True,
        stakeholders=len(found),
        places=sorted(writer.places_of(Role.REGIONAL) or ()),
    )
    _written(writer, DRAFT)


def _written(writer: Any, texts: dict[str, dict[str, str]]) -> Letter:
    letter = begin(Hat.REGIONAL, "", actor=writer)
    save_texts(letter, texts, letter.version, actor=writer)
    letter.refresh_from_db()
    return letter
