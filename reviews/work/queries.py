"""What waits for a person in country reviews: contributions to write, answer about or sign; dialogues."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import now
from django.utils.translation import gettext as _

from reviews.calls.models import Call
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Contribution, CoSignature
from reviews.contributions.queries import contributions_of, signatures_waiting_for
from reviews.contributions.queries_pages import MOST_LISTED, my_contributions
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
from reviews.dialogues.queries import applications_of
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import entries_of
from workflow.hooks import MyPart, OwnRows, Rows, Submission, Task

MOST_OPEN = 6


_CONTRIBUTION = (
    "status",
    "answer_by",
    "updated_at",
    "submitted_at",
    "stakeholder__name",
    *(f"call__{name}" for name in ("title", "translations", "language", "closes_at", "zone")),
)


def my_rows(user: Any) -> dict[str, OwnRows]:
    if not entries_of(user):
        return {}
    led = entries_of(user, MemberRole.ADMIN)
    return {
        "contributions": OwnRows(
            Contribution.objects.of_people(user),
            lambda: contributions_of(user).only(*_CONTRIBUTION)[:MOST_LISTED],
        ),
        "signatures": OwnRows(
            CoSignature.objects.filter(stakeholder__in=led), lambda: signatures_waiting_for(user)
        ),
    }


def my_work(user: Any, rows: Rows) -> MyPart:
    own = my_contributions(user, rows["contributions"], rows["signatures"])
    tasks = [*map(_task_to_sign, own.signatures), *map(_task_to_write, own.waiting)]
    return MyPart(tasks, [*map(_submission_of_contribution, own.others)], position=20)


def open_to(user: Any, stakeholder: Any) -> list[Task]:
    """Return calls and dialogues that are open now and ask about its topics or its country, or about all.

    The first to close comes first.
    """
    topics, country = list(stakeholder.topics.values_list("pk", flat=True)), stakeholder.country_id
    about = Q(topics__in=topics) | Q(countries=country) | Q(topics=None, countries=None)
    calls = Call.objects.visible_to(user).open_at().filter(about).distinct().order_by("closes_at", "pk")
    about_event = Q(event__topics__in=topics) | Q(event__topics=None)
    dialogues = Dialogue.objects.visible_to(user).open_at().filter(about_event).distinct().for_page()
    tasks = [
        *(_task_to_open(call, call.told_title, _("Call for contributions")) for call in calls[:MOST_OPEN]),
        *(
            _task_to_open(dialogue, dialogue.event.told_title, _("Constructive dialogue"))
            for dialogue in dialogues.order_by("closes_at", "pk")[:MOST_OPEN]
        ),
    ]
    return sorted(tasks, key=lambda task: task.due or now())[:MOST_OPEN]


def _task_to_open(opening: Any, title_and_language: tuple[str, str], label: str) -> Task:
    url, do = opening.get_absolute_url(), _("Read it")
    return Task(
        title_and_language[0], url, label, do, opening.closes_at, title_and_language[1], [], zone=opening.zone
    )


def my_dialogue_rows(user: Any) -> dict[str, OwnRows]:
    own = DialogueApplication.objects.filter(Q(applicant=user) | Q(prepared_by=user))
    return {"applications": OwnRows(own, lambda: applications_of(user))}


def my_dialogues(user: Any, rows: Rows) -> MyPart:
    """Return the person's applications to dialogues: drafts, places to confirm, and what was sent."""
    applications = rows["applications"]
    drafts = [
        application
        for application in applications
        if application.is_draft and application.applicant_id == user.pk
    ]
    lines = [
        line
        for application in applications
        if not application.is_draft
        for line in application.lines.all()
        if line.status != LineStatus.WITHDRAWN and not line.dialogue.event.is_over
    ]
    for application in applications:
        for line in application.lines.all():
            line.application = application
    offered = [line for line in lines if line.is_offered and line.application.applicant_id == user.pk]
    tasks = [*map(_task_to_apply, drafts), *map(_task_to_take, offered)]
    return MyPart(tasks, [_submission_of_line(line) for line in lines if line not in offered], position=25)


def _submission_of_contribution(contribution: Any) -> Submission:
    title, language = contribution.call.told_title
    turn = _("With the WhatsOn team") if contribution.status in ContributionStatus.WITH_DESK else ""
    return Submission(
        title,
        contribution.get_absolute_url(),
        _("Contribution to a call"),
        contribution.status,
        contribution.get_status_display(),
        contribution.submitted_at,
        turn,
        language,
        [contribution.stakeholder.name],
        "chat-square-text",
    )


def _submission_of_line(line: Any) -> Submission:
    dialogue, application = line.dialogue, line.application
    title, language = dialogue.event.told_title
    turn, facts = "", [application.stakeholder.name]
    if line.status in LineStatus.UNDECIDED:
        is_bureau = line.status == LineStatus.WITH_BUREAU
        turn = _("With the Extended Bureau") if is_bureau else _("With the WhatsOn team")
        facts.append(_("Decision by %(date)s") % {"date": date_format(dialogue.promised_on, "DATE_FORMAT")})
    return Submission(
        title,
        application.get_absolute_url(),
        _("Application to a constructive dialogue"),
        line.status,
        line.get_status_display(),
        application.submitted_at,
        turn,
        language,
        facts,
        "people",
    )


def _task_to_apply(application: DialogueApplication) -> Task:
    closings = [
        line.dialogue.closes_at
        for line in application.lines.all()
        if line.dialogue.closes_at and line.dialogue.is_open
    ]
    do = (
        _("Check and send the application")
        if application.waits_for_colleague
        else _("Continue the application")
    )
    return Task(
        application.stakeholder.name,
        reverse("dialogues:write", args=[application.pk]),
        _("Application to dialogues"),
        do,
        min(closings, default=None),
        "",
        [line.dialogue.event.told_title[0] for line in application.lines.all()],
        "people",
    )


def _task_to_take(line: DialogueLine) -> Task:
    title, language = line.dialogue.event.told_title
    label = _("A place at a dialogue is offered to you")
    url = line.application.get_absolute_url()
    do = _("Accept or decline the place")
    return Task(title, url, label, do, line.offer_until, language, icon="people")


def _task_to_sign(signature: Any) -> Task:
    title, language = signature.contribution.call.told_title
    asks = _("%(lead)s asks %(name)s to sign") % {
        "lead": signature.contribution.stakeholder.name,
        "name": signature.stakeholder.name,
    }
    facts = [
        asks,
        capfirst(_("asked on %(date)s") % {"date": date_format(signature.invited_at, "DATE_FORMAT")}),
    ]
    if signature.is_outdated:
        facts.insert(1, _("the text has changed since you signed"))
    url = reverse("calls:sign", args=[signature.pk])
    # A text that was sent can be signed after the closing, too.
    closes = signature.contribution.call.closes_at
    due = closes if signature.contribution.is_draft and closes and closes > now() else None
    do = _("Read and sign the text")
    zone = signature.contribution.call.zone
    return Task(title, url, _("Contribution to sign"), do, due, language, facts, "pen", zone)


def _task_to_write(contribution: Any) -> Task:
    title, language = contribution.call.told_title
    facts = [str(contribution.get_status_display()), contribution.stakeholder.name]
    if contribution.is_draft:
        facts.append(
            capfirst(
                _("last saved on %(date)s") % {"date": date_format(contribution.updated_at, "DATE_FORMAT")}
            )
        )
    if contribution.has_own_time:
        facts.append(_("Extended for you"))
    do = _("Continue the contribution") if contribution.is_draft else _("Answer the questions")
    due, url = contribution.answer_by or contribution.closes, contribution.get_absolute_url()
    icon, label = "chat-square-text", _("Contribution to write")
    return Task(title, url, label, do, due, language, facts, icon, contribution.call.zone)
