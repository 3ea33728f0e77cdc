"""What the page of the search over everything shows, and what is proposed while somebody types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.facets import WIDEST, Chip, Choice, Facet, unknown_code
from portal.help.queries import HELP, title_of
from search.facets import MOST_MEANT, MeantChoice
from search.hits import Hit
from search.hooks import IS_CANCELLED, documents, plural_of
from search.models import Document
from search.parse import SHORTEST_BEGINNING, Question, parse
from search.results import Count, Narrowing, SearchResults, search_results
from search.spelling import corrected_text, is_slip, with_commoner_words
from search.text import fold, in_all_languages, words
from stakeholders.entries.enums import Kind
from stakeholders.logos.queries import logos_among
from taxonomy.law.models import Article, Instrument
from taxonomy.law.queries import TEXT
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import countries_within, regions_of
from taxonomy.terms.models import Language, Topic

FEW = 20  # found: up to so many, the words may be a slip that others made too
MOST_SHORTCUTS, MOST_TITLES = 4, 8
# Found by a country, and called by it in the language in use.
OF_COUNTRIES = {"reviews.countryreview"}
ARTICLE = "taxonomy.article"
STAKEHOLDER = "stakeholders.stakeholder"
# The sign of each kind; its word stands beside it.
ICONS = {
    STAKEHOLDER: "people",
    "resources.resource": "book",
    "events.event": "calendar-event",
    "events.proposal": "calendar-event",
    "news.story": "newspaper",
    "news.newslink": "newspaper",
    "reviews.call": "megaphone",
    "reviews.contribution": "chat-square-text",
    "reviews.observation": "chat-square-text",
    "reviews.dialogue": "chat-dots",
    "reviews.countryreview": "arrow-repeat",
    ARTICLE: "journal-text",
    "coordination.offering": "award",
    "coordination.network": "diagram-3",
    "coordination.networkplan": "diagram-3",
    HELP: "question-circle",
}
OTHER_ICON = "file-earmark-text"
# What the synonyms call `term:page-…`: the name of the address, its arguments, and its label.
PAGES: dict[str, tuple[str, Sequence[str], str | Promise]] = {
    "calls": ("calls:list", (), gettext_lazy("Calls for contributions")),
    "opportunities": ("portal:opportunities", (), gettext_lazy("Opportunities")),
    "events": ("events:list", (), gettext_lazy("Upcoming events")),
    "sessions": ("events:list", (), gettext_lazy("Upcoming events")),
    "dialogues": ("dialogues:list", (), gettext_lazy("Constructive dialogues")),
    "focal-points": ("regional:focal_points", (), gettext_lazy("Regional focal points")),
    "register": ("stakeholders:register", (), gettext_lazy("Register a stakeholder")),
    "newsletter": ("newsletter:home", (), gettext_lazy("Newsletter")),
    "networks": ("networks:list", (), gettext_lazy("Networks")),
    "contact": ("portal:page", ("contact",), gettext_lazy("Contact")),
    "programme": ("portal:programme", (), gettext_lazy("About the programme SE4U")),
    "reviews": ("reviews:list", (), gettext_lazy("Country reviews")),
}
# Led to only where what comes is asked for: "next session", and not "12th session".
OF_WHAT_COMES = {"sessions"}
FACETS: dict[str, str | Promise] = {
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country or area"),
    "topic": gettext_lazy("Topic"),
    "language": pgettext_lazy("of a text", "Language"),
}


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What an address asks. `kind` as "app.model"; "" and 1 where nothing is said."""

    q: str = ""
    kind: str = ""
    region: str = ""
    country: str = ""
    topic: str = ""
    language: str = ""
    exact: bool = False
    page: int = 1

    def query(self, **other: Any) -> str:
        """The question as an address has it, without the page."""
        other_query = replace(self, **{"page": 1, **other})
        given = {name: getattr(other_query, name) for name in ("q", "kind", *FACETS)}
        return urlencode(
            {**{k: v for k, v in given.items() if v}, **({"exact": 1} if other_query.exact else {})}
        )

    @property
    def params(self) -> QueryDict:
        """For `{% querystring %}`."""
        return QueryDict(self.query())

    @property
    def narrows(self) -> bool:
        return any(getattr(self, name) for name in FACETS)


@dataclass(frozen=True, slots=True)
class HitLine:
    """One hit, what tells it from others of a like name, and the address of its logo where it has one."""

    hit: Hit
    facts: list[str]
    url: str
    logo: str = ""

    @property
    def icon(self) -> str:
        return ICONS.get(self.hit.kind, OTHER_ICON)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    count: Count
    chosen: bool


def results_of(
    user: Any, query: SearchQuery, missing: int = 0, *, since: date | None = None, year: int | None = None
) -> SearchResults:
    """Return what answers the question as it stands; so many of its words may be missing.

    With `since` or `year` only what is not over before that day, or takes place in that year.
    """
    countries: set[str] | None = None
    if query.region:
        countries = set(countries_within([query.region]))
    if query.country:
        countries = {query.country} if countries is None else countries & {query.country}
    places = None if countries is None else sorted(countries)
    within = Narrowing(places, query.topic, query.language, since, year)
    return search_results(user, query.q, query.kind, within, query.page, missing=missing)


class Search:
    """One query and its results, with tabs, filters and proposals for the page."""

    def __init__(self, user: Any, query: SearchQuery) -> None:
        self.user = user
        self.query = query
        self.shown = query
        self.times: list[str] = []
        self.not_in_time = ""
        self.results = self._results_in_time(query) or self._results_of(query)
        self.instead = ""
        self.better = ""
        self.missing = 0
        if query.q and not self.results:
            self._try_another_spelling()
            if not self.results:
                self._try_some_words()
        elif query.q and not query.exact and self.results.total.number < FEW and not self.results.total.more:
            self.better = self._finds(with_commoner_words(query.q)) or ""

    def _results_of(self, query: SearchQuery, missing: int = 0) -> SearchResults:
        return results_of(self.user, query, missing)

    def _results_in_time(self, query: SearchQuery) -> SearchResults | None:
        """Return what is to come, or of the year, where the words ask for that and there is any."""
        question, today = parse(query.q), localdate()
        since, year = today if question.is_of_what_comes else None, question.year(today)
        if query.exact or not (since or year):
            return None
        results = results_of(self.user, query, since=since, year=year)
        if results:
            self.times = [
                *([pgettext("time of what is found", "Upcoming")] if since else []),
                *([str(year)] if year else []),
            ]
        elif year:
            self.not_in_time = _("Nothing in %(year)s was found. Showing other results.") % {"year": year}
        else:
            self.not_in_time = _("Nothing upcoming was found. Showing other results.")
        return results

    def _try_another_spelling(self) -> None:
        """Shown at once, and said so, unless the words were to be taken exactly."""
        proposal = corrected_text(self.user, self.query.q)
        if proposal is None:
            return
        if self.query.exact or parse(self.query.q).is_phrase or not is_slip(self.query.q, proposal):
            self.better = self._finds(proposal) or ""
            return
        other = replace(self.query, q=proposal, page=1)
        answer = self._results_of(other)
        if answer:
            self.instead, self.shown, self.results = proposal, other, answer

    def _try_some_words(self) -> None:
        """Names in another script, typed in Latin letters; and the nearest, where nothing has all the words,
        unless it is a filter that is in the way."""
        is_filtered = bool(self.results.counts or self.ways_out)
        for number in parse(self.query.q).instead:
            if (number < 0 or not is_filtered) and (answer := self._results_of(self.query, number)):
                self.missing, self.results = number, answer
                return

    @property
    def by_sound(self) -> bool:
        return self.missing < 0

    @property
    def has_most(self) -> bool:
        return parse(self.query.q).has_most(self.missing)

    def _finds(self, proposal: str | None) -> str | None:
        """Return the proposal if it finds something for this reader; other words must not show."""
        if not proposal:
            return None
        known = Document.objects.visible_to(self.user).filter(tsv=parse(proposal).as_query())
        return proposal if known.exists() else None

    @cached_property
    def lines(self) -> list[HitLine]:
        kinds = {f"kind:{code}": str(label) for code, label in Kind.choices}
        entries = [hit.object_id for hit in self.results.hits if hit.kind == STAKEHOLDER]
        logos = logos_among(self.user, entries)
        lines = []
        for document in self.results.hits:
            in_its_language = document.kind == HELP
            hit = document._replace(title=str(title_of(document.object_id))) if in_its_language else document
            if hit.kind == ARTICLE:
                hit = hit._replace(title=self._title_of_article(hit))
            place = self.names["country"].get(hit.country, "")
            if place and hit.kind in OF_COUNTRIES:
                lines.append(HitLine(hit._replace(title=place), [str(hit.kind_label)], hit.url))
                continue
            facts = [kinds[facet] for facet in hit.facets if facet in kinds] or [str(hit.kind_label)]
            if IS_CANCELLED in hit.facets:
                facts.append(pgettext("an event", "Cancelled"))
            # A page with passages shows them by itself.
            url = f"{hit.url}?{urlencode({'q': self.shown.q})}" if hit.passages else hit.url
            logo = logos.get(hit.object_id, "") if hit.kind == STAKEHOLDER else ""
            lines.append(HitLine(hit, facts + ([place] if place else []), url, logo))
        return lines

    def _title_of_article(self, hit: Hit) -> str:
        """Return the title with its treaty, in the language in use: four treaties have an article 18."""
        *_others, articles, instruments = map(dict, self._lists)
        code = next((code for code in articles if f"article:{code}" in hit.facets), "")
        instrument, _dash, number = code.rpartition("-")
        if instrument not in instruments:
            return hit.title
        called = _("Article %(number)s: %(title)s") % {"number": number, "title": articles[code]}
        return f"{called} ({instruments[instrument]})"

    @property
    def page(self) -> Any:
        """For the pager."""
        return self.results.page

    @cached_property
    def _lists(self) -> list[list[tuple[str, str]]]:
        """Return the reference lists; those of articles and instruments serve the shortcuts."""
        return choices_of(Region, Country, Topic, Language, Article, Instrument)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Facet → code → name in the language in use."""
        regions, countries, topics, languages, *_law = self._lists
        return {
            "region": {code: name for code, name in regions if code in WIDEST or code == self.query.region},
            "country": dict(countries),
            "topic": dict(topics),
            "language": dict(languages),
        }

    @property
    def tabs(self) -> list[Tab]:
        """Return the tab of all, then that of each kind with results, by its label."""
        counts = self.results.counts
        sum_of = Count(
            sum(count.number for count in counts.values()), any(count.more for count in counts.values())
        )
        kinds = sorted((plural_of(kind), kind) for kind in counts)
        all_of_it = Tab(str(_("All")), self._url(kind=""), sum_of, not self.shown.kind)
        return [all_of_it] + [
            Tab(label, self._url(kind=kind), counts[kind], kind == self.shown.kind) for label, kind in kinds
        ]

    @cached_property
    def facets(self) -> list[Facet]:
        """Return the filters: with numbers where all was counted, else with every choice."""
        facets = []
        for name, label in FACETS.items():
            chosen = getattr(self.shown, name)
            numbers = None if chosen else self._numbers(name)
            choices = [
                Choice(code, choice_label, numbers[code] if numbers else None, code == chosen)
                for code, choice_label in self.names[name].items()
                if numbers is None or code in numbers
            ]
            if choices:
                facets.append(Facet(name, label, choices))
        return facets

    def _numbers(self, name: str) -> Mapping[str, int] | None:
        if self.results.total.more:
            return None
        if name != "region":
            return self.results.facets.get(name, {})
        lies_in = regions_of()
        numbers: dict[str, int] = {}
        for country, number in self.results.facets.get("country", {}).items():
            for code in lies_in.get(country, ()):
                numbers[code] = numbers.get(code, 0) + number
        return numbers

    @property
    def chips(self) -> list[Chip]:
        times = [Chip(label, self.as_typed) for label in self.times]
        return times + [
            Chip(self.names[name].get(code, code), self._url(**{name: ""}))
            for name in FACETS
            if (code := getattr(self.query, name))
        ]

    @property
    def not_understood(self) -> list[str]:
        """A sentence for each code that is unknown, and for a time that nothing of what is shown is in."""
        known = {**self.names, "kind": dict.fromkeys(documents)}
        labels = {"kind": gettext_lazy("Kind"), **FACETS}
        as_asked = self.results and not (self.instead or self.missing)
        of_time = [self.not_in_time] if self.not_in_time and as_asked else []
        return of_time + [
            unknown_code(label, code, left_out=False)
            for name, label in labels.items()
            if (code := getattr(self.query, name)) and code not in known[name]
        ]

    @cached_property
    def ways_out(self) -> list[Chip]:
        """Return, where nothing is found, how much there is without each of the filters."""
        if self.results or not self.query.narrows:
            return []
        named = [name for name in FACETS if getattr(self.query, name)]
        ways = []
        for name in named:
            without: dict[str, Any] = {name: "", "page": 1}
            number = self._results_of(replace(self.query, **without)).total.number
            if number:
                label = self.names[name].get(getattr(self.query, name), "")
                ways.append(Chip(label, self._url(**{name: ""}), number))
        return ways

    @cached_property
    def readings(self) -> list[tuple[list[str], bool]]:
        """Return how the words were read, where that differs from what was typed."""
        return parse(self.shown.q).read_as

    @cached_property
    def shortcuts(self) -> list[Chip]:
        if self.query.page > 1 or self.query.narrows:
            return []
        _regions, countries, _topics, _languages, articles, _instruments = self._lists
        return _shortcuts(self.shown.q, countries, articles)

    @cached_property
    def meant(self) -> list[MeantChoice]:
        """What its words name and can be a filter, where words remain; this page needs some."""
        return [
            MeantChoice(
                self.names[term.facet][term.code],
                FACETS[term.facet],
                self._url(q=term.rest, exact=False, **{term.facet: term.code}),
            )
            for term in parse(self.query.q).named
            if term.rest
            and term.code in self.names.get(term.facet, {})
            and not getattr(self.query, term.facet)
        ][:MOST_MEANT]

    @property
    def as_typed(self) -> str:
        return self._url(exact=True)

    @property
    def better_url(self) -> str:
        return self._url(q=self.better)

    @property
    def everything_url(self) -> str:
        return f"?{urlencode({'q': self.query.q})}"

    def _url(self, **other: Any) -> str:
        return f"?{self.query.query(**other)}"


def _shortcuts(text: str, countries: list[tuple[str, str]], articles: list[tuple[str, str]]) -> list[Chip]:
    """Return the pages of the reference lists that the words name, the same for everybody."""
    typed, question = _words_of(text), parse(text)
    plain_words, ways = question.plain_words, _pages_of(question)
    if not plain_words or (
        len(plain_words[-1]) < SHORTEST_BEGINNING and plain_words[-1].isalpha() and plain_words[-1].isascii()
    ):
        return ways
    by_another_name = {term.code for term in question.named if term.facet == "country"}
    within = {
        name: folded_name
        for _code, name in countries
        if (folded_name := _words_of(name.partition("(")[0])) in typed
    }
    # Who asks for Papua New Guinea does not ask for Guinea.
    whole = {
        name
        for name, folded_name in within.items()
        if not any(folded_name in other and folded_name != other for other in within.values())
    }
    ways += [
        Chip(name, _country_page(code))
        for code, name in countries
        if name in whole or code in by_another_name or _begin_words_of(plain_words, f"{name} {code}")
    ]
    # By their titles articles are found in the index; their numbers are in many titles.
    for code, name in articles if any(word.isdigit() for word in plain_words) else ():
        instrument, _dash, number = code.rpartition("-")
        called = _("Article %(number)s: %(title)s") % {"number": number, "title": name}
        if number.isdigit() and _begin_words_of(
            plain_words, f"{called} {instrument} {in_all_languages(TEXT)}"
        ):
            ways.append(Chip(f"{called} ({instrument})", _article_page(instrument, int(number))))
    return ways[:MOST_SHORTCUTS]


def _pages_of(question: Question) -> list[Chip]:
    """Return the pages of the portal that the words name, each once."""
    named = [PAGES[code] for code in question.pages if question.is_of_what_comes or code not in OF_WHAT_COMES]
    return list(dict.fromkeys(Chip(str(label), reverse(name, args=args)) for name, args, label in named))


def _begin_words_of(typed_words: list[str], name: str) -> bool:
    """Return whether each word begins a word of the name; a number must be equal to one."""
    its = _words_of(name)
    return all((f" {word} " if word.isdigit() else f" {word}") in its for word in typed_words)


@lru_cache(maxsize=8192)
def _words_of(name: str) -> str:
    """With a space before and after each."""
    return f" {' '.join(words(fold(name)))} "


def _country_page(code: str) -> str:
    return reverse("portal:country", args=[code])


def _article_page(instrument: str, number: int) -> str:
    return reverse("portal:article", args=[instrument, number])


# Of a document, what a suggestion shows: its text may be long.
_SUGGESTED_FIELDS = ("kind", "object_id", "title", "url_name", "url_args")


def suggestions(user: Any, text: str) -> list[tuple[str, str, str]]:
    """Return (title, kind, URL) of what the person may open, while somebody types.

    Titles that begin with what was typed, then others that hold it.
    """
    begins = " ".join(words(fold(text)))
    if len(begins) < 2 and begins.isascii():
        return []
    shortcuts = [(str(way.label), "", way.url) for way in _shortcuts(text, *choices_of(Country, Article))]
    rows = Document.objects.visible_to(user).filter(part=0, kind__in=list(documents)).only(*_SUGGESTED_FIELDS)
    # A stretch of the index, in its order: the portal's databases sort by code points.
    begun = rows.filter(sort_key__gte=begins, sort_key__lt=begins + chr(0x10FFFF))
    titles = {
        (document.kind, document.object_id): (
            document.title,
            str(document.kind_label),
            document.get_absolute_url(),
        )
        for document in begun.order_by("sort_key", "pk")[:MOST_TITLES]
    }
    if len(titles) < MOST_TITLES and len(begins) >= SHORTEST_BEGINNING:
        for hit in search_results(user, text, marked=False).hits:
            titles.setdefault((hit.kind, hit.object_id), (hit.title, str(hit.kind_label), hit.url))
    known_urls = {url for _label, _kind, url in shortcuts}
    return shortcuts + [title for title in list(titles.values())[:MOST_TITLES] if title[2] not in known_urls]
