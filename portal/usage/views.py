"""How often what was used: for the desk, for an owner, as a sheet of a year; and links out."""

from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from core.line_charts import LinePoint, line_chart
from core.small_numbers import FEWEST
from core.spreadsheets import Column, Table, add_about, add_sheet, book_response, table_response
from core.text import whole
from portal.usage.enums import KINDS, CountedUse
from portal.usage.models import Usage
from portal.usage.queries import (
    UsageLine,
    by_month,
    days_back,
    own_lines,
    own_objects,
    sums_by_month,
    top,
    within,
    year_of,
    years,
)
from resources.library.queries_pages import edition_in
from resources.records.identifiers import official_address
from resources.records.models import Resource
from search import frequent_searches
from search.hooks import plural_of
from stakeholders.entries.models import Stakeholder
from taxonomy.names.sorting import content_language

PER_PAGE = 50
MONTH, TWELVE_MONTHS = 30, 365


class UsageQuery(NamedTuple):
    """What the desk's page shows, from its address; what makes no sense there is as if it were not."""

    days: int
    by: str
    kind: str

    @classmethod
    def of(cls, request: HttpRequest) -> "UsageQuery":
        by, kind = request.GET.get("by", ""), request.GET.get("kind", "")
        days = whole(request.GET.get("days", ""))
        return cls(
            days if days in (MONTH, TWELVE_MONTHS) else MONTH,
            by if by in CountedUse.values else CountedUse.VIEW.value,
            kind if kind in KINDS else "",
        )

    def lines(self, user: Any) -> list[UsageLine]:
        return top(within(_rows(user), *days_back(self.days)), user, by=self.by, kind=self.kind)

    def months(self, user: Any) -> list[tuple[str, list[int]]]:
        """Return the numbers of each month of a year, with its name, whatever time the list is about."""
        rows = _rows(user).filter(kind=self.kind) if self.kind else _rows(user)
        return [(date_format(month, "YEAR_MONTH_FORMAT"), numbers) for month, numbers in sums_by_month(rows)]


def _rows(user: Any) -> Any:
    if not user.has_perm("portal.view_usage"):
        raise Http404
    return Usage.objects.visible_to(user)


@page_view()
def usage(request: SignedIn) -> HttpResponse:
    query = UsageQuery.of(request)
    months = query.months(request.user)
    context = {
        "query": query,
        "months": [(month, list(zip(CountedUse.labels, numbers, strict=True))) for month, numbers in months],
        "charts": [
            (use, label, line_chart([LinePoint(month, numbers[at]) for month, numbers in months]))
            for at, (use, label) in enumerate(CountedUse.choices)
            if any(numbers[at] for _month, numbers in months)
        ],
        "lines": query.lines(request.user),
        "uses": CountedUse.choices,
        "kinds": [(kind, plural_of(kind)) for kind in KINDS],
        "spans": [(MONTH, _("Last 30 days")), (TWELVE_MONTHS, _("Last 12 months"))],
        "in_vain": frequent_searches.frequent_texts(in_vain=True)[:PER_PAGE],
        "years": years(),
    }
    return render(request, "portal/usage/usage.html", context)


@page_view()
def usage_table(request: SignedIn, form: str) -> HttpResponseBase:
    """The same list, and below it nothing else: searches stand in the sheet of the year."""
    query = UsageQuery.of(request)
    filters = [
        (_("Days"), query.days),
        (_("Sort by"), CountedUse(query.by).label),
        (_("Kind"), plural_of(query.kind) if query.kind else _("All")),
    ]
    table = Table(
        f"usage-{localdate()}",
        _("Usage"),
        _columns(),
        page=reverse("portal:usage"),
        filters=filters,
        notes=[(_("How it was counted"), "\n".join(_how_counted()))],
    )
    return table_response(form, table, query.lines(request.user))


def _columns() -> list[Column]:
    return [
        Column(_("Kind"), lambda line: line.label),
        Column(_("Number"), lambda line: line.object_id),
        Column(_("Title"), lambda line: line.title),
        *(Column(use.label, partial(_number, at)) for at, use in enumerate(CountedUse)),
    ]


def _number(at: int, line: UsageLine) -> int | str:
    return _cell(line.numbers[at])


def _cell(number: int | None) -> int | str:
    return number if number is not None else _("fewer than %(fewest)s") % {"fewest": FEWEST}


@page_view()
def year_sheet(request: SignedIn, year: int) -> HttpResponseBase:
    """For a donor: months, what was used most, and what was searched in vain; no number below five."""
    rows = _rows(request.user)
    if year not in years():
        raise Http404
    first, last = year_of(year)
    of_year = within(rows, first, last)
    months, lines = by_month(of_year, small=False), top(of_year, request.user, small=False)
    in_vain = frequent_searches.frequent_texts(in_vain=True).filter(week__gte=first, week__lte=last)

    def fill(book: Any) -> None:
        uses = [use.label for use in CountedUse]
        by_kind = [
            (f"{month:%Y-%m}", plural_of(kind), *map(_cell, numbers)) for month, kind, numbers in months
        ]
        add_sheet(book, _("By month"), [_("Month"), _("Kind"), *uses], by_kind)
        used = [(line.label, line.title, *map(_cell, line.numbers)) for line in lines]
        add_sheet(book, _("Used most"), [_("Kind"), _("Title"), *uses], used)
        searches = [(search.week, search.text, search.in_vain) for search in in_vain]
        add_sheet(book, _("Searched in vain"), [_("Week of"), _("Keywords"), _("Visitors")], searches)
        counted = "\n".join(_how_counted())
        title = _("Usage in %(year)s") % {"year": year}
        add_about(book, title, [(_("How it was counted"), counted)], page=reverse("portal:usage"))

    return book_response(f"usage-{year}", fill)


def _how_counted() -> list[str]:
    return [
        _("Counted by the server of the portal alone: no cookie, no address and no reader is stored."),
        _("A number says how often a page was opened, not by how many people."),
        _("Programs that say what they are were left out; those that pretend to be a browser were not."),
        _("Numbers below %(fewest)s are not shown.") % {"fewest": FEWEST},
        _("Pages of States are not counted, so that no list ranks them."),
    ]


@page_view()
def own(request: SignedIn) -> HttpResponse:
    """The profiles that somebody looks after, with their resources and events."""
    objects = own_objects(request.user)
    page = Paginator(objects, PER_PAGE).get_page(request.GET.get("page"))
    of_page = list(page.object_list)
    times: list[tuple[date, date]] = [days_back(MONTH), days_back(TWELVE_MONTHS)]
    month, year = (own_lines(request.user, of_page, *time) for time in times)
    context = {
        "page": page,
        "rows": [(line, line.cells, of_year.cells) for line, of_year in zip(month, year, strict=True)],
        "uses": CountedUse.choices,
        "fewest": FEWEST,
    }
    return render(request, "portal/usage/own.html", context)


# --- Links out ------------------------------------------------------------------------------------------
# They lead where the row of something that the reader sees says, and nowhere else.
@page_view(public=True, fresh=True)
def to_resource(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a record in a language, where its page says: at its publisher, else by its symbol.

    Where neither is known, to the publisher in another language.
    """
    record = get_object_or_404(Resource.objects.visible_to(request.user), pk=pk)
    editions = list(record.editions.all())
    if not editions:
        raise Http404
    language = request.GET.get("language", "")
    link = edition_in(editions, language).link or official_address(
        record.symbol, language or content_language()
    )
    return _out(link or next((edition.link for edition in editions if edition.link), ""))


@page_view(public=True, fresh=True)
def to_stakeholder(request: HttpRequest, pk: int) -> HttpResponse:
    return _out(get_object_or_404(Stakeholder.objects.visible_to(request.user), pk=pk).website)


def _out(address: str) -> HttpResponse:
    if not address.startswith(("https://", "http://")):
        raise Http404
    response = HttpResponseRedirect(address)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
