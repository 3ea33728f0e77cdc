"""What a person did, as a part of the data that they may download."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, sections
from accounts.people.models import User
from audit.queries import lines_about
from core.personal_data import DataField, data_field


def _history(user: User) -> Iterator[list[DataField]]:
    for line in lines_about(user):
        yield [
            data_field("at", _("at"), line.at),
            data_field("action", _("What happened"), line.action, line.text),
        ]


sections.register(
    "history",
    Section(
        _("What you did, and what was done to your account"),
        _("The log's sentences that you may read, with your sign-ins; not what only the desk reads."),
        _history,
    ),
)
