"""What the desk does with links to news elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from accounts.people.models import User
from audit.actions import record
from news.elsewhere.models import NewsLink
from search.actions import index


def save_link(link: NewsLink, topics: Iterable[Any], countries: Iterable[Any], *, actor: User) -> NewsLink:
    """Keep a link as the desk wrote it; from then on its file changes it no more."""
    _refuse_others(actor)
    with transaction.atomic():
        is_new = link.pk is None
        link.edited_by_hand, link.edited_at, link.gone_since = True, now(), None
        link.save()
        link.topics.set(topics)
        link.countries.set(countries)
        record(link, "news.link.add" if is_new else "news.link.change", actor=actor)
        index(link)
    return link


def hide_link(link: NewsLink, *, actor: User) -> None:
    _set_hidden(link, True, actor=actor)


def show_link(link: NewsLink, *, actor: User) -> None:
    _set_hidden(link, False, actor=actor)


def _set_hidden(link: NewsLink, hidden: bool, *, actor: User) -> None:
    """Show or hide a link, which decides about one that waits. Twice is once."""
    _refuse_others(actor)
    with transaction.atomic():
        undecided = NewsLink.objects.filter(Q(hidden=not hidden) | Q(is_waiting=True), pk=link.pk)
        if undecided.update(hidden=hidden, is_waiting=False):
            record(link, "news.link.hide" if hidden else "news.link.show", actor=actor)
            index(link)


def _refuse_others(actor: User) -> None:
    if not actor.has_perm("news.curate_stories"):
        raise PermissionDenied
