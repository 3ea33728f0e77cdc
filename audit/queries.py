"""Reading what was done. Names are looked up now, so that an erased person stays erased."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from audit.enums import Audience
from audit.hooks import page_of, sentences
from audit.models import Entry, kind_of
from core.time_display import by_both_clocks

PERSON = kind_of(User)  # type: ignore[arg-type]
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


class Line(NamedTuple):
    """One sentence as one reader sees it."""

    at: datetime
    text: str
    action: str
    entry: Entry
    subject: str
    url: str = ""  # of the page about the subject, for the log

    @property
    def details(self) -> dict[str, Any]:
        """What else was logged, lists as their words."""
        return {key: _joined(value) for key, value in self.entry.data.items()}

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        """What differed: {field: (before, after)}."""
        before, after = self.entry.data.get("before") or {}, self.entry.data.get("after") or {}
        keys = [*before, *(key for key in after if key not in before)]
        pairs = {key: (before.get(key), after.get(key)) for key in keys}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


class _Blanks(defaultdict[str, Any]):
    """A sentence that names a value which an old entry does not have reads on without it."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(str, values)


def timeline(subject: models.Model, user: Any, as_subject: bool = False) -> list[Line]:
    """What happened to `subject`, newest first, as far as `user` may read it.

    `as_subject` says that the reader is one of those it is about. Whoever is not of the desk reads
    "The WhatsOn team" where one of its people acted; whoever is neither reads no names at all. At most four
    queries.
    """
    is_desk = bool(user.is_authenticated and user.is_desk)
    audiences = {Audience.PUBLIC}
    if as_subject or is_desk:
        audiences.add(Audience.SUBJECT)
    if is_desk:
        audiences.add(Audience.DESK)
    readable = [action for action, sentence in sentences.items() if sentence.audience in audiences]
    entries = list(
        Entry.objects.filter(subject_kind=kind_of(subject), subject_id=subject.pk, action__in=readable)
    )
    labels = _Labels(entries, user, names=is_desk or as_subject, hide_desk=not is_desk)
    return [_line(entry, labels.of(entry), str(subject)) for entry in entries]


# What the log says to the desk, and each person may read about themselves.
ABOUT_ONESELF = ("accounts.signed_in", "accounts.signed_in_by_institution")


def lines_about(user: User) -> list[Line]:
    """What `user` did, and what was done to their account, oldest first, as far as the person may read it.

    Others are not named in it.
    """
    readable = [action for action, sentence in sentences.items() if sentence.audience != Audience.DESK]
    own_account = Q(subject_kind=kind_of(user), subject_id=user.pk)
    entries = list(
        Entry.objects.filter(Q(actor_id=user.pk) | own_account)
        .filter(Q(action__in=readable) | (own_account & Q(action__in=ABOUT_ONESELF)))
        .order_by("at", "pk")
    )
    labels = _Labels(entries, user, names=False, hide_desk=True)
    return [_line(entry, labels.of(entry), subject_label(entry)) for entry in entries]


def log_lines(entries: Iterable[Entry], user: Any) -> list[Line]:
    """The sentences of any entries, for an administrator."""
    entries = list(entries)
    labels = _Labels(entries, user, names=True, hide_desk=False)
    return [
        _line(entry, labels.of(entry), labels.subject(entry))._replace(url=labels.page_for(entry, user))
        for entry in entries
    ]


def subject_label(entry: Entry) -> str:
    """Kind and number of the subject; its name is not looked up, as the log shows many kinds."""
    try:
        kind = apps.get_model(entry.subject_kind)._meta.verbose_name
    except LookupError:
        kind = entry.subject_kind
    return f"{kind} {entry.subject_id}"


def _line(entry: Entry, actor_label: str, subject: str) -> Line:
    if entry.action not in sentences:
        # Declared by a version of the portal that is gone.
        return Line(entry.at, f"{actor_label}: {entry.action}", entry.action, entry, subject)
    sentence = sentences[entry.action]
    values = {key: sentence.labels.get(key, {}).get(value, value) for key, value in _plain(entry.data)}
    text = str(sentence.text) % _Blanks({**values, "actor": actor_label, "subject": subject})
    return Line(entry.at, text, entry.action, entry, subject)


def _plain(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What a sentence may name: values and lists of codes; not objects, such as before and after."""
    values = {key: _joined(value) for key, value in data.items()}
    return [
        (key, _render_instant(value))
        for key, value in values.items()
        if isinstance(value, str | int | float | bool)
    ]


def _joined(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _render_instant(value: Any) -> Any:
    """An instant as the acts log it, "2027-01-24T15:44:24+00:00", by Vienna's clock; the rest as it is."""
    return by_both_clocks(value) if isinstance(value, str) and _INSTANT.fullmatch(value) else value


class _Labels:
    """Who acted, as one reader may know it; two queries for all entries together."""

    def __init__(self, entries: list[Entry], reader: Any, *, names: bool, hide_desk: bool) -> None:
        ids = {entry.actor_id for entry in entries if entry.actor_id is not None}
        if names:
            ids |= {entry.subject_id for entry in entries if entry.subject_kind == PERSON}
        self.reader_id = reader.pk if reader.is_authenticated else None
        self.names = names
        self.people = User.objects.only("name", "email").in_bulk(ids) if ids else {}
        self.at_desk: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
        if hide_desk and ids:
            grants = Grant.objects.filter(user__in=ids, role__in=Role.DESK, confirmed_at__isnull=False)
            for user_id, starts_at, ends_at in grants.values_list("user_id", "starts_at", "ends_at"):
                self.at_desk[user_id].append((starts_at, ends_at))

    def subject(self, entry: Entry) -> str:
        """The name of a person, while the account is there; of all else, kind and number."""
        is_known = self.names and entry.subject_kind == PERSON and entry.subject_id in self.people
        return str(self.people[entry.subject_id]) if is_known else subject_label(entry)

    def page_for(self, entry: Entry, user: Any) -> str:
        """The page about the subject that `user` may open; "" where there is none."""
        if entry.subject_kind != PERSON:
            return page_of(entry.subject_kind, entry.subject_id, user)
        is_there = entry.subject_id in self.people
        return reverse("admin:accounts_user_change", args=[entry.subject_id]) if is_there else ""

    def of(self, entry: Entry) -> str:
        actor = entry.actor_id
        if actor is None:
            return _("The portal")
        if actor == self.reader_id:
            return str(self.people[actor]) if actor in self.people else _("A former user")
        if any(start <= entry.at and (end is None or entry.at < end) for start, end in self.at_desk[actor]):
            return _("The WhatsOn team")
        if actor not in self.people:
            return _("A former user")
        return str(self.people[actor]) if self.names else _("A person")
