"""What the desk does with a contribution: take it, ask, publish, keep, decline, take it down."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.follows.actions import tell
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from reviews.calls.actions import terms_of
from reviews.contributions.actions import refresh_index
from reviews.contributions.enums import ContributionStatus, Visibility
from reviews.contributions.models import Contribution, ScreeningRule
from reviews.contributions.queries import people_who_write
from search.actions import index
from stakeholders.moderation.actions import tell_whose_it_is
from workflow.items.actions import ask, claim, close_items, pause, reassign, release, waiting_item
from workflow.moves.actions import lock, move, refuse_recused
from workflow.moves.enums import permission

S = ContributionStatus
ASKABLE = ("visibility", "language", "links", "evidence")


def take(contribution: Contribution, *, actor: User) -> Contribution:
    """Take the work, so that others see who looks at it."""
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.start_contribution")
        refuse_recused(actor, contribution)
        claim(waiting_item(contribution), actor)
        if contribution.status == S.SUBMITTED:
            move(contribution, "start", actor=actor)
            index(contribution)
    return contribution


def assign(contribution: Contribution, *, actor: User, to: User) -> Contribution:
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.start_contribution")
        reassign(contribution, actor=actor, to=to)
    return contribution


def put_back(contribution: Contribution, *, actor: User) -> Contribution:
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.start_contribution")
        release(waiting_item(contribution), actor)
    return contribution


def return_with_questions(
    contribution: Contribution,
    *,
    actor: User,
    requests: Mapping[str, str],
    note: str = "",
    days: int | None = None,
    version: int | None = None,
) -> Contribution:
    """Ask about single answers (field → what is asked); only those open again, for a time of their own.

    What is returned already may be returned again: open questions stay, and the time begins anew.
    The author has `days` for it (by the settings where not said).
    """
    requests = {field: clean_block(text) for field, text in requests.items()}
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.return_contribution", version)
        known = {*ASKABLE, *(question.field for question in contribution.call.questions.all())}
        wrong = {field: "" for field in requests if field not in known}
        wrong |= {field: _("Describe what you need to know.") for field, text in requests.items() if not text}
        if wrong or not requests:
            raise DomainError(
                _("Choose at least one answer, and describe what the author should change."), fields=wrong
            )
        until = now() + timedelta(days=days or settings.REVIEWS_ANSWER_DAYS)
        ask(contribution, requests, actor=actor)
        move(
            contribution,
            "return",
            actor=actor,
            note=clean_block(note),
            returned_at=now(),
            answer_by=until,
            version=contribution.version,
        )
        pause(contribution)
        index(contribution)
        _tell(contribution, "reviews.contribution_returned", until=until.isoformat(), note=clean_block(note))
    return contribution


def publish(
    contribution: Contribution,
    *,
    actor: User,
    note: str = "",
    checked: Collection[str] = (),
    version: int | None = None,
) -> Contribution:
    """Publish it as widely as its author allows, never wider.

    `checked` are the codes of the rules that the person held it against, for the log; `version` is the one
    that they read. Raises WrongState where the author has sent another text since.
    """
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.publish_contribution", version)
        if contribution.visibility == Visibility.DESK:
            raise DomainError(
                _("The author allows only the desk to read this contribution. It cannot be published.")
            )
        move(
            contribution,
            "publish",
            actor=actor,
            note=clean_block(note),
            decided_at=now(),
            published_at=now(),
            version=contribution.version,
        )
        close_items(contribution)
        refresh_index(contribution)
        _log_checked(contribution, actor, checked)
        _tell(contribution, "reviews.contribution_published", note=clean_block(note))
        tell(
            "reviews.contribution_shown",
            contribution,
            key=f"contribution:{contribution.pk}:published:{contribution.version}",
            terms=[*terms_of(contribution.call), *(f"review:{iso3}" for iso3 in _places(contribution))],
            weight=Weight.NEWS,
            url_name="calls:contribution",
            url_args=[contribution.pk],
            facts={"call": contribution.call.title},
        )
    return contribution


def keep(
    contribution: Contribution,
    *,
    actor: User,
    note: str = "",
    checked: Collection[str] = (),
    version: int | None = None,
) -> Contribution:
    """Accept what its author wrote for the desk only; `checked` and `version` as for `publish`."""
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.keep_contribution", version)
        if contribution.visibility != Visibility.DESK:
            raise DomainError(_("Its author wants this contribution to be published."))
        move(
            contribution,
            "keep",
            actor=actor,
            note=clean_block(note),
            decided_at=now(),
            version=contribution.version,
        )
        close_items(contribution)
        index(contribution)
        _log_checked(contribution, actor, checked)
        _tell(contribution, "reviews.contribution_kept", note=clean_block(note))
    return contribution


def decline(
    contribution: Contribution, *, actor: User, rule: str, note: str, version: int | None = None
) -> Contribution:
    """Decline by a published rule; the author is told which, and may correct the text until the closing."""
    note = clean_block(note)
    with transaction.atomic():
        contribution = _for_screening(contribution, actor, "reviews.decline_contribution", version)
        screening_rule = ScreeningRule.objects.in_use().filter(pk=rule).first()
        wrong = {}
        if screening_rule is None:
            wrong["rule"] = _("Choose the rule.")
        if not note:
            wrong["note"] = _("Explain the decision to the author.")
        if wrong or screening_rule is None:
            raise DomainError(_("Declining requires a rule and a note to the author."), fields=wrong)
        move(
            contribution,
            "decline",
            actor=actor,
            reason=screening_rule.pk,
            note=note,
            declined_by_rule=screening_rule,
            decided_at=now(),
            version=contribution.version,
        )
        close_items(contribution)
        index(contribution)
        may_correct = contribution.call.is_open_for(contribution.party)
        closes = contribution.call.closes_for(contribution.party)
        _tell(
            contribution,
            "reviews.contribution_declined",
            rule=screening_rule.name,
            note=note,
            correct_by=closes.isoformat() if may_correct and closes else "",
        )
    return contribution


def _for_screening(
    contribution: Contribution, actor: User, permission: str, version: int | None = None
) -> Contribution:
    contribution = lock(contribution, actor, permission)
    if version is not None and contribution.version != version:
        raise WrongState(_("This has changed since you read it. Please read it again before you decide."))
    return contribution


def _log_checked(contribution: Contribution, actor: User, rules: Collection[str]) -> None:
    if rules:
        record(contribution, "reviews.contribution.check", actor=actor, rules=sorted(rules))


def _places(contribution: Contribution) -> list[str]:
    return list(contribution.countries.values_list("pk", flat=True))


def _tell(contribution: Contribution, kind: str, **facts: Any) -> None:
    notify_all(
        people_who_write(contribution),
        kind,
        # That of a publication is the key of what followers are told of it: nobody hears of it twice.
        key=f"contribution:{contribution.pk}:{kind.removeprefix('reviews.contribution_')}:{contribution.version}",
        url_name="calls:contribution",
        url_args=[contribution.pk],
        facts={"call": contribution.call.title, "stakeholder": contribution.stakeholder.name, **facts},
        subject=contribution,
    )


# --- What the desk takes from the eyes of readers because of a report, and gives back: contributions -


def moderate_contribution(
    contribution: Contribution, name: str, *, actor: Any, reason: str = "", note: str = ""
) -> Contribution:
    """Suspend, restore or remove a published contribution, and inform its author of the reason.

    It is shown again as widely as its author allows by then, which is never wider than it was.
    """
    with transaction.atomic():
        contribution = lock(contribution, actor, permission(contribution, name), related=("call",))
        if name == "restore" and contribution.visibility == Visibility.DESK:
            raise DomainError(
                _("The author allows only the desk to read this contribution. It cannot be published.")
            )
        decision = move(contribution, name, actor=actor, reason=reason, note=clean_block(note))
        refresh_index(contribution)
        tell_whose_it_is(
            contribution,
            decision,
            people_who_write(contribution),
            url_name="calls:contribution",
            url_args=[contribution.pk],
        )
    return contribution


sentence(
    "reviews.contribution.check",
    gettext_lazy("%(actor)s checked the contribution against the rules (%(rules)s)"),
)
sentence("reviews.call.export", gettext_lazy("%(actor)s exported the contributions to the call"))
