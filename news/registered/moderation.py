"""Stories in moderation, and their part of a stakeholder's dossier."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section
from accounts.people.enums import Role
from news.actions.stories import withdraw_story
from news.enums.stories import WithdrawReason
from news.models import Story
from news.queries import dossier
from stakeholders.hooks import Act, Reportable, dossier_sections, reportable
from stakeholders.moderation.enums import Deed, ThingOutcome, ThingWhat, Why

_REASONS: dict[str, str] = {
    Why.UNTRUE: WithdrawReason.ERROR,
    Why.ABUSE: WithdrawReason.RULES,
    Why.PRIVACY: WithdrawReason.SAFETY,
    Why.RIGHTS: WithdrawReason.RIGHTS,
    Why.ADVERTISING: WithdrawReason.RULES,
    Why.TERMS: WithdrawReason.RULES,
}


def _find(user: Any, pk: int) -> Story | None:
    return Story.objects.visible_to(user).select_related("stakeholder__country").filter(pk=pk).first()


def _withdraw(story: Story, actor: Any, reason: str, note: str) -> None:
    withdraw_story(story, actor=actor, reason=reason, note=note)


reportable.register(
    "news.story",
    Reportable(
        label=_("Story"),
        find=_find,
        whose=lambda story: story.stakeholder,
        roles=(Role.CURATION,),
        what=ThingWhat.choices,
        outcomes=ThingOutcome.choices,
        dismissed=ThingOutcome.FOUND_RIGHT,
        # An archived story can still be read, so only withdrawing takes it from the eyes of readers.
        acts={Deed.REMOVE: Act(ThingOutcome.TAKEN_DOWN, _withdraw, _REASONS)},
    ),
)
dossier_sections.register(
    "stories",
    Section(_("Stories"), _("What was written for the stakeholder, and what was decided."), dossier.stories),
)
