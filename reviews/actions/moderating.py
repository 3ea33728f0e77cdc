"""What the desk takes from the eyes of readers because of a report, and gives back: contributions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.text import clean_block
from reviews.enums.contributions import Visibility
from reviews.models import Contribution
from reviews.queries.contributions import people_who_write
from stakeholders.moderation.actions import tell_whose_it_is
from workflow.moves.actions import move


def moderate_contribution(
    contribution: Contribution, name: str, *, actor: Any, reason: str = "", note: str = ""
) -> Contribution:
    """Suspend, restore or remove what was published; its author is told why.

    It is shown again as widely as its author allows by then, which is never wider than it was.
    """
    with transaction.atomic():
        rows = Contribution.objects.select_for_update(no_key=True, of=("self",))
        kept = rows.select_related("call").get(pk=contribution.pk)
        if not actor.has_perm(f"reviews.{name}_contribution", kept):
            raise PermissionDenied
        if name == "restore" and kept.visibility == Visibility.DESK:
            raise DomainError(_("Its author keeps this contribution for the desk. It cannot be published."))
        decision = move(kept, name, actor=actor, reason=reason, note=clean_block(note))
        tell_whose_it_is(
            kept, decision, people_who_write(kept), url_name="calls:contribution", url_args=[kept.pk]
        )
    return kept
