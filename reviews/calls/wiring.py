"""Calls in the registries of the apps below."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from core.desk_cards import desk_card
from core.help_places import help_at
from news.hooks import item_texts
from notifications.hooks import kind, target
from reviews.calls import queries
from reviews.calls.models import Call
from search.hooks import register
from stakeholders.entries.rules import holds
from workflow.hooks import desk_pages, desk_roles

CALL = "reviews.call"
REVIEWS = pgettext_lazy("group of messages", "Reviews")


def call_titles(user: Any, codes: Collection[str]) -> dict[str, str]:
    """Return number → title of the calls that the person may see."""
    calls = Call.objects.visible_to(user).filter(pk__in=[code for code in codes if code.isdigit()])
    return {str(pk): title for pk, title in calls.values_list("pk", "title")}


def rows_while_shown(shown: Any) -> Any:
    return lambda _user: shown()


def readers_while_shown(shown: Any) -> Any:
    """Whoever may read what is public: everybody, while it is shown at all."""

    def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
        return people if pk is not None and shown().filter(pk=pk).exists() else people.none()

    return readers


def pairs_while_shown(shown: Any) -> Any:
    def keep_shown_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        shown_ids = set(shown().filter(pk__in={pk for _person, pk in pairs}).values_list("pk", flat=True))
        return {pair for pair in pairs if pair[1] in shown_ids}

    return keep_shown_pairs


def runs_calls(user: Any) -> bool:
    return holds(user, Role.REVIEWS)


desk_pages.register(CALL, "calldesk:call")
desk_roles.register(CALL, (Role.REVIEWS,))

target(
    "call",
    label=_("Call for contributions"),
    labels=call_titles,
    path=lambda code: reverse("calls:call", args=[code]),
    brings=_("Its deadlines 14 and 3 days ahead, what is published, and what followed."),
)
for _name, _label, _shown in (
    ("reviews.call_published", _("A call for contributions is published"), Call.objects.published),
    ("reviews.call_closing", _("A call for contributions closes soon"), Call.objects.published),
    ("reviews.call_cancelled", _("A call for contributions is cancelled"), Call.objects.all),
    ("reviews.call_followed", _("Contributions to a call are published"), Call.objects.published),
):
    kind(
        _name,
        label=_label,
        group=REVIEWS,
        among=rows_while_shown(_shown),
        readers=readers_while_shown(_shown),
        visible_pairs=pairs_while_shown(_shown),
    )

item_texts.register("reviews.call", queries.item_texts)
register("reviews.call", queries.call_documents, label=_("Call for contributions"))

desk_card(
    "calldesk:home",
    group="reviews",
    position=20,
    title=_("Calls for contributions"),
    text=_("Draft and publish calls; drafts pending publication."),
    permission="reviews.screen_contributions",
    work=("publish_call",),
    do=_("Review call"),
)

help_at("taking-part#calls", "calls")
help_at("calls#publish", "calldesk", others="focal-points#calls")
