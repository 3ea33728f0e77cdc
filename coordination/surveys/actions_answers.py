"""Answering, and cutting the answers off from who gave them.

While an anonymous survey is open an answer waits beside its invitation. Once ten wait, or at the closing, all
answers of the survey are written anew in an order drawn by lot: neither key nor place nor transaction of a
row tells with which others it came. Who answered is marked for the whole batch at once, and at the closing
every invitation goes.
"""

import random
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from coordination.surveys.enums import BATCH, WORK, Attribute
from coordination.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyOptOut, SurveyWaiting
from coordination.surveys.queries import count_groups, has_answered
from core.errors import WrongState
from core.small_numbers import FEWEST, merge_small_groups
from workflow.items.actions import close_items, open_item
from workflow.windows.actions import refuse_unless_open

_lots = random.SystemRandom()


def answer(invitation: SurveyInvitation, values: Mapping[str, Any]) -> None:
    """Take an answer, once. Raises WrongState where the survey is closed or it was answered before."""
    with transaction.atomic():
        survey = lock_survey(invitation.survey_id)
        refuse_unless_open(survey)
        invitation = SurveyInvitation.objects.select_related("user").filter(pk=invitation.pk).first()  # type: ignore[assignment]
        if survey.is_closed or invitation is None:
            raise WrongState(_("This survey is closed."))
        if has_answered(invitation):
            raise WrongState(_("You have answered this survey already."))
        if not survey.is_anonymous:
            SurveyAnswer.objects.create(
                survey=survey,
                user=invitation.user,
                values=dict(values),
                **_attributes_of(survey, invitation.region, invitation.kind),
            )
            SurveyInvitation.objects.filter(pk=invitation.pk).update(is_answered=True)
            return
        SurveyWaiting.objects.create(invitation=invitation, values=dict(values))
        if _is_batch(survey):
            _cut_off(survey)


def stop_surveys(invitation: SurveyInvitation) -> None:
    """Invite the person to no further survey."""
    SurveyOptOut.objects.get_or_create(user=invitation.user)


def close(survey: Survey) -> None:
    """Cut off the last answers and delete all invitations; twice is once.

    Fewer than five answers in all are deleted unread, since they could be told apart.
    """
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if survey.is_closed:
            return
        if survey.is_anonymous:
            _cut_off(survey, closing=True)
        SurveyInvitation.objects.filter(survey=survey).delete()
        survey.closed_at = now()
        survey.save(update_fields=["closed_at"])
        ask_for_changes(survey)


def ask_for_changes(survey: Survey) -> None:
    """Have the team write what it changes after a closed survey with results, until it has."""
    if not survey.is_closed:
        return
    if survey.changes or survey.answers.count() < FEWEST:
        close_items(survey, WORK)
    else:
        open_item(survey, WORK, waits_for=Role.EVENTS)


def lock_survey(pk: int) -> Survey:
    return Survey.objects.select_for_update(no_key=True).get(pk=pk)


def _waiting(survey: Survey) -> Any:
    return SurveyWaiting.objects.filter(invitation__survey=survey)


def _is_batch(survey: Survey) -> bool:
    """Return whether ten wait, and no fewer than five would be left who have not answered.

    The answers of those few would else be known by what a backup of before lacks: they come with this batch.
    """
    waiting = _waiting(survey).count()
    left = SurveyInvitation.objects.filter(survey=survey, is_answered=False).count() - waiting
    return not survey.waits_for_closing and waiting >= BATCH and left >= FEWEST


def _cut_off(survey: Survey, *, closing: bool = False) -> None:
    """Write the waiting answers among the others, all in a new order, and empty the waiting table."""
    waiting = list(_waiting(survey).select_related("invitation"))
    told_groups = _groups(survey)
    rows = list(survey.answers.values_list("region", "kind", "values"))
    unmarked = SurveyInvitation.objects.filter(survey=survey, is_answered=False).count()
    # Fewer are left than when the last batch was cut off only where accounts were deleted since.
    if len(waiting) >= FEWEST or unmarked >= FEWEST:
        for row in waiting:
            group = _group(survey, row.invitation.region, row.invitation.kind)
            shown = dict(zip(survey.attributes, told_groups.get(group, group), strict=True))
            rows.append((shown.get(Attribute.REGION, ""), shown.get(Attribute.KIND, ""), row.values))
    if closing and len(rows) < FEWEST:
        rows = []
    _lots.shuffle(rows)
    survey.answers.all().delete()
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=survey, region=region, kind=kind, values=values) for region, kind, values in rows
    )
    ids = [row.pk for row in waiting]
    SurveyWaiting.objects.filter(pk__in=ids).delete()
    SurveyInvitation.objects.filter(pk__in=ids).update(is_answered=True)


def _groups(survey: Survey) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what is told of each group of those invited."""
    rows = SurveyInvitation.objects.filter(survey=survey).values_list("region", "kind")
    return merge_small_groups(count_groups(_group(survey, region, kind) for region, kind in rows))


def _group(survey: Survey, region: str, kind: str) -> tuple[str, ...]:
    values = {Attribute.REGION.value: region, Attribute.KIND.value: kind}
    return tuple(values[name] for name in survey.attributes)


def _attributes_of(survey: Survey, region: str, kind: str) -> dict[str, str]:
    return dict(zip(survey.attributes, _group(survey, region, kind), strict=True))
