"""Two workers at one export, two people at one report, with real threads and connections."""

import pytest

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import WrongState
from notifications.outbox.models import Message
from stakeholders.exports import actions as exports_actions
from stakeholders.exports.models import Export
from stakeholders.moderation import actions as moderation_actions
from stakeholders.moderation.models import Report
from tests.factories.accounts import person_with
from tests.factories.exports import asked_export, sent_report, table
from tests.factories.stakeholders import StakeholderFactory
from tests.support import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_make_one_file():
    """Outside any transaction, as in a worker: the rows come through a cursor that outlives each commit."""
    for _row in range(3):
        StakeholderFactory()
    export = asked_export(person_with(Role.HEAD))
    assert together(*(lambda: exports_actions.make_export(export.pk) for _worker in range(3))) == [None] * 3
    export = Export.objects.get()
    assert (export.status, export.attempts, len(table(export))) == ("ready", 1, 3)
    assert Entry.objects.filter(action="stakeholders.exported").count() == 1


def test_of_two_answers_one_counts():
    desk = person_with(Role.VETTING), person_with(Role.HEAD)
    report = sent_report(StakeholderFactory(), address="reader@example.org")
    outcomes = together(
        *(
            lambda who=who: moderation_actions.answer_report(
                Report.objects.get(), actor=who, outcome="unfounded"
            )
            for who in desk
        )
    )
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    report.refresh_from_db()
    assert report.outcome == "unfounded"
    assert Message.objects.filter(kind="stakeholders.report_answered").count() == 1
