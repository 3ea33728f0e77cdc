"""Bookmarks and saved searches of one person, and what is new in a search."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core.personal_data import DataField, data_field, data_fields
from resources.bookmarks.models import Bookmark, SavedSearch
from resources.library.queries import LibraryQuery, narrow_resources, readable_resources
from resources.records.models import Resource, ResourceQuerySet
from resources.records.queries_lines import chosen_edition, for_lines

MOST_TOLD = 5  # titles in one mail


def bookmarked_records(user: Any) -> Any:
    """Return the bookmarked resources that the person may still read, for lines, the latest first."""
    mine = Bookmark.objects.visible_to(user)
    rows = Resource.objects.visible_to(user).filter(bookmarks__in=mine)
    return for_lines(rows).order_by("-bookmarks__made_at", "-pk")


def searches_of(user: Any) -> list[SavedSearch]:
    return list(SavedSearch.objects.visible_to(user).order_by("name", "pk"))


def personal_rows(user: Any) -> Iterator[list[DataField]]:
    """Yield for "my data" what the person suggested, bookmarked, saved; without titles hidden from them."""
    for resource in Resource.objects.filter(suggested_by=user).order_by("pk"):
        yield data_fields(resource, "title", "kind", "status", "note", "created_at", "submitted_at")
    titles = dict(Resource.objects.visible_to(user).filter(bookmarks__user=user).values_list("pk", "title"))
    for mark in Bookmark.objects.filter(user=user).order_by("pk"):
        title = titles.get(mark.resource_id, "")
        yield [data_field("resource", _("resource"), mark.resource_id, title), *data_fields(mark, "made_at")]
    for search in SavedSearch.objects.filter(user=user).order_by("pk"):
        yield data_fields(search, "name", "query", "alerts", "last_told_at", "made_at")


def new_resources(search: SavedSearch, since: datetime, until: datetime) -> ResourceQuerySet:
    """Return the resources published, or out of embargo, in that time, that the person may read now."""
    question = LibraryQuery.of_query(search.query)
    rows = narrow_resources(readable_resources(search.user), search.user, question)
    return rows.annotate(came=Greatest("published_at", "embargo_until")).filter(
        came__gt=since, came__lte=until
    )


def owned_pairs(pairs: Any) -> set[tuple[int, int]]:
    """Return the pairs (person, search) of the searches that the person still has."""
    rows = SavedSearch.objects.filter(pk__in={pk for _person, pk in pairs})
    stored_pairs = set(rows.values_list("user_id", "pk"))
    return {pair for pair in pairs if pair in stored_pairs}


def titles_for(messages: Sequence[Any]) -> Mapping[int, Mapping[str, Any]]:
    """Return for each mail the titles that its person may read now. Mails without any are left out."""
    searches = SavedSearch.objects.select_related("user").in_bulk(
        [message.subject_id for message in messages]
    )
    titles_by_message = {}
    for message in messages:
        search = searches.get(message.subject_id)
        since, until = (parse_datetime(message.facts.get(key, "")) for key in ("since", "until"))
        if search is None or since is None or until is None:
            continue
        rows: Any = for_lines(new_resources(search, since, until)).order_by(F("published_at").desc(), "-pk")
        titles = [chosen_edition(row.its_texts)["title"] for row in rows[: MOST_TOLD + 1]]
        if titles:
            titles_by_message[message.pk] = {"titles": titles[:MOST_TOLD], "more": len(titles) > MOST_TOLD}
    return titles_by_message
