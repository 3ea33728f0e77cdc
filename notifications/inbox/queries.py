"""The lines of the inbox, and how much of it is unread."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.models import User
from core.bulk import union_of
from core.time_display import by_both_clocks, clock_of
from notifications.happenings.queries import still_visible
from notifications.happenings.words import facts_of, headline, path_of
from notifications.hooks import Among, Kind, asking_kinds, kinds
from notifications.inbox.models import Notice

# The sign of what a notice is about, by the app that declares its kind.
ICONS = {
    "accounts": "person-circle",
    "coordination": "diagram-3",
    "events": "calendar-event",
    "news": "newspaper",
    "resources": "book",
    "reviews": "arrow-repeat",
    "stakeholders": "people",
    "workflow": "kanban",
}
OTHER_ICON = "bell"


class InboxLine(NamedTuple):
    """One notice as the inbox shows it. `text` is escaped; `path` is empty where there is no page.

    `when` is its instant by the clocks of Vienna and of the reader, `day` and `time` by that of the reader.
    """

    notice: Notice
    text: SafeString
    path: str
    when: str
    day: date
    time: str

    @property
    def icon(self) -> str:
        return ICONS.get(self.notice.kind.partition(".")[0], OTHER_ICON)

    @property
    def asks(self) -> bool:
        """Whether the reader is asked to answer or to decide, and has not marked it as read."""
        return self.notice.read_at is None and self.notice.kind in asking_kinds


class InboxDay(NamedTuple):
    """The notices of one day, newest first."""

    label: str
    lines: list[InboxLine]


class Group(NamedTuple):
    """Kinds that stand together, under a code that is the same in every language."""

    code: str
    label: str | Promise
    kinds: list[str]


def code_of(kind: Kind) -> str:
    """The group of a kind, as an address may name it."""
    with override("en"):
        return slugify(str(kind.group))


def groups_of(user: Any) -> list[Group]:
    """Return the groups of which something is in the reader's inbox, sorted by label."""
    kind_names = (
        Notice.objects.visible_to(user).in_inbox().order_by().values_list("kind", flat=True).distinct()
    )
    groups: dict[str, Group] = {}
    for name in kind_names:
        if name in kinds:
            code = code_of(kinds[name])
            groups.setdefault(code, Group(code, kinds[name].group, [])).kinds.append(name)
    return sorted(groups.values(), key=lambda group: str(group.label))


def asking_first(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Sort what is unread and asks for an answer before all else, each part newest first."""
    asking = Q(kind__in=list(asking_kinds), read_at=None)
    return notices.order_by(Case(When(asking, then=Value(0)), default=Value(1)), "-created_at", "-pk")


def by_day(inbox_lines: Sequence[InboxLine], today: date) -> list[InboxDay]:
    """Group lines, newest first, by the day of the reader's clock; `today` is the day by that clock."""
    return [
        InboxDay(_label_of(day, today), list(lines_of_day))
        for day, lines_of_day in groupby(inbox_lines, key=lambda line: line.day)
    ]


def _label_of(day: date, today: date) -> str:
    return {0: _("Today"), 1: _("Yesterday")}.get((today - day).days, date_format(day))


def visible_among(notices: Sequence[Notice], user: User) -> set[int]:
    """Return the ids of the notices that the reader may see in this session, where some roles may sleep."""
    for notice in notices:
        notice.user = user
    known = [notice for notice in notices if notice.kind in kinds]
    visible_ids = _visible_by_subject(known, user) | {
        notice.pk for notice in known if notice.declared.still_visible is None
    }
    rest = [notice for notice in known if notice.pk not in visible_ids and notice.declared.among is None]
    if rest and len(user.live_grants) != len(user.granted):
        return visible_ids | {notice.pk for notice in rest if notice.still_visible(user)}
    return visible_ids | still_visible(rest)


def _visible_by_subject(notices: Sequence[Notice], user: User) -> set[int]:
    """Return the ids of notices whose kind says `among` which rows its subjects are, and which are there."""
    ids_by_subject: dict[Among, dict[int, list[int]]] = {}
    for notice in notices:
        if notice.declared.among is not None and notice.subject_id is not None:
            ids_by_subject.setdefault(notice.declared.among, {}).setdefault(notice.subject_id, []).append(
                notice.pk
            )
    subjects = list(ids_by_subject.values())
    parts = [
        (
            f"SELECT {place}, pk FROM {{rows}} AS part (pk)",  # noqa: S608  a number of ours
            among(user).order_by().filter(pk__in=its).values_list("pk"),
        )
        for place, (among, its) in enumerate(ids_by_subject.items())
    ]
    return {pk for place, subject in union_of(parts) for pk in subjects[place][subject]}


def lines(notices: list[Notice], user: User) -> list[InboxLine]:
    """The notices that are still the reader's to see, in the active language."""
    visible = visible_among(notices, user)
    return [line_of(notice, facts_of(notice, user), user) for notice in notices if notice.pk in visible]


def line_of(notice: Notice, facts: dict[str, Any], user: User) -> InboxLine:
    """Return the line of a notice that its reader may see."""
    local = notice.created_at.astimezone(clock_of(user.time_zone))
    when = by_both_clocks(notice.created_at, user.time_zone)
    return InboxLine(notice, headline(notice, facts), path_of(notice), when, local.date(), f"{local:%H:%M}")


def demo_codes() -> list[tuple[User, str]]:
    """(person, one-time code of this moment) of the demonstration accounts that have an authenticator app."""
    apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_demo=True)
    return [
        (app.user, format_hotp_value(hotp_value(decrypt(app.data["secret"]), _counter())))
        for app in apps.select_related("user").order_by("user__name", "user__email")
    ]


def _counter() -> int:
    """The middle of the counters that are accepted now."""
    counters = list(yield_hotp_counters_from_time())
    return counters[len(counters) // 2]


# --- How much in the inbox is unread, of what its reader may still see -------------------------------

MOST = 99  # counted one by one; beyond it the pages say "99+"
REMEMBERED = 60  # seconds


def unread_of(user: User, *, anew: bool = False) -> int:
    """How many unread notices the person may still see, of the newest; `MOST` + 1 stands for more.

    The number is cached for a minute for the same notices, since `visible_among` takes longer than the rest
    of many pages; in the inbox it is counted `anew`. So a subject that vanishes is counted for a minute on
    other pages, and named on none.
    """
    newest = newest_unread(user)
    if not newest:
        return 0
    ids = sha256(",".join(str(notice.pk) for notice in newest).encode()).hexdigest()
    key = f"unread:{user.pk}:{len(user.live_grants)}:{ids}"
    known: int | None = None if anew else cache.get(key)
    if known is None:
        known = len(visible_among(newest, user))
        cache.set(key, known, REMEMBERED)
    return known


def newest_unread(user: User, *, whole: bool = False) -> list[Notice]:
    """Return the newest unread notices, `MOST` and one more at most.

    They are read once for a page, which asks first where it shows some as a `whole`.
    """
    rows = Notice.objects.visible_to(user).in_inbox().unread()
    if not whole:
        rows = rows.only("kind", "subject_id", "user_id")
    return user.ask_once("newest_unread", lambda: list(rows[: MOST + 1]))


def unread_of_kinds(user: User, names: Collection[str], most: int) -> list[Notice]:
    """Return the newest unread notices of these kinds."""
    newest = newest_unread(user, whole=True)
    notices = [notice for notice in newest if notice.kind in names][:most]
    if len(notices) == most or len(newest) <= MOST:
        return notices
    return list(Notice.objects.visible_to(user).in_inbox().unread().filter(kind__in=names)[:most])
