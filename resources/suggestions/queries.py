"""What a stakeholder's people see of their suggestions, and what waits for them."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.files.models import ResourceFile
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from stakeholders.entries.models import entries_of
from workflow.hooks import MyPart, OwnRows, Rows, Submission, Task
from workflow.items.models import ItemRequest
from workflow.moves.models import Decision
from workflow.moves.queries import decisions_on

# What is told to the suggester of what was decided, with the reason and the note.
MOST_WAITING = 10
SHOWN_MOVES = ("hold", "refuse", "publish", "post", "archive", "withdraw", "restore", "merge")


def own_suggestions(user: Any) -> QuerySet[Resource]:
    """Return the suggestions of the person's stakeholders, the latest change first."""
    rows = Resource.objects.of_people(user)
    rows = rows.with_file_name().select_related("suggested_for", "merged_into")
    return rows.order_by("-updated_at", "-pk")


def _has_open_questions() -> Q:
    """Return the condition: on hold, with questions that are not answered."""
    asks = ItemRequest.objects.filter(
        subject_kind="resources.resource", subject_id=OuterRef("pk"), answered_at=None
    )
    return Q(Exists(asks), status=ResourceStatus.HOLD)


def last_decision(resource: Resource) -> list[Decision]:
    return [decision for decision in decisions_on(resource) if decision.move in SHOWN_MOVES]


def saved_since_asked(resource: Resource) -> bool:
    """Return whether its suggester has saved anything since the desk asked."""
    requests = ItemRequest.objects.about(resource).filter(answered_at=None)
    last = requests.order_by("-asked_at").values_list("asked_at", flat=True).first()
    return last is not None and resource.updated_at > last


def may_be_written(resource: Resource, requests: dict[str, str]) -> bool:
    """Return whether its suggester may write it: a draft, or on hold with questions."""
    return resource.is_draft or (resource.status == ResourceStatus.HOLD and bool(requests))


def already_there(*, url: str = "", sha256: str = "") -> Resource | None:
    """Return the record that leads to this address, or holds this very file, unless it is a draft.

    Also one that was not taken: nobody suggests it to the desk again by publishing it.
    """
    rows = Resource.objects.exclude(status=ResourceStatus.DRAFT).order_by("pk")
    if sha256:
        rows = rows.filter(pk__in=ResourceFile.objects.filter(sha256=sha256).values("edition__resource"))
    else:
        rows = rows.filter(editions__link__in=_spellings_of_address(url))
    resource = rows.select_related("merged_into").first()
    return resource.merged_into or resource if resource else None


def _spellings_of_address(url: str) -> list[str]:
    """Return the address with either scheme, and with or without a slash at its end."""
    parts = urlsplit(url)
    rest = f"{parts.netloc.lower()}{parts.path}".rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return [url, *(f"{scheme}://{rest}{end}{query}" for scheme in ("https", "http") for end in ("", "/"))]


# --- What waits for a person in the library: suggestions to write, or to answer the desk about -------


def my_rows(user: Any) -> dict[str, OwnRows]:
    if not entries_of(user):
        return {}
    unpublished = (ResourceStatus.DRAFT, *ResourceStatus.WITH_DESK)
    suggested = Resource.objects.of_people(user).filter(status__in=unpublished)
    is_asked = Case(When(_has_open_questions(), then=Value(True)), default=Value(False))
    shown = ("title", "language", "status", "updated_at", "suggested_for__name")
    return {
        "suggested": OwnRows(
            suggested,
            lambda: (
                suggested.annotate(is_asked=is_asked)
                .select_related("suggested_for")
                .only(*shown)
                .order_by("-updated_at", "-pk")
            ),
        )
    }


def my_work(_user: Any, rows: Rows) -> MyPart:
    """Return at most ten drafts and suggestions with questions, and what is with the desk."""
    suggested = rows["suggested"]
    waiting = [resource for resource in suggested if resource.is_draft or resource.is_asked]
    with_desk = [resource for resource in suggested if resource not in waiting]
    return MyPart([*map(_suggestion, waiting[:MOST_WAITING])], [*map(_with_desk, with_desk)])


def _with_desk(resource: Any) -> Submission:
    return Submission(
        str(resource),
        reverse("resources:suggestion", args=[resource.pk]),
        _("Suggestion for the library"),
        resource.status,
        resource.get_status_display(),
        resource.updated_at,
        _("With the WhatsOn team"),
        resource.language_id or "",
        [resource.suggested_for.name] if resource.suggested_for else [],
        "book",
    )


def _suggestion(resource: Any) -> Task:
    do = _("Continue the suggestion") if resource.is_draft else _("Answer the questions")
    facts = [
        str(resource.get_status_display()),
        *([resource.suggested_for.name] if resource.suggested_for else []),
    ]
    url = reverse("resources:suggestion", args=[resource.pk])
    label, language = _("Suggestion for the library"), resource.language_id or ""
    return Task(str(resource), url, label, do, None, language, facts, "book")
