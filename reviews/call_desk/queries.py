"""What the desk's pages of calls list and count."""

from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from core.text import fold
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call
from reviews.calls.queries import PUBLISH, may_answer
from reviews.contributions.enums import ContributionStatus
from stakeholders.entries.models import Stakeholder
from workflow.items.models import WorkItem
from workflow.windows.models import Extension, Window

S = ContributionStatus
MOST_FOUND = 20
STATES = {
    "draft": pgettext_lazy("calls", "Drafts"),
    "upcoming": pgettext_lazy("calls", "Upcoming"),
    "open": pgettext_lazy("calls", "Open"),
    "closed": pgettext_lazy("calls", "Closed"),
    "cancelled": pgettext_lazy("calls", "Cancelled"),
}
# What one call is called that stands there.
NAMES = {
    "draft": pgettext_lazy("status of a call", "Draft"),
    "upcoming": pgettext_lazy("status of a call", "Upcoming"),
    "open": pgettext_lazy("status of a call", "Open"),
    "closed": pgettext_lazy("status of a call", "Closed"),
    "cancelled": pgettext_lazy("status of a call", "Cancelled"),
}


class ExtensionRow(NamedTuple):
    """One stakeholder's longer time; `stakeholder` is None where the entry is gone."""

    extension: Extension
    stakeholder: Stakeholder | None


def calls_worked_on_by(user: Any) -> QuerySet[Call]:
    """Return all calls for those who run calls, else the calls that the person drafted."""
    calls = Call.objects.visible_to(user)
    return calls if user.has_role(Role.REVIEWS, Role.HEAD) else calls.filter(drafted_by=user)


def in_state(state: str) -> Q:
    at = now()
    match state:
        case "draft" | "cancelled":
            return Q(status=state)
        case "upcoming":
            return Q(status=CallStatus.PUBLISHED, opens_at__gt=at)
        case "open":
            return Q(status=CallStatus.PUBLISHED, opens_at__lte=at, closes_at__gte=at)
    return Q(status=CallStatus.PUBLISHED, closes_at__lt=at)


def state_of(call: Call) -> str:
    """Return the state of the call at this moment, a key of STATES."""
    if call.status != CallStatus.PUBLISHED:
        return call.status
    if not call.has_opened:
        return "upcoming"
    return "closed" if call.has_closed else "open"


def counts(user: Any) -> dict[str, int]:
    """Return state → number of calls."""
    return calls_worked_on_by(user).aggregate(**{name: Count("pk", filter=in_state(name)) for name in STATES})


def calls_in(user: Any, state: str) -> QuerySet[Call]:
    """Return the calls of a state with `received`, `waiting` and `handed_in`, in the order of the state."""
    handed_in = WorkItem.objects.open().filter(subject_kind=Call._meta.label_lower, what=PUBLISH)
    order = {"draft": ["-updated_at"], "upcoming": ["opens_at"], "open": ["closes_at"]}
    sent = ~Q(contributions__status=S.DRAFT) & Q(contributions__isnull=False)
    return (
        calls_worked_on_by(user)
        .filter(in_state(state))
        .select_related("drafted_by", "cluster")
        .annotate(
            received=Count("contributions", filter=sent),
            waiting=Count("contributions", filter=Q(contributions__status__in=S.OPEN)),
        )
        .annotate(handed_in=Exists(handed_in.filter(subject_id=OuterRef("pk"))))
        .order_by(*order.get(state, ["-closes_at"]), "-pk")
    )


def is_handed_in(call: Call) -> bool:
    return WorkItem.objects.about(call).open().filter(what=PUBLISH).exists()


def extensions_of(window: Window) -> list[ExtensionRow]:
    """Return who has an extension, and until when."""
    rows = list(Extension.objects.about(window).select_related("given_by"))
    pks = {extension.pk: int(extension.party.partition(":")[2] or 0) for extension in rows}
    stakeholders = Stakeholder.objects.in_bulk(pks.values())
    return [ExtensionRow(extension, stakeholders.get(pks[extension.pk])) for extension in rows]


def found_for(call: Call, user: Any, words: str) -> list[Stakeholder]:
    """Return who may get more time: those who have begun, or the addressed with such a name."""
    addressed = may_answer(call).filter(pk__in=Stakeholder.objects.visible_to(user).values("pk"))
    if words:
        addressed = addressed.filter(name_key__contains=fold(words))
    else:
        begun = call.contributions.exclude(status__in=S.OVER)
        addressed = addressed.filter(pk__in=begun.values("stakeholder_id"))
    return list(addressed.select_related("country").order_by("sort_key", "pk")[:MOST_FOUND])
