"""Exports and reports for tests.

asked_export(person): one that waits, asked for as the portal does. made_export(person): its file is there.
ReportFactory(): somebody without an account finds an entry wrong. sent_report(entry): by the portal's act.
"""

import csv
import io
from typing import Any

import factory
from django.contrib.auth.models import AnonymousUser

from stakeholders.directory.queries import query_of
from stakeholders.entries.models import Stakeholder
from stakeholders.exports import actions as exports_actions
from stakeholders.exports.models import Export
from stakeholders.moderation import actions as moderation_actions
from stakeholders.moderation.models import Report
from tests.factories.stakeholders import StakeholderFactory


def asked_export(person: Any, filters: str = "", kind: str = "csv", language: str = "en") -> Export:
    return exports_actions.ask_export(actor=person, question=query_of(filters), kind=kind, language=language)


def made_export(person: Any, filters: str = "", kind: str = "csv", language: str = "en") -> Export:
    export = asked_export(person, filters, kind, language)
    exports_actions.make_export(export.pk)
    export.refresh_from_db()
    return export


def table(export: Export) -> list[dict[str, str]]:
    """The lines of a CSV export."""
    with export.file.open("rb") as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    stakeholder = factory.SubFactory(StakeholderFactory)
    subject_kind = "stakeholders.stakeholder"
    subject_id = factory.SelfAttribute("stakeholder.pk")
    entry_name = factory.SelfAttribute("stakeholder.name")
    what = "wrong"
    text = "It moved to another city."
    language = "en"


def sent_report(entry: Stakeholder, person: Any = None, **fields: Any) -> Report:
    report_fields = {"fault": "wrong", "text": "It moved to another city.", "language": "en", **fields}
    return moderation_actions.report_entry(entry, actor=person or AnonymousUser(), **report_fields)
