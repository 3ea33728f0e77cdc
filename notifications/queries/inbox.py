"""What the pages of this app show."""

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.utils.safestring import SafeString

from accounts.models import User
from core.clocks import by_both_clocks
from notifications.models import Notice
from notifications.render import facts_of, headline, path_of


class Line(NamedTuple):
    """One notice as the inbox shows it. `text` is escaped; `path` is empty where there is no page.

    `when` is its instant by the clocks of Vienna and of the reader.
    """

    notice: Notice
    text: SafeString
    path: str
    when: str


def lines(notices: list[Notice], user: User) -> list[Line]:
    """The notices that are still the reader's to see, in the active language."""
    return [
        Line(
            notice,
            headline(notice, facts_of(notice, user)),
            path_of(notice),
            by_both_clocks(notice.created_at, user.time_zone),
        )
        for notice in notices
        if notice.still_visible(user)
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
