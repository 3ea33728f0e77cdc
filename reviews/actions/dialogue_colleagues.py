"""An administrator prepares an application for a colleague, who confirms it: only that sends it.

Until it is asked for, whoever prepared it writes; from then on the colleague does. What is told about oneself
for the arrangements, and the consent to give it to the Extended Bureau, is the colleague's alone.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from notifications.outbox.actions import notify
from reviews.actions import dialogue_applications as own
from reviews.actions.dialogue_seats import facts_of
from reviews.models import DialogueApplication
from reviews.queries.dialogue_applications import OF_THE_PERSON, gaps
from reviews.queries.dialogues import colleagues_in, led_by
from stakeholders.entries.models import Stakeholder


def prepare(
    stakeholder: Stakeholder, person: User, *, actor: User, dialogues: Collection[int] = ()
) -> DialogueApplication:
    """The draft that `actor` prepares for `person`: the one that is there, or one made now.

    Raises WrongState where the colleague writes one of their own.
    """
    if not led_by(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    if not colleagues_in(stakeholder, actor).filter(pk=person.pk).exists():
        raise DomainError(_("Choose from the members."), fields={"person": _("Choose from the members.")})
    drafts = DialogueApplication.objects.filter(stakeholder=stakeholder, applicant=person, submitted_at=None)
    try:
        with transaction.atomic():
            kept = drafts.first() or DialogueApplication.objects.create(
                stakeholder=stakeholder, applicant=person, prepared_by=actor, language_id=person.language
            )
            _refuse_another(kept, actor)
            if kept.asked_at is None:
                own.choose(kept, {*kept.lines.values_list("dialogue_id", flat=True), *dialogues})
    except IntegrityError:  # another window was a moment earlier
        kept = drafts.get()
        _refuse_another(kept, actor)
    return kept


def _refuse_another(kept: DialogueApplication, actor: User) -> None:
    if kept.prepared_by_id != actor.pk:
        raise WrongState(_("%(name)s has an application under way already.") % {"name": kept.applicant})


def ask_to_confirm(application: DialogueApplication, *, actor: User) -> DialogueApplication:
    """Ask the colleague to confirm what was prepared; nothing is sent by it. Raises DomainError with gaps."""
    with transaction.atomic():
        kept = own.own_draft(application, actor)
        if kept.prepared_by_id != actor.pk or kept.asked_at is not None or kept.applicant is None:
            raise PermissionDenied
        lines = own.lines_to_send(kept)
        if found := [gap for gap in gaps(kept) if gap.field not in OF_THE_PERSON]:
            raise DomainError(
                _("The application cannot be sent yet. Please look at what is marked."),
                fields={gap.field: str(gap.text) for gap in found},
            )
        spend("reviews.ask_colleague", str(actor.pk), most=30, seconds=24 * 3600)
        kept.asked_at = now()
        kept.version += 1
        kept.save(update_fields=["asked_at", "version"])
        record(kept, "reviews.dialogueapplication.ask_to_confirm", actor=actor)
        closes = [one for line in lines if (one := line.dialogue.closes_for(line.party))]
        notify(
            kept.applicant,
            "reviews.dialogue_to_confirm",
            key=f"dialogueapplication:{kept.pk}:confirm",
            url_name="dialogues:write",
            url_args=[kept.pk],
            facts={
                **facts_of(kept, lines),
                "by": actor.name,
                "until": min(closes).isoformat() if closes else "",
            },
            subject=kept,
        )
    return kept
