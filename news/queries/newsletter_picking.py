"""What the desk may put into an issue: anything that a visitor may find, as it is now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import now
from django.utils.translation import override

from core.text import clean_line, plain
from news.registry import ItemText, item_texts
from notifications.follows.models import Deadline
from search.hooks import documents
from search.models import Document
from search.queries import find

MOST, LONGEST_SUMMARY, LONGEST_TITLE = 25, 280, 300
VISITOR = AnonymousUser()


def public() -> QuerySet[Document]:
    """The objects that a visitor may find; of files, not page by page."""
    return Document.objects.visible_to(VISITOR).filter(part=0).defer("tsv")


class Tab(NamedTuple):
    kind: str
    label: Any
    number: int


class Candidate(NamedTuple):
    """One object that may be picked. `until` is the deadline of what closes soon."""

    document: Document
    title: str
    kind_label: Any
    until: Any = None


def tabs(text: str) -> list[Tab]:
    """What was found, by kind. One query."""
    found = find(VISITOR, text).order_by().values_list("kind").annotate(Count("pk"))
    return [Tab(kind, documents[kind].label, number) for kind, number in found if kind in documents]


def found(text: str, kind: str = "") -> list[Candidate]:
    return _candidates(find(VISITOR, text, [kind] if kind else None)[:MOST])


def latest(kind: str = "") -> list[Candidate]:
    """What came into the index last."""
    rows = public().order_by("-pk")
    return _candidates((rows.filter(kind=kind) if kind else rows)[:MOST])


def closing_soon(kind: str = "") -> list[Candidate]:
    """What has a deadline ahead, the nearest first. Two queries."""
    ahead = Deadline.objects.filter(at__gt=now()).order_by("at", "pk")
    if kind:
        ahead = ahead.filter(subject_kind=kind)
    until: dict[tuple[str, int | None], Any] = {}
    for subject_kind, subject_id, at in ahead.values_list("subject_kind", "subject_id", "at")[: MOST * 4]:
        until.setdefault((subject_kind, subject_id), at)
    there = public().filter(kind__in={kind for kind, _pk in until}, object_id__in={pk for _kind, pk in until})
    rows = [row for row in there if (row.kind, row.object_id) in until]
    rows.sort(key=lambda row: until[row.kind, row.object_id])
    nearest = _candidates(rows[:MOST])
    return [one._replace(until=until[one.document.kind, one.document.object_id]) for one in nearest]


def _candidates(rows: Iterable[Document]) -> list[Candidate]:
    return [Candidate(row, row.title, row.kind_label) for row in rows]


def frozen(kind: str, ids: Sequence[int]) -> dict[int, dict[str, dict[str, str]]]:
    """By object: language → {title, summary, path}, of those that a visitor may find. Two queries."""
    of_object = {row.object_id: row for row in public().filter(kind=kind, object_id__in=ids)}
    said = item_texts[kind](list(of_object)) if kind in item_texts else {}
    return {pk: _in_languages(row, said.get(pk, {})) for pk, row in of_object.items()}


def _in_languages(row: Document, said: Mapping[str, ItemText]) -> dict[str, dict[str, str]]:
    codes = [code for code, _name in settings.LANGUAGES]
    own = row.language if row.language in codes else "en"
    told = {code: text for code, text in said.items() if code in codes and text.title} or {
        own: ItemText(row.title, row.text)
    }
    texts = {}
    for code, text in told.items():
        with override(code):
            path = reverse(row.url_name, args=text.url_args or row.url_args)
        texts[code] = {
            "title": clean_line(text.title)[:LONGEST_TITLE],
            "summary": short(text.summary),
            "path": path,
        }
    return texts


def short(text: str) -> str:
    """The beginning of a text as one line, without its marks."""
    return Truncator(clean_line(plain(text))).chars(LONGEST_SUMMARY)
