"""Dialogues and applications to them in the registries of the apps below."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Section, declare_kept, erasers, sections
from accounts.people.enums import Role
from api.hooks import resources
from audit.actions import record_many
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from events.hooks import EventPart, after_change, event_parts, found_with, hold_elsewhere, seat_freed
from notifications.hooks import asks_for_answer, kind, target
from reviews.dialogues import actions_seats
from reviews.dialogues.actions import follow_event, index_of_event
from reviews.dialogues.api import DialogueResource
from reviews.dialogues.enums import REASONS, LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueExpertise, DialogueLine
from reviews.dialogues.queries import documents, event_part
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import after_standing, before_merge
from workflow.drafts.models import DraftDecision
from workflow.hooks import desk_pages, desk_roles, parties_on
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

DIALOGUE, LINE = "reviews.dialogue", "reviews.dialogueline"
S = LineStatus


def _parties_on(line: DialogueLine) -> set[str]:
    person = {f"person:{line.application.applicant_id}"} if line.application.applicant_id else set()
    return {line.party, *person}


def _settle(remaining: Any, gone: Any) -> None:
    """Before two stakeholders become one: a person's drafts for both become the one for the other."""
    mine = DialogueApplication.objects.filter(stakeholder=remaining, submitted_at=None)
    DialogueApplication.objects.filter(
        stakeholder=gone, submitted_at=None, applicant__in=mine.values("applicant_id")
    ).delete()


def _erase(user: Any) -> None:
    """What a person told for the arrangements goes with the account; drafts do, too."""
    theirs = DialogueApplication.objects.filter(applicant=user)
    theirs.filter(submitted_at=None).delete()
    theirs.update(access_needs="", travel_reason="", gender="", erased_at=now())


def _follow(stakeholders: list[Any], name: str) -> None:
    """What a stakeholder that leaves has sent is withdrawn with it; suspended or lapsed, it waits."""
    if name != "withdraw":
        return
    open_ones = DialogueLine.objects.filter(
        application__stakeholder__in=stakeholders, status__in=(*S.UNDECIDED, S.WAITING)
    )
    lines = list(open_ones.select_for_update(of=("self",), no_key=True))
    was = {line.pk: line.status for line in lines}
    at = now()
    DialogueLine.objects.filter(pk__in=was).update(
        status=S.WITHDRAWN, since=at, decided_at=at, offer_until=None, updated_at=at
    )
    Decision.objects.bulk_create(
        Decision(subject_kind=LINE, subject_id=pk, move="withdraw", from_status=status, to_status=S.WITHDRAWN)
        for pk, status in was.items()
    )
    record_many(lines, "reviews.dialogueline.withdraw", actor=None)
    WorkItem.objects.filter(subject_kind=LINE, subject_id__in=was).open().update(closed_at=at)
    DraftDecision.objects.filter(subject_kind=LINE, subject_id__in=was, decision=None).delete()


def _own_data(user: Any) -> list[list[DataField]]:
    """Return the applications, with their answers and the status of each line."""
    rows = DialogueApplication.objects.filter(applicant=user).select_related("stakeholder", "language")
    lines = DialogueLine.objects.select_related("dialogue__event")
    expertise = DialogueExpertise.objects.select_related("topic")
    names = (
        "stakeholder",
        "language",
        "mode",
        "travel_support",
        "travel_reason",
        "access_needs",
        "gender",
        "wants_to_speak",
        "speaking_about",
        "shares_with_bureau",
        "submitted_at",
        "erased_at",
    )
    return [
        [
            *data_fields(application, *names),
            *(
                data_field(f"topic_{each.topic_id}", each.topic.name, each.text)
                for each in application.expertise.all()
            ),
            *(
                data_field(
                    f"line_{line.pk}",
                    line.dialogue.event.title,
                    line.status,
                    f"{line.get_status_display()} {REASONS.get(line.reason, '')}".strip(),
                )
                for line in application.lines.all()
            ),
        ]
        for application in rows.prefetch_related(
            Prefetch("lines", lines), Prefetch("expertise", expertise)
        ).order_by("pk")
    ]


sections.register(
    "dialogue_applications",
    Section(
        _("Applications to constructive dialogues"),
        _("Your answers in each, and the status of every dialogue."),
        _own_data,
    ),
)
after_standing.register("reviews.dialogues", _follow)
event_parts.register("dialogue", EventPart(15, event_part, "reviews/dialogues/_part.html"))
register(DIALOGUE, documents, label=_("Constructive dialogue"))
after_change.fill(follow_event)
found_with.register(DIALOGUE, index_of_event)
hold_elsewhere.fill(actions_seats.hold)
seat_freed.fill(actions_seats.end_application)
parties_on.register(LINE, _parties_on)
desk_pages.register(LINE, "dialoguedesk:line")
desk_roles.register(LINE, (Role.REVIEWS,))
desk_pages.register(DIALOGUE, "dialoguedesk:dialogue")
desk_roles.register(DIALOGUE, (Role.REVIEWS,))
before_merge.register("reviews.dialogues", _settle)
erasers.register("reviews.dialogues", _erase)
declare_kept(
    _("Applications to dialogues, without your name; what you gave for the arrangements is deleted"),
    "reviews.dialogueapplication.applicant",
    "reviews.dialogueapplication.prepared_by",
    "reviews.dialogueline.person",
)
declare_kept(
    _("Work done at the desk"),
    "reviews.bureauanswer.sent_by",
    "reviews.bureaulist.made_by",
    "reviews.dialogue.written_by",
    "reviews.dialoguestatement.checked_by",
    "reviews.objection.recorded_by",
)


# --- What is told -----------------------------------------------------------------------------------------
def _dialogue_titles(user: Any, codes: Collection[str]) -> dict[str, str]:
    dialogues = Dialogue.objects.visible_to(user).filter(pk__in=[code for code in codes if code.isdigit()])
    return {str(pk): title for pk, title in dialogues.values_list("pk", "event__title")}


def _shown_dialogues(_user: Any) -> QuerySet[Dialogue]:
    return Dialogue.objects.shown()


def _readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
    is_shown = pk is not None and Dialogue.objects.shown().filter(pk=pk).exists()
    return people if is_shown else people.none()


def _pairs_while_shown(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    numbers = {pk for _person, pk in pairs}
    shown_ids = set(Dialogue.objects.shown().filter(pk__in=numbers).values_list("pk", flat=True))
    return {pair for pair in pairs if pair[1] in shown_ids}


def _runs_dialogues(user: Any) -> bool:
    return holds(user, Role.REVIEWS)


target(
    "dialogue",
    label=_("Constructive dialogue"),
    labels=_dialogue_titles,
    path=lambda code: reverse("dialogues:dialogue", args=[code]),
    brings=_("When applications open and close, and what followed."),
)
for _name, _label in (
    ("reviews.dialogue_opened", _("Call for applications to a constructive dialogue")),
    ("reviews.dialogue_summary", _("The chair's summary of a dialogue is published")),
):
    kind(
        _name,
        label=_label,
        group=pgettext_lazy("group of messages", "Reviews"),
        among=_shown_dialogues,
        readers=_readers,
        visible_pairs=_pairs_while_shown,
    )
kind(
    "reviews.dialogue_received",
    label=_("Your application to dialogues was received"),
    group=_("Your applications to dialogues"),
    essential=True,
    among=DialogueApplication.objects.visible_to,
    concerns=acts_for_somebody,
)
for _name, _label, _among in (
    (
        "reviews.dialogue_to_confirm",
        _("A colleague wrote an application for you to confirm"),
        DialogueApplication.objects.visible_to,
    ),
    ("reviews.dialogue_not_confirmed", _("An application that you had to confirm was withdrawn"), None),
    (
        "reviews.dialogue_colleague",
        _("An application that you wrote for a colleague has a new status"),
        DialogueLine.objects.visible_to,
    ),
):
    kind(
        _name,
        label=_label,
        group=_("Your applications to dialogues"),
        essential=_name == "to_confirm",
        among=_among,
        concerns=acts_for_somebody,
    )
kind(
    "reviews.dialogue_time_given",
    label=_("You have more time to apply to a dialogue"),
    group=_("Your applications to dialogues"),
    essential=True,
    among=_shown_dialogues,
    concerns=acts_for_somebody,
)
for _name, _label, _essential in (
    ("reviews.dialogue_accepted", _("You are accepted for a dialogue"), True),
    ("reviews.dialogue_waiting", _("You are on the waiting list of a dialogue"), True),
    ("reviews.dialogue_not_accepted", _("Your application to a dialogue was not accepted"), True),
    ("reviews.dialogue_offered", _("A place at a dialogue is offered to you"), True),
    ("reviews.dialogue_ended", _("Your place on the waiting list of a dialogue ended"), True),
    ("reviews.dialogue_late", _("The decision about a dialogue is late"), True),
    ("reviews.dialogue_reason", _("The reason for a decision was stated"), True),
    ("reviews.dialogue_reopened", _("Your application is considered again"), True),
    ("reviews.dialogue_upheld", _("A decision was looked at again"), True),
    ("reviews.dialogue_statement_returned", _("Please change your statement"), True),
    ("reviews.dialogue_withdrawn", _("Your application to a dialogue was withdrawn"), False),
    ("reviews.dialogue_moved", _("A dialogue that you applied to was moved"), True),
    ("reviews.dialogue_cancelled", _("A dialogue that you applied to was cancelled"), True),
):
    kind(
        _name,
        label=_label,
        group=_("Your applications to dialogues"),
        essential=_essential,
        among=DialogueLine.objects.visible_to,
        concerns=acts_for_somebody,
    )
asks_for_answer(
    "reviews.dialogue_to_confirm", "reviews.dialogue_offered", "reviews.dialogue_statement_returned"
)
for _name, _label in (
    ("reviews.dialogue_silence", _("The promised day of a dialogue has passed without decisions")),
    ("reviews.dialogue_asked", _("Question of an applicant to a dialogue")),
):
    kind(
        _name,
        label=_label,
        group=_("Work of the desk"),
        still_visible=lambda user, _pk: user.has_perm("reviews.run_dialogues"),
        concerns=_runs_dialogues,
    )

desk_card(
    "dialoguedesk:home",
    group="dialogues",
    position=10,
    title=_("Dialogues and applications"),
    text=_("Calls, shortlists, the Extended Bureau's decisions, statements."),
    permission="reviews.run_dialogues",
    work=("dialogue_look", "dialogue_answer", "dialogue_statement"),
    do=_("Review application"),
)

help_at("taking-part#dialogues", "dialogues")
help_at("dialogues", "dialoguedesk")

resources.register("dialogues", DialogueResource)
