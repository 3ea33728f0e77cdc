"""An answer that the desk judged is changed: it judges the change, and the place is kept meanwhile (E-19)."""

from collections.abc import Mapping
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.actions.seats import hold_seats, tell
from events.enums import Stage
from events.models import Registration, RegistrationAnswer
from workflow.items.actions import close_items, open_item
from workflow.moves.queries import is_recused

# The same work as deciding on a registration that is new.
DECIDE = "decide"


def judged_questions(one: Registration) -> set[int]:
    """Those whose answers the desk judged when it approved; empty where a change needs no approval."""
    if not one.edits_are_judged:
        return set()
    return set(one.rules.questions.filter(stage=Stage.FIRST).values_list("pk", flat=True))


def propose(one: Registration, answers: Mapping[int, str]) -> bool:
    """Keep these beside the answers that were approved, under the lock; whether something waits now."""
    was = {row.question_id: row for row in one.answers.filter(question__in=answers)}
    before = stamp_of(one)
    for question, said in answers.items():
        text = clean_block(said)
        row = was.get(question) or RegistrationAnswer(registration=one, question_id=question, text="")
        proposed = None if text == row.text else text
        if proposed != row.proposed or (row.pk is None and proposed is not None):
            row.proposed = proposed
            row.save()
    one.answers.filter(text="", proposed=None).delete()
    after = stamp_of(one)
    if not after:
        close_items(one, DECIDE)
    elif after != before:
        open_item(one, DECIDE, waits_for=Role.EVENTS)
        record(one, "events.registration.ask_again", actor=one.user)
        tell(one, "change_received", now().isoformat())
    return bool(after)


def changes_of(one: Registration) -> list[RegistrationAnswer]:
    """The answers that the person wants to be others: `text` before, `proposed` after."""
    return list(one.answers.filter(proposed__isnull=False).select_related("question"))


def stamp_of(one: Registration, changes: list[RegistrationAnswer] | None = None) -> str:
    """What the desk saw when it decided; "" where no change waits. `changes`: where they are read already."""
    rows = changes_of(one) if changes is None else changes
    said = [f"{row.question_id}\0{row.proposed}" for row in rows]
    return sha256("\0\0".join(said).encode()).hexdigest()[:16] if said else ""


def decide_change(one: Registration, *, actor: User, seen: str, takes: bool, note: str = "") -> Registration:
    """Let the changed answers hold, or leave those that were approved. The place is another matter."""
    with hold_seats(one.rules_id) as rules:
        kept = Registration.objects.select_related("user").get(pk=one.pk)
        kept.rules = rules
        if not actor.has_perm("events.approve_registration", kept):
            raise PermissionDenied
        if is_recused(actor, kept):
            raise DomainError(_("You belong to what this is about. A colleague decides."))
        changes = changes_of(kept)
        if not kept.is_live or not changes:
            raise WrongState(_("No change waits for a decision any more."))
        if stamp_of(kept, changes) != seen:
            raise WrongState(_("The person has changed the answers again meanwhile. Please look once more."))
        note = clean_block(note)
        if not takes and not note:
            raise DomainError(
                _("Please say why."), fields={"note": _("The person is told why the change is not taken.")}
            )
        for row in changes:
            row.text, row.proposed = (row.proposed or "") if takes else row.text, None
        RegistrationAnswer.objects.bulk_update(changes, ["text", "proposed"])
        kept.answers.filter(text="").delete()
        close_items(kept, DECIDE)
        what = "take_change" if takes else "leave_change"
        record(kept, f"events.registration.{what}", actor=actor)
        tell(kept, "change_taken" if takes else "change_left", now().isoformat(), note=note)
    return kept
