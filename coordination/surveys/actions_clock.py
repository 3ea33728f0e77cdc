"""What the clock does with surveys: they begin after events, invite, remind and close. Twice is once."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from coordination.surveys.actions_answers import close, lock_survey
from coordination.surveys.models import (
    Survey,
    SurveyInvitation,
    SurveyRule,
    SurveyTask,
    SurveyWaiting,
    opening_after,
)
from coordination.surveys.queries import Invitee, people_to_invite
from core.digests import digest_of
from core.small_numbers import FEWEST
from events.events.enums import EventStatus
from events.events.models import Event
from notifications.outbox.actions import message_to, nudge_sending, write_messages

INVITED, REMINDED = "coordination.survey_invited", "coordination.survey_reminder"


def run_surveys() -> None:
    """Do what is due; while nobody holds the task only closing is."""
    task = SurveyTask.objects.held().first()
    if task is not None:
        _begin_due(task)
        for survey in Survey.objects.taking().filter(is_demo=False):
            if not survey.invited and not survey.is_alone:
                invite(survey)
            if survey.invited and survey.reminded_at is None and survey.remind_at <= now():
                remind(survey)
    for survey in Survey.objects.filter(closed_at=None, closes_at__lt=now()):
        close(survey)


def _begin_due(task: SurveyTask) -> None:
    """Begin the surveys of events that ended since their rule and the task are there."""
    for rule in SurveyRule.objects.select_related("question_set"):
        since = max(rule.since, task.since)
        ended = Event.objects.filter(status=EventStatus.PUBLISHED, kind=rule.kind)
        ended = ended.filter(ends_at__gte=since, ends_at__lt=now())
        for event in ended.exclude(surveys__question_set=rule.question_set).filter(is_demo=False):
            opens_at = opening_after(event)
            survey = Survey(
                question_set=rule.question_set,
                event=event,
                title=event.title,
                attributes=rule.attributes,
                zone=event.zone,
                opens_at=opens_at,
                closes_at=opens_at + timedelta(days=rule.days),
            )
            # Of fewer than five nothing would ever be shown.
            if len(people_to_invite(survey)) >= FEWEST:
                with transaction.atomic():
                    survey.save()
                    record(survey, "coordination.survey.follow", actor=None)


def invite(survey: Survey, *, most: int | None = None) -> int:
    """Invite whom the survey concerns, or a next wave of `most` people drawn by lot; returns how many."""
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if not survey.takes_answers:
            return 0
        invitees = people_to_invite(survey)
        if most is not None:
            invitees = secrets.SystemRandom().sample(invitees, min(most, len(invitees)))
        rows, tokens = _invitations(survey, invitees)
        SurveyInvitation.objects.bulk_create(rows)
        survey.invited += len(rows)
        survey.save(update_fields=["invited"])
        _send(survey, INVITED, zip(rows, tokens, strict=True))
    return len(rows)


def remind(survey: Survey) -> None:
    """Remind, once, who has not answered.

    Of an anonymous survey also those whose answers still wait, where these are fewer than five: the few who
    got no mail would else be known.
    """
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if survey.reminded_at is not None or not survey.takes_answers:
            return
        rows = SurveyInvitation.objects.filter(survey=survey, is_answered=False).order_by("pk")
        waiting = SurveyWaiting.objects.filter(invitation__survey=survey)
        if waiting.count() >= FEWEST:
            rows = rows.exclude(pk__in=waiting.values("pk"))
        invitations = list(rows)
        tokens = [secrets.token_urlsafe(32) for _row in invitations]
        for invitation, token in zip(invitations, tokens, strict=True):
            invitation.reminder_hash = digest_of(token)
        SurveyInvitation.objects.bulk_update(invitations, ["reminder_hash"], batch_size=500)
        survey.reminded_at = now()
        survey.save(update_fields=["reminded_at"])
        _send(survey, REMINDED, zip(invitations, tokens, strict=True))


def _invitations(survey: Survey, invitees: list[Invitee]) -> tuple[list[SurveyInvitation], list[str]]:
    last = SurveyInvitation.objects.filter(survey=survey).order_by("-wave").values_list("wave", flat=True)
    wave = (last.first() or 0) + 1
    tokens = [secrets.token_urlsafe(32) for _invitee in invitees]
    rows = [
        SurveyInvitation(
            survey=survey, user_id=user_id, wave=wave, token_hash=digest_of(token), region=region, kind=kind
        )
        for (user_id, region, kind), token in zip(invitees, tokens, strict=True)
    ]
    return rows, tokens


def _send(survey: Survey, kind: str, invitations: Iterable[tuple[SurveyInvitation, str]]) -> None:
    """Write the mail with each person's own link, which is erased from the outbox once it has left."""
    pairs = list(invitations)
    people = User.objects.in_bulk([invitation.user_id for invitation, _token in pairs])
    messages = []
    for invitation, token in pairs:
        user: Any = people[invitation.user_id]
        with override(user.language):
            title, url = survey.label[0], reverse("surveys:answer", args=[token])
        facts = {
            "title": title,
            "until": survey.closes_at.isoformat() if survey.closes_at else "",
            "anonymous": survey.is_anonymous,
        }
        message = message_to(user, kind, key=f"{kind}:{survey.pk}", facts=facts, subject=survey)
        message.url = url
        messages.append(message)
    write_messages(messages)
    nudge_sending(messages)
