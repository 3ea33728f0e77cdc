"""Contributions in moderation, their part of a stakeholder's dossier, and who opened evidence."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section
from accounts.people.enums import Role
from core.uploads import StoredFile, opened
from reviews.actions.moderating import moderate_contribution
from reviews.models import Contribution, Evidence
from reviews.queries import dossier
from stakeholders.applications.actions import note_opened
from stakeholders.hooks import Reportable, by_desk_moves, dossier_sections, reportable
from stakeholders.moderation.enums import ThingOutcome, ThingWhat


def _find(user: Any, pk: int) -> Contribution | None:
    return Contribution.objects.visible_to(user).select_related("call", "stakeholder").filter(pk=pk).first()


def _opened(user: Any, stored: StoredFile) -> None:
    """What everybody may open is not restricted."""
    if not Evidence.objects.visible_to(AnonymousUser()).filter(pk=stored.pk).exists():
        note_opened(user, stored)


opened.register("evidence", _opened)
reportable.register(
    "reviews.contribution",
    Reportable(
        label=_("Contribution to a country review"),
        find=_find,
        whose=lambda contribution: contribution.stakeholder,
        roles=(Role.REVIEWS,),
        what=ThingWhat.choices,
        outcomes=ThingOutcome.choices,
        dismissed=ThingOutcome.FOUND_RIGHT,
        **by_desk_moves(moderate_contribution),
    ),
)
dossier_sections.register(
    "contributions",
    Section(
        _("Contributions to country reviews"),
        _("What was written and signed, what was decided, and the files that came with it."),
        dossier.contributions,
        dossier.evidence,
    ),
)
dossier_sections.register(
    "dialogues",
    Section(
        _("Applications to constructive dialogues"),
        _("What was said in each, and how every dialogue of it stands."),
        dossier.dialogues,
    ),
)
