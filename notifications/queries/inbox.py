"""What the pages of this app show."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import override

from accounts.people.models import User
from core.time_display import by_both_clocks
from notifications.models import Notice
from notifications.queries.visible import still_visible
from notifications.registry import Kind, kinds
from notifications.render import facts_of, headline, path_of


class Line(NamedTuple):
    """One notice as the inbox shows it. `text` is escaped; `path` is empty where there is no page.

    `when` is its instant by the clocks of Vienna and of the reader.
    """

    notice: Notice
    text: SafeString
    path: str
    when: str


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
    """The groups of which something is in the reader's inbox, by their labels. One query."""
    there = Notice.objects.visible_to(user).in_inbox().order_by().values_list("kind", flat=True).distinct()
    found: dict[str, Group] = {}
    for name in there:
        if name in kinds:
            code = code_of(kinds[name])
            found.setdefault(code, Group(code, kinds[name].group, [])).kinds.append(name)
    return sorted(found.values(), key=lambda group: str(group.label))


def visible_among(notices: Sequence[Notice], user: User) -> set[int]:
    """The ids of those that the reader may see in this session: a role that sleeps in it shows nothing."""
    if len(user.live_grants) != len(user.granted):
        return {one.pk for one in notices if one.kind in kinds and one.still_visible(user)}
    for one in notices:
        one.user = user
    return still_visible(notices)


def lines(notices: list[Notice], user: User) -> list[Line]:
    """The notices that are still the reader's to see, in the active language."""
    visible = visible_among(notices, user)
    return [
        Line(
            notice,
            headline(notice, facts_of(notice, user)),
            path_of(notice),
            by_both_clocks(notice.created_at, user.time_zone),
        )
        for notice in notices
        if notice.pk in visible
    ]


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
