"""One resource: its page, its tombstone, and its citation in each form."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.people.decorators import page_view
from core.cards import Card, card, card_response
from core.page_cache import cached_page
from core.text import clean_line
from resources.collections.queries import collections_with, may_collect
from resources.library import queries_pages
from resources.library.citing import FORMS, link_header, linked_data, meta_tags, sentence
from resources.records.enums import StakeholderRole
from resources.records.identifiers import date_in_words, official_address
from resources.records.queries_lines import INDEXED, lines
from search.hits import marked_texts
from search.parse import LONGEST
from taxonomy.names.sorting import content_language


@page_view(public=True)
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, "")


@page_view(public=True)
def resource(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return _page(request, pk, slug)


def _page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a resource: 404 where it is hidden, a redirect where merged, 410 where withdrawn."""
    page_version = queries_pages.page_version(request.user, pk)
    if page_version is None:
        if further := queries_pages.moved_to(request.user, pk):
            return redirect(further, permanent=True)
        return _tombstone(request, pk)
    if slug != page_version.slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("resources:resource", args=[pk, page_version.slug]) + query, permanent=True)
    return cached_page(request, f"resource:{page_version.version}", lambda: _resource_page(request, pk))


def _tombstone(request: HttpRequest, pk: int) -> HttpResponse:
    gone = queries_pages.tombstone(request.user, pk)
    if gone is None:
        raise Http404
    edition = gone.edition_for()
    context = {"resource": gone, "edition": edition, "date": date_in_words(gone.published_on, gone.precision)}
    return render(request, "resources/library/withdrawn.html", context, status=410)


def _resource_page(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries_pages.page_row(request.user, pk)
    if row is None or not row.its_editions:  # hidden in this very moment, or a draft without a title
        raise Http404
    named = queries_pages.names()
    language = request.GET.get("language", "")
    edition = queries_pages.edition_in(row.its_editions, language)
    wanted = language or content_language()
    by_symbol = "" if edition.link else official_address(row.symbol, wanted)
    citation = queries_pages.citation_of(row, edition, named)
    public = queries_pages.is_public(row)
    forms = {
        form: reverse("resources:cite", args=[pk, form]) + f"?language={edition.language_id}"
        for form in FORMS
    }
    near = queries_pages.related_records(request.user, row)
    ids = {record.pk for _kind, rows in near for record in rows}
    words = clean_line(request.GET.get("q", ""))[:LONGEST]
    _own, passages = marked_texts(INDEXED, [pk], words).get(pk, ("", ()))
    user: Any = request.user
    keeps_files = user.is_authenticated and user.has_perm("resources.file_resource", row)
    context = {
        "resource": row,
        "edition": edition,
        "address": edition.link or by_symbol,
        "by_symbol": by_symbol,
        "out_language": wanted if by_symbol else edition.language_id,
        "titled": row.its_editions[0] if edition.title == row.its_editions[0].title else edition,
        "described": edition if edition.abstract else row.its_editions[0],
        "suggested": _terms(named["articles"], set(row.its_suggested) - set(row.its_articles)),
        "passages": passages,
        "shares_link": edition.link
        and sum(each_edition.link == edition.link for each_edition in row.its_editions) > 1,
        "is_fallback": edition.language_id != content_language() and "language" not in request.GET,
        "date": citation.date_text(),
        "spoken": date_in_words(row.published_on, row.precision),
        "licence_url": citation.licence_url,
        "filed": _filed(row, named),
        "forms": [(form, FORMS[form].label, address) for form, address in forms.items()],
        "public": public,
        "card": _card_of(row) if public else None,
        "meta": meta_tags(citation) if public else [],
        "linked_data": linked_data(citation) if public else "",
        "citation": sentence(citation),
        "files": any(each_edition.opened for each_edition in row.its_editions) or keeps_files,
        "authors": [body for body in row.its_stakeholders if body["role"] == StakeholderRole.AUTHOR],
        "publishers": [body for body in row.its_stakeholders if body["role"] == StakeholderRole.PUBLISHER],
        "related": [(label, lines(rows, language_names=named["languages"])) for label, rows in near],
        "alike": lines(queries_pages.alike(user, row, ids), language_names=named["languages"]),
        "collections": collections_with(user, row),
        "is_bookmarked": user.is_authenticated and row.bookmarks.filter(user=user).exists(),
        "at_desk": user.has_perm("resources.curate_resources"),
        "keeps_files": keeps_files,
        "may_collect": user.is_authenticated and may_collect(user),
    }
    response = render(request, "resources/library/resource.html", context)
    # Pages that were just read change what is found, without a change of the library.
    response.is_passing = bool(words)  # type: ignore[attr-defined]
    if public:
        response["Link"] = link_header(
            citation, {form: settings.SITE_URL + path for form, path in forms.items()}
        )
    return response


def _card_of(row: Any) -> Card:
    """Return the card in the language in use, whichever edition the page shows."""
    edition = queries_pages.edition_in(row.its_editions, "")
    date = date_in_words(row.published_on, row.precision)
    return card(row.get_kind_display(), edition.title, row.publisher, date)


@page_view(public=True)
def record_card(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    row = queries_pages.page_row(AnonymousUser(), pk)
    if row is None or not row.its_editions or not queries_pages.is_public(row):
        raise Http404
    return card_response(request, _card_of(row), version)


def _filed(row: Any, named: dict[str, dict[str, str]]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return (field, facet, [(code, name)]) of all that it is filed under, in the order of the names."""
    return [
        (name, facet, _terms(named[name], codes))
        for name, facet in queries_pages.FILED.items()
        if (codes := getattr(row, f"its_{name}"))
    ]


def _terms(names: dict[str, str], codes: Iterable[str]) -> list[tuple[str, str]]:
    wanted = set(codes)
    return [(code, label) for code, label in names.items() if code in wanted]


@page_view(public=True)
def cite(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Return the citation as a file, in the language that was asked for."""
    way = FORMS.get(form)
    row = queries_pages.page_row(request.user, pk) if way else None
    if way is None or row is None or not row.its_editions:
        raise Http404
    edition = queries_pages.edition_in(row.its_editions, request.GET.get("language", ""))
    citation = queries_pages.citation_of(row, edition, queries_pages.names())
    response = HttpResponse(way.make(citation), content_type=f"{way.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{way.ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response
