"""What may stand in an issue and does, whom it reaches, and how far its sending has come."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Lower, RowNumber
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import now
from django.utils.translation import get_language_info, override, pgettext
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import administrators, holders_of
from core.small_numbers import suppress_if_small
from core.text import clean_line, plain
from news.hooks import ItemText, item_texts
from news.newsletter.enums import Way
from news.newsletter.models import Issue, IssueItem, IssueSection, Subscriber
from news.newsletter.rules import MAKERS
from news.newsletter.signed_links import leaving_key
from notifications.bounces.models import Suppression
from notifications.delivery.models import Pause
from notifications.follows.models import Deadline
from notifications.happenings.models import Happening
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from search.hooks import documents, plural_of
from search.models import Document
from search.queries import find
from taxonomy.terms.models import Topic

LONGEST_SUMMARY, LONGEST_TITLE = 280, 300
FIRST, ON_ONE_PAGE = 10, 30  # of each kind, and of all kinds, where these stand on one page
VISITOR = AnonymousUser()


def public_documents() -> QuerySet[Document]:
    """Return documents that a visitor may find; one for each object, not for each page of a file."""
    return Document.objects.visible_to(VISITOR).filter(part=0).defer("tsv")


class Candidate(NamedTuple):
    """One object that may be picked. `until` is the next deadline of what has one."""

    document: Document
    until: Any

    @property
    def code(self) -> str:
        return f"{self.document.kind}:{self.document.object_id}"


class Offer(NamedTuple):
    """What may be picked of one kind: the first of `number`."""

    kind: str
    heading: str
    rows: list[Candidate]
    number: int


def last_left() -> datetime | None:
    """Return when the last issue began to leave."""
    return Issue.objects.out().aggregate(at=Max("started_at"))["at"]


def candidates(way: str, text: str = "") -> QuerySet[Document]:
    """Return what may be picked: found by words, closing soon, new to followers since the last issue, or all.

    In the order in which it is shown; `until` is the next deadline.
    """
    ahead = Deadline.objects.filter(
        at__gt=now(), subject_kind=OuterRef("kind"), subject_id=OuterRef("object_id")
    )
    until = Subquery(ahead.order_by("at").values("at")[:1])
    if text:
        return find(VISITOR, text).annotate(until=until)
    rows = public_documents().annotate(until=until)
    if way == Way.CLOSING:
        return rows.filter(until__isnull=False).order_by("until", "pk")
    if way == Way.NEW and (since := last_left()):
        happenings = Happening.objects.filter(subject_kind=OuterRef("kind"), subject_id=OuterRef("object_id"))
        rows = rows.filter(Exists(happenings.filter(created_at__gt=since)))
    return rows.order_by("-pk")


def candidate(row: Any) -> Candidate:
    """Return a row of `candidates` with its deadline."""
    return Candidate(row, row.until)


def numbers_of(rows: QuerySet[Document]) -> dict[str, int]:
    """Count candidates by kind, in the order of the kinds."""
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: counts[kind] for kind in documents if kind in counts}


def offers(rows: QuerySet[Document], numbers: Mapping[str, int]) -> list[Offer]:
    """Return the first candidates of each kind."""
    order: Any = list(rows.query.order_by)
    place = Window(RowNumber(), partition_by=F("kind"), order_by=order)
    firsts = defaultdict(list)
    each = min(FIRST, max(1, ON_ONE_PAGE // max(1, len(numbers))))
    for row in rows.annotate(place=place).filter(place__lte=each):
        firsts[row.kind].append(candidate(row))
    return [Offer(kind, plural_of(kind), firsts[kind], number) for kind, number in numbers.items()]


def headings_of(kind: str, languages: Iterable[str]) -> dict[str, str]:
    titles = {}
    for code in languages:
        with override(code):
            titles[code] = plural_of(kind)
    return titles


def current_texts(kind: str, ids: Sequence[int]) -> dict[int, dict[str, dict[str, str]]]:
    """Return by object: language → {title, summary, path}, of those that a visitor may find."""
    of_object = {row.object_id: row for row in public_documents().filter(kind=kind, object_id__in=ids)}
    texts_by_object = item_texts[kind](list(of_object)) if kind in item_texts else {}
    return {pk: _in_languages(row, texts_by_object.get(pk, {})) for pk, row in of_object.items()}


def _in_languages(row: Document, by_language: Mapping[str, ItemText]) -> dict[str, dict[str, str]]:
    codes = [code for code, _name in settings.LANGUAGES]
    own = row.language if row.language in codes else "en"
    chosen = {code: text for code, text in by_language.items() if code in codes and text.title} or {
        own: ItemText(row.title, row.text)
    }
    texts = {}
    for code, text in chosen.items():
        with override(code):
            path = reverse(row.url_name, args=text.url_args or row.url_args)
        texts[code] = {
            "title": clean_line(text.title)[:LONGEST_TITLE],
            "summary": shorten(text.summary),
            "path": path,
        }
    return texts


def shorten(text: str) -> str:
    """Return the beginning of a text as one line, without its marks."""
    return Truncator(clean_line(plain(text))).chars(LONGEST_SUMMARY)


# --- Who may approve an issue ------------------------------------------------------------------------


class Approval(NamedTuple):
    """Whether the reader may approve an issue, and who else.

    Where there is no other person: the colleagues who could be given the permission, and who gives it.
    """

    may: bool
    people: list[User]
    colleagues: list[User]
    administrators: list[User]


def approval_of(issue: Issue, user: Any) -> Approval:
    people = [person for person in _second_people(issue) if person.pk != user.pk]
    colleagues = [] if people else _by_name(holders_of(*Role.DESK).exclude(pk__in=people_of_the_newsletter()))
    return Approval(
        may=user.has_perm("news.approve_newsletter", issue),
        people=people,
        colleagues=list(colleagues),
        administrators=[] if people else list(_by_name(administrators())),
    )


def whom_to_ask(issue: Issue) -> str:
    """Return a sentence that names those who may approve, or who can give a colleague the permission."""
    people = _second_people(issue)
    names = pgettext("between the parts of a list", ", ").join(
        str(person) for person in (people or _by_name(administrators()))
    )
    if people:
        return _("Ask one of these colleagues: %(names)s.") % {"names": names}
    return _("An administrator can give a colleague the permission: %(names)s.") % {"names": names}


def people_of_the_newsletter() -> QuerySet[User]:
    return holders_of(*MAKERS)


def _second_people(issue: Issue) -> QuerySet[User]:
    return _by_name(people_of_the_newsletter().exclude(pk__in=issue.writers))


def _by_name(people: QuerySet[User]) -> QuerySet[User]:
    return people.order_by("name", "pk")


# --- What stands in an issue, and which issues are out -----------------------------------------------

FEED = 30


class ItemLine(NamedTuple):
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


class ItemGroup(NamedTuple):
    label: str
    items: list[ItemLine]


# Of each section (in order) its items (in order) that everybody may see.
Shown = list[tuple[IssueSection, list[IssueItem]]]


def public_among(pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return those of the objects, as (kind, id), that a visitor may find."""
    of_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in pairs:
        of_kind[kind].add(pk)
    if not of_kind:
        return set()
    condition = reduce(or_, (Q(kind=kind, object_id__in=ids) for kind, ids in of_kind.items()))
    rows = Document.objects.visible_to(AnonymousUser()).filter(condition, part=0)
    return set(rows.values_list("kind", "object_id"))


def shown_in(issues: Collection[int]) -> dict[int, Shown]:
    """Return by issue what of it is public now and was not left out."""
    sections = list(IssueSection.objects.filter(issue__in=issues))
    items = list(IssueItem.objects.filter(issue__in=issues, left_out_at=None))
    public_pairs = public_among((item.kind, item.object_id) for item in items)
    of_section: dict[int, list[IssueItem]] = defaultdict(list)
    for item in items:
        if (item.kind, item.object_id) in public_pairs:
            of_section[item.section_id].append(item)
    shown: dict[int, Shown] = {pk: [] for pk in issues}
    for section in sections:
        shown[section.issue_id].append((section, of_section[section.pk]))
    return shown


def content(issue: Issue, shown: Shown, language: str) -> dict[str, Any]:
    """Return what a mail or a page says of an issue in one language."""
    return {
        "title": issue.field_text("title", language),
        "intro": issue.field_text("intro", language),
        "groups": [
            ItemGroup(section.heading(language), [line_of(item, language) for item in items])
            for section, items in shown
            if items
        ],
        "more": 0,
    }


def line_of(item: IssueItem, language: str) -> ItemLine:
    its = item.in_which(language)
    title, summary = item.field_text("title", language), item.field_text("summary", language)
    info = get_language_info(its) if its in dict(settings.LANGUAGES) else {"bidi": False}
    direction = "rtl" if info["bidi"] else "ltr"

    def mark_up(text: str) -> SafeString:
        return (
            format_html('<span lang="{}" dir="{}">{}</span>', its, direction, text) if text else SafeString()
        )

    return ItemLine(
        text=title,
        html=mark_up(title),
        url=urljoin(f"{settings.SITE_URL}/", item.field_text("path", language)),
        summary=mark_up(summary),
        summary_text=summary,
        kind=item.kind,
        language=its if its != language else "",
    )


def archive(language: str) -> QuerySet[Issue]:
    """Return issues that came out in this language, the newest first."""
    return Issue.objects.out().in_language(language).order_by("-started_at", "-pk")


def for_feed(language: str) -> list[tuple[Issue, Mapping[str, Any]]]:
    """Return the newest issues with their content."""
    issues = list(archive(language)[:FEED])
    shown = shown_in([issue.pk for issue in issues])
    return [(issue, content(issue, shown[issue.pk], language)) for issue in issues]


def for_sitemap() -> QuerySet[Issue]:
    return Issue.objects.out().order_by("pk")


# --- The mail ---------------------------------------------------------------------------------------------
def prepare(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """Return for the outbox what each mail says, of those whose readers are still subscribed."""
    addresses = {message.address.lower() for message in messages}
    subscribed = set(
        Subscriber.objects.confirmed()
        .alias(lowered=Lower("address"))
        .filter(lowered__in=addresses)
        .values_list(Lower("address"), flat=True)
    )
    return prepare_test([message for message in messages if message.address.lower() in subscribed])


def prepare_test(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """Return what each mail says, for the desk's own eyes. Words are made once for each language."""
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
    """Return the addresses by which a reader leaves with one click, and chooses anew."""
    return {
        "stop_url": reverse("newsletter:leave", args=[leaving_key(message.address, message.subject_id)]),
        "preferences_url": reverse("newsletter:choices"),
    }


# --- Whom an issue reaches, and how many subscribers there are; numbers, never addresses -------------


class Cell(NamedTuple):
    """`number` is None where it would point at few people."""

    label: str
    number: int | None


class Numbers(NamedTuple):
    total: int
    by_language: list[Cell]
    by_topic: list[Cell]


def reachable_subscribers(subscribers: "QuerySet[Subscriber]") -> "QuerySet[Subscriber]":
    """Return subscribers without those whose address is held back: bounced, or marked as unwanted."""
    held = Suppression.objects.in_force().alias(lowered=Lower("address"))
    return subscribers.filter(~Exists(held.filter(lowered=Lower(OuterRef("address")))))


def recipients(issue: Issue) -> "QuerySet[Subscriber]":
    """Return whom it would reach now: by language and topic, confirmed, not held back."""
    topics = list(issue.topics.values_list("pk", flat=True))
    subscribers = Subscriber.objects.confirmed().filter(languages__overlap=issue.languages)
    if topics:
        chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"))
        subscribers = subscribers.filter(~Exists(chosen) | Exists(chosen.filter(topic__in=topics)))
    return reachable_subscribers(subscribers)


def language_for(languages: list[str], issue_languages: list[str]) -> str:
    """Return the first of a reader's languages that the issue has."""
    return next(code for code in languages if code in issue_languages)


def numbers_for(issue: Issue) -> Numbers:
    """Count an issue's recipients by the language in which it comes and by chosen topic."""
    subscribers, has = recipients(issue), issue.languages
    return _numbers(subscribers, lambda languages: language_for(languages, has))


def numbers_of_subscribers() -> Numbers:
    """Count all who may get mail, by the language that they prefer and by topic."""
    return _numbers(reachable_subscribers(Subscriber.objects.confirmed()), lambda languages: languages[0])


def _numbers(subscribers: "QuerySet[Subscriber]", language_of: Callable[[list[str]], str]) -> Numbers:
    by_language: Counter[str] = Counter()
    rows = subscribers.order_by().values_list("languages").annotate(number=Count("pk"))
    for languages, number in rows:
        by_language[language_of(languages)] += number
    chosen = Subscriber.topics.through.objects
    by_topic = dict(
        chosen.filter(subscriber__in=subscribers).order_by().values_list("topic").annotate(number=Count("pk"))
    )
    total = by_language.total()
    unchosen = subscribers.filter(~Exists(chosen.filter(subscriber=OuterRef("pk")))).count()
    names = dict(Topic.objects.for_choices())
    topics = sorted((str(names.get(code, code)), number) for code, number in by_topic.items())
    cells = [Cell(name, suppress_if_small(number)) for name, number in topics]
    return Numbers(
        total=total,
        by_language=[
            Cell(get_language_info(code)["name_translated"], suppress_if_small(by_language[code]))
            for code, _name in settings.LANGUAGES
            if by_language[code]
        ],
        by_topic=[Cell(_("All topics"), suppress_if_small(unchosen)), *cells] if unchosen else cells,
    )


# --- How far the sending of an issue has come --------------------------------------------------------


class Progress(NamedTuple):
    """`over` of `total` have ended, in whatever way. While not all are written the total is an estimate."""

    over: int
    total: int
    pause: Pause | None


def progress_of(issue: Issue) -> Progress:
    mails = (
        Message.objects.filter(happening=issue.happening_id) if issue.happening_id else Message.objects.none()
    )
    numbers = mails.aggregate(all=Count("pk"), over=Count("pk", filter=Q(status__in=Status.OVER)))
    total = numbers["all"] if issue.all_written else max(numbers["all"], recipients(issue).count())
    pause = Pause.objects.live().filter(happening=issue.happening_id).first() if issue.happening_id else None
    return Progress(numbers["over"], total, pause)
