"""Comparing each public list with what was recorded of it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone, translation
from rest_framework.request import Request

from api.fields import ALL, LANG
from api.hooks import resources
from api.models import Comparison, PublicRow
from api.queries import KEPT_DAYS, hidden_rows
from api.resources import Resource, tells_changes

BATCH = 200


def mirrored_lists() -> list[str]:
    """Return the names of the lists that tell their changes."""
    return [name for name, resource in sorted(resources.items()) if tells_changes(resource)]


def compare(name: str) -> None:
    """Record what of a list has changed for visitors since it was last compared, and what is gone.

    A batch is committed at a time, and only what differs is written: of a run that is killed the next one
    finds the rest, and until then mirrors go on from the last run that came to its end.
    """
    after: Any = None
    while digests := _digests_after(name, after):
        _record(name, {str(key): digest for key, digest in digests.items() if digest})
        *_others, after = digests
    record_gone(name)
    with _lock_list(name):
        completed = Comparison(resource=name, first_at=Now(), completed_at=Now())
        Comparison.objects.bulk_create(
            [completed], update_conflicts=True, unique_fields=["resource"], update_fields=["completed_at"]
        )
    PublicRow.objects.filter(resource=name, gone_at__lt=Now() - timedelta(days=KEPT_DAYS)).delete()


def record_gone(name: str) -> None:
    """Record which rows of a list visitors are shown no more."""
    with _lock_list(name):
        hidden_rows(name, _as_visitor(name).listed()).update(gone_at=Now(), digest="")


def _record(name: str, digests: Mapping[str, str]) -> None:
    with _lock_list(name):
        live = PublicRow.objects.filter(resource=name, key__in=digests, gone_at=None)
        recorded = dict(live.values_list("key", "digest"))
        PublicRow.objects.bulk_create(
            [
                PublicRow(resource=name, key=key, digest=digest, changed_at=Now(), gone_at=None)
                for key, digest in digests.items()
                if recorded.get(key) != digest
            ],
            update_conflicts=True,
            unique_fields=["resource", "key"],
            update_fields=["digest", "changed_at", "gone_at"],
        )


@contextmanager
def _lock_list(name: str) -> Iterator[None]:
    """Hold a lock while records of a list are written, so that their instants follow their commits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"api:{name}"])
        yield


def _digests_after(name: str, after: Any) -> dict[Any, str]:
    """Return the next rows of a list by their keys, each with a digest of what visitors are given of it.

    The digest of a row that went meanwhile is empty.
    """
    with timezone.override(UTC), translation.override("en"):
        view = _as_visitor(name)
        rows = view.listed().order_by("pk")
        if after is not None:
            rows = rows.filter(pk__gt=after)
        if view.detail_serializer_class is None:
            by_key = {row.pk: row for row in view.lines(rows)[:BATCH]}
        else:
            view = _as_visitor(name, detail=True)
            by_key = {key: _row_at(view, key) for key in rows.values_list("pk", flat=True)[:BATCH]}
        return _digests(view, by_key)


def _digests(view: Any, rows: Mapping[Any, Any]) -> dict[Any, str]:
    """In all languages: a text may change in one of them alone."""
    digests = {key: sha256() for key, row in rows.items() if row is not None}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            serializer = view.get_serializer()
            for key, digest in digests.items():
                answer = serializer.to_representation(rows[key])
                digest.update(json.dumps(answer, sort_keys=True, default=str).encode())
    return {key: digests[key].hexdigest() if key in digests else "" for key in rows}


def _row_at(view: Any, key: Any) -> Any:
    view.kwargs = {view.lookup_url_kwarg or view.lookup_field: str(key)}
    try:
        return view.get_object()
    except Http404:
        return None


def _as_visitor(name: str, *, detail: bool = False) -> Any:
    """Return the view of a resource as a visitor would call it, for its list or for one row."""
    request = HttpRequest()
    request.method = "GET"
    request.GET = QueryDict(f"{LANG}={ALL}")
    resource: type[Resource] = resources[name]
    view = resource(
        basename=name, action="retrieve" if detail else "list", detail=detail, kwargs={}, format_kwarg=None
    )
    view.request = Request(request)
    view.request.user = AnonymousUser()
    return view
