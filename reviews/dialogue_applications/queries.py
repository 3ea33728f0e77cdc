"""What an application to dialogues says and lacks, who may apply, and how each of its lines stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from core.drafts import Gap
from core.personal_data import DataField, data_field, data_fields
from core.word_counts import count_words
from events.events.enums import Mode
from events.registrations.models import Registration
from reviews.dialogues.enums import BureauReason, LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueExpertise, DialogueLine
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from taxonomy.terms.models import Topic
from taxonomy.terms.queries import topics_in_order
from workflow.moves.models import Decision

S = LineStatus
# What is told about oneself, and one's own consent: never filled in, nor read, by whoever prepares the form.
OF_THE_PERSON = frozenset(("travel_support", "travel_reason", "access_needs", "gender", "shares_with_bureau"))


def for_page(applications: QuerySet[DialogueApplication]) -> QuerySet[DialogueApplication]:
    """Return the rows with all that a page about an application shows."""
    related = ("dialogue__event", "dialogue__language", "statement")
    lines = DialogueLine.objects.select_related(*related).order_by("dialogue__event__starts_at", "pk")
    return applications.select_related("stakeholder__country", "applicant", "language").prefetch_related(
        Prefetch("lines", lines),
        Prefetch("expertise", DialogueExpertise.objects.select_related("topic")),
        topics_in_order("lines__dialogue__event__topics"),
    )


def open_to(user: Any, stakeholder: Stakeholder) -> list[Dialogue]:
    """Return the dialogues that are open for the stakeholder and that the person has not applied to."""
    party = f"stakeholder:{stakeholder.pk}"
    applied = DialogueLine.objects.filter(person=user).exclude(status__in=(S.DRAFT, S.WITHDRAWN))
    published = Dialogue.objects.filter(event__status="published", opens_at__lte=now())
    over = Q(pk__in=applied.values("dialogue_id")) | Q(event__ends_at__lt=now())
    rows = published.exclude(over).for_page().order_by("event__starts_at", "pk")
    return [dialogue for dialogue in rows if dialogue.is_open or dialogue.is_open_for(party)]


def topics_of(dialogues: Iterable[Dialogue]) -> dict[Topic, list[Dialogue]]:
    """Return each topic with its dialogues, in the order of the dialogues."""
    by_topic: dict[Topic, list[Dialogue]] = defaultdict(list)
    for dialogue in dialogues:
        for topic in dialogue.event.topics.all():
            by_topic[topic].append(dialogue)
    return dict(by_topic)


def evidence_of(stakeholder: Stakeholder) -> dict[str, Any]:
    """Return the present profile as plain data: names and codes, without what only the desk may read."""
    return {
        "name": stakeholder.name,
        "kind": stakeholder.kind,
        "country": stakeholder.country_id or "",
        "mission": stakeholder.mission,
        "topics": sorted(stakeholder.topics.values_list("pk", flat=True)),
        "engagement_areas": sorted(stakeholder.engagement_areas.values_list("pk", flat=True)),
        "ecosoc_status": stakeholder.ecosoc_status,
        "descriptors": sorted(stakeholder.descriptors),
        "website": stakeholder.website,
    }


def canonical_text(application: DialogueApplication) -> str:
    """Return the text of the receipt; of answers that are erased later it says only that they were given."""
    yes = {True: "yes", False: "no"}
    lines = [f"{application.evidence.get('name') or application.stakeholder.name}", ""]
    lines += [f"Dialogue: {line.dialogue.event.title}" for line in application.lines.all()]
    lines += ["", f"Mode: {application.mode}", f"Travel support: {yes[application.travel_support]}"]
    lines += [f"Access needs told: {yes[bool(application.access_needs)]}"]
    for expertise in application.expertise.select_related("topic"):
        lines += ["", f"{expertise.topic.name_en}:", expertise.text]
    if application.wants_to_speak:
        lines += ["", "Would like to speak about:", application.speaking_about]
    lines += ["", "Profile:", application.evidence.get("mission", "")]
    return "\n".join(lines).strip()


def gaps(application: DialogueApplication) -> list[Gap]:
    """Return what is still missing or too long, in the order of the form."""
    chosen = [line.dialogue for line in application.lines.all()]
    open_gaps = [] if chosen else [Gap("dialogues", _("Choose at least one dialogue."))]
    word_counts = {
        expertise.topic_id: count_words(expertise.text) for expertise in application.expertise.all()
    }
    for topic, dialogues in topics_of(chosen).items():
        most = min(dialogue.most_words for dialogue in dialogues)
        if word_counts.get(topic.pk, 0) > most:
            open_gaps.append(
                Gap(
                    f"topic_{topic.pk}",
                    _("This has %(words)s words; at most %(most)s are read.")
                    % {"words": word_counts[topic.pk], "most": most},
                )
            )
    for dialogue in chosen:
        topics = list(dialogue.event.topics.all())
        if topics and not any(topic.pk in word_counts for topic in topics):
            open_gaps.append(
                Gap(
                    f"topic_{topics[0].pk}",
                    _("Describe what you know of at least one topic of “%(dialogue)s”.")
                    % {"dialogue": dialogue.event.title},
                )
            )
    open_gaps += _gaps_of_mode(application, chosen)
    if application.language_id is None:
        open_gaps.append(Gap("language", _("Choose the language in which you wrote.")))
    if application.travel_support and not application.travel_reason:
        open_gaps.append(Gap("travel_reason", _("Explain why travel support is needed.")))
    if application.wants_to_speak and not application.speaking_about:
        open_gaps.append(Gap("speaking_about", _("Enter what you would like to speak about.")))
    if not application.shares_with_bureau:
        open_gaps.append(
            Gap("shares_with_bureau", _("Without this the Extended Bureau cannot decide on the application."))
        )
    return open_gaps


def _gaps_of_mode(application: DialogueApplication, chosen: list[Dialogue]) -> list[Gap]:
    if not application.mode:
        return [Gap("mode", _("Choose how you would take part."))]
    for dialogue in chosen:
        if application.mode not in dialogue.seats:
            return [
                Gap(
                    "mode",
                    _("“%(dialogue)s” is held in another form: %(mode)s.")
                    % {"dialogue": dialogue.event.title, "mode": dialogue.event.get_mode_display()},
                )
            ]
    if application.travel_support and application.mode == Mode.ONLINE:
        return [Gap("travel_support", _("Online participants need no travel support."))]
    return []


@dataclass(frozen=True)
class Standing:
    """One line as its applicant reads it. `then` says what happens next."""

    line: DialogueLine
    then: str
    is_late: bool
    position: int | None
    may_withdraw: bool
    may_take: bool
    may_ask_reason: bool
    may_ask_again: bool
    may_speak: bool


def standing_of(line: DialogueLine, user: Any) -> Standing:
    undecided = line.status in S.UNDECIDED
    own = line.application.applicant_id == user.pk
    refused = line.status == S.NOT_ACCEPTED
    by_bureau = refused and not line.decided_by_desk and line.reason in BureauReason.values
    over = line.dialogue.event.is_over
    return Standing(
        line=line,
        then=_next_step(line),
        is_late=undecided and line.dialogue.is_late(),
        position=line.place_in_line if line.status == S.WAITING else None,
        may_withdraw=(undecided or line.status in (S.ACCEPTED, S.WAITING)) and not over,
        may_take=own and line.is_offered,
        may_ask_reason=own
        and by_bureau
        and line.reason == BureauReason.NOT_STATED
        and line.reason_asked_at is None,
        may_ask_again=own
        and refused
        and line.decided_by_desk
        and line.reconsider_asked_at is None
        and not over,
        may_speak=own and line.status == S.ACCEPTED and not over,
    )


def _next_step(line: DialogueLine) -> str:  # noqa: PLR0911  one sentence for each state
    dialogue = line.dialogue
    match line.status:
        case S.DRAFT:
            return _("It is not sent yet.")
        case S.SUBMITTED:
            return _("The WhatsOn team reads it after the closing and draws up a shortlist.")
        case S.SHORTLISTED:
            return _("The WhatsOn team gives the shortlist to the Extended Bureau, which decides.")
        case S.WITH_BUREAU:
            return _(
                "The Extended Bureau decides. All decisions of a dialogue are announced on the same day."
            )
        case S.WAITING if line.is_offered:
            return _("A place is reserved for you. Accept it in time, or it goes to the next person.")
        case S.WAITING:
            return _("If a place becomes free and it is your turn, it is offered to you by e-mail.")
        case S.ACCEPTED if dialogue.event.is_over:
            return _("The dialogue has taken place. Its page shows what followed.")
        case S.ACCEPTED:
            return _("You are registered. Online participants receive the link shortly before.")
        case S.NOT_ACCEPTED if line.reconsider_asked_at and not line.reconsidered_at:
            return _("A person who took no part in the decision reconsiders it.")
        case S.NOT_ACCEPTED if line.reason_asked_at and line.reason == BureauReason.NOT_STATED:
            return _("You asked for the category of reason. The WhatsOn team asks the Extended Bureau.")
        case _:
            return _("Nothing more happens.")


def tickets_of(user: Any, lines: Sequence[DialogueLine]) -> list[Registration]:
    """Return the person's confirmed places at these dialogues, the earliest first."""
    accepted = [line.dialogue.event_id for line in lines if line.status == S.ACCEPTED]
    rows = Registration.objects.filter(user=user, rules__event__in=accepted).confirmed()
    rows = rows.select_related("rules__event__country", "stakeholder", "user")
    return [
        registration
        for registration in rows.order_by("rules__event__starts_at", "pk")
        if registration.has_ticket
    ]


class Step(NamedTuple):
    """A move that was made on one line, for whoever applied."""

    at: datetime
    dialogue: str
    label: str
    reason: str
    note: str


def steps_on(lines: Sequence[DialogueLine]) -> list[Step]:
    """Return the decisions on these lines, the newest first."""
    titles = {line.pk: line.dialogue.event.told_title[0] for line in lines}
    states = dict(LineStatus.choices)
    decisions = Decision.objects.filter(subject_kind="reviews.dialogueline", subject_id__in=titles)
    return [
        Step(
            decision.at,
            titles[decision.subject_id],
            str(states[decision.to_status]),
            decision.reason_label,
            decision.note,
        )
        for decision in decisions
    ]


class Prior(NamedTuple):
    """What can be taken over from the person's last form."""

    application: DialogueApplication | None
    expertise: dict[str, str]


def prior_of(user: Any, stakeholder: Stakeholder) -> Prior:
    last = (
        DialogueApplication.objects.filter(applicant=user, stakeholder=stakeholder)
        .exclude(submitted_at=None)
        .order_by("-submitted_at")
        .first()
    )
    if last is None:
        return Prior(None, {})
    return Prior(last, dict(last.expertise.values_list("topic_id", "text")))


def dossier_applications(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield the applications without access needs and gender, which are personal, in "my data"."""
    lines = DialogueLine.objects.select_related("dialogue__event")
    rows = DialogueApplication.objects.filter(stakeholder=stakeholder).select_related("language")
    for application in rows.prefetch_related(Prefetch("lines", lines)).order_by("pk"):
        yield [
            data_field("id", gettext_lazy("number"), application.pk),
            *data_fields(
                application, "language", "mode", "wants_to_speak", "speaking_about", "shares_with_bureau"
            ),
            *data_fields(application, "submitted_at"),
            *(
                data_field(
                    f"line_{line.pk}", line.dialogue.event.title, line.status, line.get_status_display()
                )
                for line in application.lines.all()
            ),
        ]


def stakeholders_led_by(user: Any) -> QuerySet[Stakeholder]:
    """Return the stakeholders for whose people the person may prepare applications."""
    theirs = Membership.objects.filter(user=user, role=MemberRole.ADMIN).values("stakeholder_id")
    return Stakeholder.objects.filter(pk__in=theirs, status__in=Status.TAKING_PART).order_by("sort_key", "pk")


def colleagues_in(stakeholder: Stakeholder, user: Any) -> QuerySet[User]:
    """Return the members of the stakeholder except the person."""
    members = User.objects.filter(memberships__stakeholder=stakeholder, is_active=True)
    return members.exclude(pk=user.pk).order_by("name", "pk")
