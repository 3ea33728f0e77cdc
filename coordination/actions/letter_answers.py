"""An answer to a letter begins a conversation between the stakeholder and whoever wrote."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from coordination.models import LetterCopy
from coordination.queries.letter_words import words_of
from core.text import clean_block
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import SUBJECT_LENGTH, Conversation, Line


@transaction.atomic
def answer(copy: LetterCopy, *, actor: User, text: str) -> Conversation:
    """The writer gets the text by mail, in the stakeholder's name; later answers go the same way.

    Raises PermissionDenied, and what `contact.answer` raises.
    """
    rows = LetterCopy.objects.select_for_update(no_key=True, of=("self",))
    kept = rows.select_related("letter__by", "stakeholder", "conversation").get(pk=copy.pk)
    if not actor.has_perm("coordination.answer_letter", kept):
        raise PermissionDenied(_("This message takes no answers any more."))
    conversation = kept.conversation or _begin(kept, actor)
    contact_actions.answer(conversation, actor=actor, text=clean_block(text))
    return conversation


def _begin(kept: LetterCopy, actor: User) -> Conversation:
    """Its first line is the letter, as the one who answers reads it."""
    letter, writer = kept.letter, kept.letter.by
    if writer is None:
        raise PermissionDenied
    said = words_of(kept, actor, actor.language)
    conversation = Conversation.objects.create(
        stakeholder=kept.stakeholder,
        sender=writer,
        subject=said.subject[:SUBJECT_LENGTH],
        fingerprint=hashlib.sha256(f"letter:{letter.pk}".encode()).hexdigest(),
        began_at=kept.at,
    )
    Line.objects.create(
        conversation=conversation, author=writer, from_stakeholder=False, text=said.text, at=kept.at
    )
    kept.conversation = conversation
    kept.save(update_fields=["conversation"])
    return conversation
