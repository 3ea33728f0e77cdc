"""Messages to many in the registries of the apps below; never a name of who got one."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Retained, Section, declare_kept, retained, sections
from accounts.people.enums import Role
from audit.enums import Audience
from audit.hooks import sentence
from coordination.mailings.actions import answer
from coordination.mailings.enums import Hat
from coordination.mailings.models import Letter, LetterCopy
from coordination.mailings.queries import KINDS, prepare
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_fields
from notifications.hooks import kind
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import before_merge
from workflow.hooks import desk_pages, desk_roles

for _name, _text in (
    ("made", _("%(actor)s began a message to many")),
    ("changed", _("%(actor)s changed the message")),
    ("discarded", _("%(actor)s deleted the draft")),
    ("release_asked", _("%(actor)s asked the WhatsOn team to release it beyond the limit")),
    ("taken_back", _("%(actor)s withdrew it")),
    ("released", _("%(actor)s allowed it to be sent beyond the limit")),
    ("returned", _("%(actor)s returned it to its author")),
    ("started", _("%(actor)s sent the message (stakeholders: %(number)s)")),
    ("paused", _("%(actor)s paused the sending")),
    ("resumed", _("%(actor)s resumed the sending")),
    ("stopped", _("%(actor)s stopped the sending for good")),
    ("sent", _("The message has left")),
):
    sentence(f"coordination.letter.{_name}", _text, audience=Audience.SUBJECT)
sentence(
    "coordination.letter.limit",
    _("%(actor)s set the limit for messages to many: %(hat)s, %(day)s in 24 hours, %(month)s in 30 days"),
    labels={"hat": dict(Hat.choices)},
)

# --- Letters to many in the registries of the apps below ---------------------------------------------

LETTER = "coordination.letter"


# --- Mail -------------------------------------------------------------------------------------------------
def _readable_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs whose person still looks after the stakeholder of the copy."""
    rows = Membership.objects.filter(
        user__in={user for user, _copy in pairs}, role__in=MemberRole.WRITERS, user__is_active=True
    )
    copies = dict(
        LetterCopy.objects.filter(pk__in={copy for _user, copy in pairs}).values_list("pk", "stakeholder_id")
    )
    theirs = set(rows.values_list("user_id", "stakeholder_id"))
    return {(user, copy) for user, copy in pairs if (user, copies.get(copy)) in theirs}


def _releases(user: Any) -> bool:
    return holds(user, Role.HEAD, Role.ADMINISTRATOR)


def _writes(user: Any) -> bool:
    return holds(user, Role.REGIONAL, *Role.DESK)


def _answer_by_mail(user: Any, pk: int, text: str) -> None:
    """Take an answer that came by mail."""
    answer(LetterCopy.objects.visible_to(user).get(pk=pk), actor=user, text=text)


for _hat, _label in (
    (Hat.REGIONAL, _("A regional focal point writes to the stakeholders of your region")),
    (Hat.DESK, _("Group messages of the WhatsOn team")),
):
    kind(
        KINDS[_hat],
        label=_label,
        group=_("Messages"),
        among=LetterCopy.objects.visible_to,
        visible_pairs=_readable_pairs,
        prepare=prepare,
        concerns=acts_for_somebody,
        answered=_answer_by_mail,
    )
kind(
    "coordination.release_asked",
    label=_("Group message to release"),
    group=_("Work of the desk"),
    among=Letter.objects.visible_to,
    concerns=_releases,
)
kind(
    "coordination.release_decided",
    label=_("Decision on your group message"),
    group=_("Messages"),
    essential=True,
    among=Letter.objects.visible_to,
    concerns=_writes,
)
desk_pages.register(LETTER, "letters_desk:letter")
desk_roles.register(LETTER, (Role.HEAD,))


# --- Merging ----------------------------------------------------------------------------------------------
def _settle(remaining: Any, gone: Any) -> None:
    """Keep one of two copies of a letter, with the answer that only the other has."""
    both = LetterCopy.objects.filter(stakeholder=gone, letter__copies__stakeholder=remaining)
    for copy in both.select_related("conversation"):
        ours = LetterCopy.objects.filter(stakeholder=remaining, letter=copy.letter_id)
        conversation = copy.conversation
        copy.delete()
        if conversation is not None:
            ours.filter(conversation=None).update(conversation=conversation)


before_merge.register("coordination.letters", _settle)


# --- My data, and for how long ----------------------------------------------------------------------------
def _letter_fields(user: Any) -> Iterable[list[DataField]]:
    for letter in Letter.objects.filter(by=user):
        yield data_fields(letter, "hat", "state", "texts", "created_at", "started_at", "plea")


sections.register(
    "letters", Section(_("Group messages"), _("What you wrote to many stakeholders."), _letter_fields)
)
declare_kept(
    _("Work done at the desk or as a regional focal point"),
    "coordination.letter.by",
    "coordination.letter.decided_by",
    "coordination.letterlimit.changed_by",
)


def _old_letters(before: datetime) -> "QuerySet[Letter]":
    return Letter.objects.out().filter(ended_at__lt=before).order_by(F("ended_at"))


retained.register(
    "coordination.letter",
    Retained(
        label=_("Messages to many stakeholders"),
        about=_("Days since the message had left."),
        days=1095,
        least=180,
        most=3650,
        rows=_old_letters,
        reason="Three years, as the term of a regional focal point; set by the portal's makers, 2026-11.",
    ),
)

desk_card(
    "letters_desk:home",
    group="coordination",
    position=30,
    title=_("Messages to stakeholders"),
    text=_("Group messages by the desk and regional focal points; those pending release."),
    work=("release_letter",),
    do=_("Review message"),
)

help_at("focal-points#messages", "letters_regional")
help_at("people#messages", "letters_desk")
help_at("profile#contact", "received")
