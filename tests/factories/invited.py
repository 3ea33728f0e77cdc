"""Lists and waves for tests.

listed(3): that many checked rows. a_wave(3): a wave of them that nobody has written yet, from a former list.
a_list(person, row): a list of members with its dry run. table(rows): a CSV upload.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.enums import Role
from core.spreadsheet_reader import look_at
from stakeholders.imports import actions as imports_actions
from stakeholders.imports.enums import ImportPurpose
from stakeholders.imports.models import Import
from stakeholders.invitations.actions_waves import ListedMember, Origin, make_wave
from stakeholders.invitations.models import Wave
from stakeholders.tasks import heavy_import
from tests.factories.accounts import person_with

HEAD = ("email", "name", "kind", "country", "language", "city", "website")
FORMER = Origin("Old members", True, False, "Members of the former hub", date(2026, 1, 31))


def listed(count: int, **fields: Any) -> list[ListedMember]:
    return [
        ListedMember(
            f"member{number}@example.org",
            **{"name": f"Hidden Society {number}", "kind": "ngo", "country": "KEN", **fields},
        )
        for number in range(count)
    ]


def a_wave(count: int = 1, *, origin: Origin = FORMER, actor: Any = None, **fields: Any) -> Wave:
    return make_wave(listed(count, **fields), origin, actor=actor or person_with(Role.VETTING))


def a_list(person: Any, *rows: Sequence[str], head: Sequence[str] = HEAD) -> Import:
    """A list of members whose columns are guessed, with its dry run made."""
    file = table(*rows, head=head)
    looked_at = look_at(file)
    file.seek(0)
    of = imports_actions.send(
        file,
        looked_at,
        source=FORMER.source,
        day=date(2026, 1, 31),
        actor=person,
        purpose=ImportPurpose.MEMBERS,
    )
    imports_actions.check(of, columns=of.columns, kind="", country="", language="en", actor=person)
    heavy_import(of.pk)
    of.refresh_from_db()
    return of


def table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> SimpleUploadedFile:
    into = io.StringIO()
    csv.writer(into).writerows([head, *rows])
    return SimpleUploadedFile("list.csv", into.getvalue().encode("utf-8-sig"), content_type="text/csv")
