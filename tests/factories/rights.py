"""Copies of people's data for tests.

asked_copy(person, "account"): one that waits; without names, every section. made_copy(…): it is there.
unpacked(copy): {name in the archive: text}; rows_of(copy, "account"): a section's rows as dicts.
fresh(client): whoever is signed in has just shown their password again.
"""

import json
import zipfile

from accounts.data_rights.actions import ask_copy, make_copy
from accounts.data_rights.models import DataExport
from accounts.hooks import sections
from accounts.people.models import User
from tests.factories.accounts import PASSWORD


def asked_copy(person: User, *chosen: str, language: str = "en") -> DataExport:
    return ask_copy(actor=person, chosen=chosen or list(sections), language=language)


def made_copy(person: User, *chosen: str, language: str = "en") -> DataExport:
    copy = asked_copy(person, *chosen, language=language)
    assert make_copy(copy.pk)
    copy.refresh_from_db()
    return copy


def unpacked(copy: DataExport) -> dict[str, bytes]:
    with copy.file.open("rb") as stored, zipfile.ZipFile(stored) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(copy: DataExport, section: str) -> list[dict]:
    return json.loads(unpacked(copy)[f"{section}.json"])


def fresh(client) -> None:
    assert client.post("/en/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
