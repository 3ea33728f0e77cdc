"""The digest as a kind of mail."""

from django.utils.translation import gettext_lazy as _

from notifications.digests.queries import still_to_say
from notifications.hooks import kind

kind(
    "notifications.digest",
    label=_("Overview of what you follow"),
    group=_("Overviews"),
    prepare=still_to_say,
    gathers=True,
)
