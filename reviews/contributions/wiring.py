"""Contributions and signatures in the registries of the apps below."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from api.hooks import resources
from core.desk_cards import desk_card
from core.uploads import StoredFile, files, opened
from notifications.hooks import asks_for_answer, kind
from reviews.calls.models import Call
from reviews.calls.wiring import (
    CALL,
    REVIEWS,
    pairs_while_shown,
    readers_while_shown,
    rows_while_shown,
    runs_calls,
)
from reviews.contributions import queries
from reviews.contributions.actions import withdraw
from reviews.contributions.api import ContributionResource
from reviews.contributions.api_own import OwnContributionResource
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Contribution, CoSignature, Evidence
from search.actions import index, index_many
from search.hooks import register
from stakeholders.applications.actions import note_opened
from stakeholders.entries.rules import acts_for_somebody
from stakeholders.hooks import PublishedBy, after_naming, before_merge, published_by
from workflow.hooks import desk_pages, desk_roles, parties_on
from workflow.items.actions import answer_requests, close_items
from workflow.windows.models import Extension

CONTRIBUTION = "reviews.contribution"


def _evidence(user: Any, pk: int) -> Evidence | None:
    return Evidence.objects.visible_to(user).filter(pk=pk).first()


def _parties_on(contribution: Contribution) -> set[str]:
    """Return the author, the lead, and everybody who was asked to sign."""
    signing = contribution.signatures.values_list("stakeholder_id", flat=True)
    return {f"person:{contribution.author_id}", contribution.party, *(f"stakeholder:{pk}" for pk in signing)}


def _settle(remaining: Any, gone: Any) -> None:
    """Keep of two contributions to one call the one furthest on, before two stakeholders are merged."""
    order = [
        *ContributionStatus.OVER,
        "draft",
        "returned",
        "submitted",
        "screening",
        "hidden",
        "desk_only",
        "published",
    ]
    theirs = {contribution.call_id: contribution for contribution in _under_way(remaining)}
    for contribution in _under_way(gone):
        other = theirs.get(contribution.call_id)
        if other is None:
            continue
        lesser = min((other, contribution), key=lambda each: order.index(each.status))
        if lesser.status == ContributionStatus.DRAFT:
            lesser.delete()
        else:
            close_items(lesser)
            answer_requests(lesser, actor=None)
            Contribution.objects.filter(pk=lesser.pk).update(
                status=ContributionStatus.WITHDRAWN, published_at=None
            )
            index(lesser)
    CoSignature.objects.filter(stakeholder=gone, contribution__signatures__stakeholder=remaining).delete()
    # Nobody signs its own contribution.
    CoSignature.objects.filter(stakeholder=gone, contribution__stakeholder=remaining).delete()
    CoSignature.objects.filter(stakeholder=remaining, contribution__stakeholder=gone).delete()
    for extension in Extension.objects.filter(subject_kind=CALL, party=f"stakeholder:{gone.pk}"):
        mine = Extension.objects.filter(
            subject_kind=CALL, subject_id=extension.subject_id, party=f"stakeholder:{remaining.pk}"
        ).first()
        if mine is None:
            extension.party = f"stakeholder:{remaining.pk}"
            extension.save(update_fields=["party"])
        elif mine.until < extension.until:
            mine.until = extension.until
            mine.save(update_fields=["until"])


def _under_way(stakeholder: Any) -> QuerySet[Contribution]:
    return Contribution.objects.filter(stakeholder=stakeholder).exclude(status__in=ContributionStatus.OVER)


files.register("evidence", _evidence)
parties_on.register(CONTRIBUTION, _parties_on)
desk_pages.register(CONTRIBUTION, "calldesk:contribution")
desk_roles.register(CONTRIBUTION, (Role.REVIEWS,))
before_merge.register("reviews.contributions", _settle)


# --- What is told -----------------------------------------------------------------------------------------
YOURS = _("Your contributions")
kind(
    "reviews.contribution_shown",
    label=_("A contribution to a review is published"),
    group=REVIEWS,
    among=rows_while_shown(Contribution.objects.published),
    readers=readers_while_shown(Contribution.objects.published),
    visible_pairs=pairs_while_shown(Contribution.objects.published),
)
_YOURS: Iterable[tuple[str, Any, bool]] = (
    ("reviews.contribution_received", _("Your contribution was received"), True),
    ("reviews.contribution_returned", _("Questions about your contribution"), True),
    ("reviews.contribution_published", _("Your contribution was published"), True),
    ("reviews.contribution_kept", _("Your contribution was accepted, for the WhatsOn team only"), True),
    ("reviews.contribution_declined", _("Your contribution was declined"), True),
    ("reviews.contribution_withdrawn", _("Your contribution was withdrawn"), False),
)
for _kind, _label, _essential in _YOURS:
    kind(
        _kind,
        label=_label,
        group=YOURS,
        essential=_essential,
        among=Contribution.objects.visible_to,
        concerns=acts_for_somebody,
    )
kind(
    "reviews.extension_given",
    label=_("You have more time for a call"),
    group=YOURS,
    essential=True,
    among=Call.objects.visible_to,
    concerns=acts_for_somebody,
)
kind(
    "reviews.signature_asked",
    label=_("You are asked to sign a contribution"),
    group=YOURS,
    among=Contribution.objects.visible_to,
    concerns=acts_for_somebody,
)
asks_for_answer("reviews.contribution_returned", "reviews.signature_asked")
for _name, _label in (
    ("reviews.contribution_arrived", _("Contribution to screen")),
    ("reviews.contribution_answered", _("An author has answered the desk")),
):
    kind(
        _name,
        label=_label,
        group=_("Work of the desk"),
        among=Contribution.objects.visible_to,
        concerns=runs_calls,
    )

# --- Calls, contributions, observations and country reviews in the index of the whole portal ---------


def _index_naming(entries: Collection[int], _hides: bool) -> None:
    signed = CoSignature.objects.filter(stakeholder__in=entries)
    rows = Contribution.objects.published().filter(
        Q(stakeholder__in=entries) | Q(pk__in=signed.values("contribution"))
    )
    index_many(CONTRIBUTION, [*rows.values_list("pk", flat=True)])


register(CONTRIBUTION, queries.contribution_documents, label=_("Contribution"))
after_naming.register(CONTRIBUTION, _index_naming)
published_by.register(
    CONTRIBUTION,
    PublishedBy(
        _("Contributions"),
        _("Withdraw the contributions"),
        lambda stakeholder: Contribution.objects.published().filter(stakeholder=stakeholder),
        "reviews.withdraw_contribution",
        lambda contribution, actor: withdraw(contribution, actor=actor),
    ),
)


def _note_restricted_opening(user: Any, stored: StoredFile) -> None:
    """What everybody may open is not restricted."""
    if not Evidence.objects.visible_to(AnonymousUser()).filter(pk=stored.pk).exists():
        note_opened(user, stored)


opened.register("evidence", _note_restricted_opening)

desk_card(
    "calldesk:queue",
    group="reviews",
    position=30,
    title=_("Contributions to screen"),
    text=_("Contributions to the reviews, screened by the published rules."),
    permission="reviews.screen_contributions",
    work=("screen",),
    kind=CONTRIBUTION,
    do=_("Review contribution"),
)

resources.register("contributions", ContributionResource)
resources.register("me/contributions", OwnContributionResource)
