"""What stands in an issue, and which issues are out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from news.links import leaving_key
from news.models import Issue, IssueItem, IssueSection, Subscriber
from search.models import Document

FEED = 30


class Line(NamedTuple):
    """One item for a reader: as plain text and as HTML, with the full address of its page.

    `language` is that of its words, where the reader's was not to be had.
    """

    text: str
    html: SafeString
    url: str
    summary: SafeString
    summary_text: str
    kind: str
    language: str


class Group(NamedTuple):
    label: str
    items: list[Line]


# Of each section (in order) its items (in order) that everybody may see.
Shown = list[tuple[IssueSection, list[IssueItem]]]


def public_among(pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the objects, as (kind, id), that a visitor may find. One query."""
    of_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in pairs:
        of_kind[kind].add(pk)
    if not of_kind:
        return set()
    asked = reduce(or_, (Q(kind=kind, object_id__in=ids) for kind, ids in of_kind.items()))
    found = Document.objects.visible_to(AnonymousUser()).filter(asked, part=0)
    return set(found.values_list("kind", "object_id"))


def shown_in(issues: Collection[int]) -> dict[int, Shown]:
    """By issue: what of it is public now and was not left out. Three queries, however many issues."""
    sections = list(IssueSection.objects.filter(issue__in=issues))
    items = list(IssueItem.objects.filter(issue__in=issues, left_out_at=None))
    public = public_among((item.kind, item.object_id) for item in items)
    of_section: dict[int, list[IssueItem]] = defaultdict(list)
    for item in items:
        if (item.kind, item.object_id) in public:
            of_section[item.section_id].append(item)
    shown: dict[int, Shown] = {pk: [] for pk in issues}
    for section in sections:
        shown[section.issue_id].append((section, of_section[section.pk]))
    return shown


def content(issue: Issue, shown: Shown, language: str) -> dict[str, Any]:
    """What a mail or a page says of an issue in one language. No query."""
    return {
        "title": issue.said("title", language),
        "intro": issue.said("intro", language),
        "groups": [
            Group(section.heading(language), [line_of(item, language) for item in items])
            for section, items in shown
            if items
        ],
        "more": 0,
    }


def line_of(item: IssueItem, language: str) -> Line:
    its = item.in_which(language)
    title, summary = item.said("title", language), item.said("summary", language)
    info = get_language_info(its) if its in dict(settings.LANGUAGES) else {"bidi": False}
    direction = "rtl" if info["bidi"] else "ltr"

    def told(text: str) -> SafeString:
        return (
            format_html('<span lang="{}" dir="{}">{}</span>', its, direction, text) if text else SafeString()
        )

    return Line(
        text=title,
        html=told(title),
        url=urljoin(f"{settings.SITE_URL}/", item.said("path", language)),
        summary=told(summary),
        summary_text=summary,
        kind=item.kind,
        language=its if its != language else "",
    )


def archive(language: str) -> QuerySet[Issue]:
    """What is out and came out in this language, the newest first."""
    return Issue.objects.out().in_language(language).order_by("-started_at", "-pk")


def for_feed(language: str) -> list[tuple[Issue, Mapping[str, Any]]]:
    """The newest with their content. Four queries."""
    issues = list(archive(language)[:FEED])
    shown = shown_in([issue.pk for issue in issues])
    return [(issue, content(issue, shown[issue.pk], language)) for issue in issues]


def for_sitemap() -> QuerySet[Issue]:
    return Issue.objects.out().order_by("pk")


# --- The mail ---------------------------------------------------------------------------------------------
def prepare(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """For the outbox: what each mail says, of those whose readers are subscribed still. Five queries."""
    addresses = {message.address.lower() for message in messages}
    subscribed = set(
        Subscriber.objects.confirmed()
        .alias(lowered=Lower("address"))
        .filter(lowered__in=addresses)
        .values_list(Lower("address"), flat=True)
    )
    return prepare_test([message for message in messages if message.address.lower() in subscribed])


def prepare_test(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """As `prepare`, for the desk's own eyes. Four queries, and the words of each language are made once."""
    issues = Issue.objects.in_bulk({message.subject_id for message in messages})
    shown = shown_in(list(issues))
    words: dict[tuple[int, str], Mapping[str, Any]] = {}
    for message in messages:
        key = (message.subject_id, message.language)
        if message.subject_id in issues and key not in words:
            words[key] = content(issues[message.subject_id], shown[message.subject_id], message.language)
    return {
        message.pk: words[message.subject_id, message.language]
        for message in messages
        if message.subject_id in issues
    }


def ways_out(message: Any) -> dict[str, str]:
    """The pages by which a reader leaves with one click, and chooses anew."""
    return {
        "stop_url": reverse("newsletter:leave", args=[leaving_key(message.address, message.subject_id)]),
        "preferences_url": reverse("newsletter:choices"),
    }
