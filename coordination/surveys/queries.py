"""Who is invited to a survey, what an answer page needs, and what surveys add to the team's work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now

from accounts.people.models import User
from coordination.networks.enums import MemberStatus
from coordination.networks.models import NetworkMember
from coordination.surveys.enums import MINUTES_A_SURVEY, MINUTES_A_TEXT, TEAM, QuestionKind
from coordination.surveys.models import (
    QuestionSet,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyOptOut,
    SurveyQuestion,
    SurveyRule,
    SurveyTask,
    SurveyWaiting,
)
from core.digests import digest_of
from core.small_numbers import FEWEST
from events.events.models import Event
from events.registrations.models import Registration
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Contribution
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import DialogueLine
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership


def is_on() -> bool:
    return SurveyTask.objects.held().exists()


def invitation_by(token: str) -> SurveyInvitation | None:
    """Return the invitation that a link leads to, while its survey takes answers."""
    digest = digest_of(token)
    rows = SurveyInvitation.objects.filter(Q(token_hash=digest) | Q(reminder_hash=digest))
    invitation = rows.select_related("survey__event", "survey__question_set").first()
    return invitation if invitation and invitation.survey.takes_answers else None


def has_answered(invitation: SurveyInvitation) -> bool:
    return invitation.is_answered or SurveyWaiting.objects.filter(pk=invitation.pk).exists()


def questions_of(survey: Survey) -> list[SurveyQuestion]:
    return list(survey.question_set.questions.all())


def event_part(user: Any, event: Event) -> dict[str, Any] | None:
    """Return the surveys about an event whose results are published."""
    if not event.is_over:
        return None
    rows = Survey.objects.visible_to(user).filter(event=event, published_at__isnull=False)
    surveys = list(rows.select_related("event").order_by("-published_at"))
    return {"surveys": surveys} if surveys else None


# --- Who is invited -------------------------------------------------------------------------------------
# A person, and region and kind of their stakeholder.
type Invitee = tuple[int, str, str]


def people_to_invite(survey: Survey) -> list[Invitee]:
    """Return whom the survey concerns, each once, without those who are invited or want no surveys."""
    rows = _people_of_matter(survey)
    user_ids = User.objects.filter(pk__in=[row[0] for row in rows], is_active=True)
    user_ids = user_ids.exclude(pk__in=SurveyInvitation.objects.filter(survey=survey.pk).values("user"))
    user_ids = user_ids.exclude(pk__in=SurveyOptOut.objects.values("user"))
    wanted = set(user_ids.values_list("pk", flat=True))
    invitees = {user: (user, region or "", kind or "") for user, region, kind in rows if user in wanted}
    return list(invitees.values())


def _people_of_matter(survey: Survey) -> list[Invitee]:
    if survey.event_id:
        return [*_participants(survey.event_id), *_in_dialogue(survey.event_id)]
    if survey.call_id:
        sent = Contribution.objects.filter(call=survey.call_id)
        sent = sent.filter(status__in=(*ContributionStatus.WITH_DESK, *ContributionStatus.ACCEPTED))
        return _people_for(sent.values("stakeholder"))
    if survey.network_id:
        inside = NetworkMember.objects.filter(network=survey.network_id, status=MemberStatus.IN)
        return _people_for(inside.values("stakeholder"))
    return _people_for(None)


def _participants(event_id: int) -> list[Invitee]:
    """Return those who were counted in; where nobody was, those with a place."""
    confirmed = Registration.objects.confirmed().filter(rules__event=event_id, user__isnull=False)
    attended = confirmed.filter(attended_at__isnull=False)
    rows = attended if attended.exists() else confirmed
    return list(rows.order_by("pk").values_list("user", "region", "kind"))


def _in_dialogue(event_id: int) -> list[Invitee]:
    lines = DialogueLine.objects.filter(dialogue__event=event_id, status=LineStatus.ACCEPTED)
    return _people_for(lines.values("application__stakeholder"))


def _people_for(stakeholders: Any) -> list[Invitee]:
    """Return who writes for these stakeholders, or for any where it is None."""
    rows = Membership.objects.filter(
        role__in=MemberRole.WRITERS, stakeholder__status__in=Status.TAKING_PART, user__is_active=True
    )
    if stakeholders is not None:
        rows = rows.filter(stakeholder__in=stakeholders)
    return list(rows.order_by("pk").values_list("user", "stakeholder__country__region", "stakeholder__kind"))


# --- The desk -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Workload:
    """What surveys came to in twelve months, and what that means for each of a team of three."""

    surveys: int
    texts: int
    invitations: int

    @property
    def hours_each(self) -> float:
        """Hours a month of each person of the team."""
        minutes = self.surveys * MINUTES_A_SURVEY + self.texts * MINUTES_A_TEXT
        return round(minutes / 60 / 12 / TEAM, 1)


def workload() -> Workload:
    rows = Survey.objects.filter(opens_at__gte=now() - timedelta(days=365), opens_at__lte=now())
    figures = rows.aggregate(surveys=Count("pk"))
    answers = SurveyAnswer.objects.filter(survey__in=rows).values_list("survey__question_set", "values")
    text_keys: dict[int, list[str]] = {}
    for pk, question_set in SurveyQuestion.objects.filter(kind=QuestionKind.TEXT).values_list(
        "pk", "question_set"
    ):
        text_keys.setdefault(question_set, []).append(str(pk))
    texts = sum(
        bool(values.get(key)) for question_set, values in answers for key in text_keys.get(question_set, ())
    )
    invitations = sum(rows.values_list("invited", flat=True))
    return Workload(figures["surveys"], texts, invitations)


def surveys_for(user: Any) -> QuerySet[Survey]:
    return Survey.objects.visible_to(user).select_related("event", "call", "network", "question_set")


def rules() -> QuerySet[SurveyRule]:
    return SurveyRule.objects.select_related("question_set")


def question_sets() -> QuerySet[QuestionSet]:
    return QuestionSet.objects.annotate(uses=Count("surveys", distinct=True)).order_by("retired", "name")


def number_answered(survey: Survey) -> int | None:
    """Return how many have answered, or None below five."""
    number = survey.answers.count()
    if not survey.is_closed:
        number += SurveyWaiting.objects.filter(invitation__survey=survey).count()
    return number if number >= FEWEST else None


def count_groups(rows: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    counts: dict[tuple[str, ...], int] = {}
    for group in rows:
        counts[group] = counts.get(group, 0) + 1
    return counts
