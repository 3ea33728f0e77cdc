"""Lists and waves for tests.

listed(3): that many checked rows. a_wave(3): a wave of them that nobody has written yet, from a former list.
table(rows): a CSV upload; sheet(rows): the same as XLSX.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.people.enums import Role
from stakeholders.invitations.actions_waves import Origin, make_wave
from stakeholders.invitations.address_lists import Listed
from stakeholders.invitations.models import Wave
from tests.factories.accounts import person_with

HEAD = ("email", "name", "kind", "country", "language", "city", "website")
FORMER = Origin("Old members", True, False, "Members of the former hub", date(2026, 1, 31))


def listed(count: int, **said: Any) -> list[Listed]:
    return [
        Listed(
            number + 2,
            f"member{number}@example.org",
            **{"name": f"Hidden Society {number}", "kind": "ngo", "country": "KEN", **said},
        )
        for number in range(count)
    ]


def a_wave(count: int = 1, *, origin: Origin = FORMER, actor: Any = None, **said: Any) -> Wave:
    return make_wave(listed(count, **said), origin, actor=actor or person_with(Role.VETTING))


def table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> SimpleUploadedFile:
    into = io.StringIO()
    csv.writer(into).writerows([head, *rows])
    return SimpleUploadedFile("list.csv", into.getvalue().encode("utf-8-sig"), content_type="text/csv")


def sheet(*rows: Sequence[str], head: Sequence[str] = HEAD) -> SimpleUploadedFile:
    book, into = Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(list(row))
    book.save(into)
    return SimpleUploadedFile("list.xlsx", into.getvalue())
