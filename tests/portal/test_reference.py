"""`load_reference`: all that comes with the software, by one command, again and again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.people.models import LegalVersion
from coordination.networks.models import Network
from events.reviewing.models import EligibilityQuestion
from portal.pages.models import Page
from reviews.handouts.models import Handout
from reviews.tracker.models import CountryReview
from search.models import Document
from stakeholders.vetting.models import ChecklistQuestion
from taxonomy.seed import BadRow

pytestmark = pytest.mark.django_db


def _load() -> list[str]:
    out = StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue().splitlines()


def test_everything_is_loaded_once_and_told(reference):
    output = _load()
    assert "countries.csv: 0 created, 0 updated, 248 unchanged, 0 skipped" in output
    assert "steps.csv: 10 created, 0 updated, 0 unchanged, 0 skipped" in output
    assert "checklist questions: 5" in output
    models = (ChecklistQuestion, EligibilityQuestion, Handout, LegalVersion, Network, Page)
    assert [model.__name__ for model in models if not model.objects.exists()] == []
    assert Document.objects.filter(kind="reviews.countryreview").count() == CountryReview.objects.count()
    again = _load()
    assert "steps.csv: 0 created, 0 updated, 10 unchanged, 0 skipped" in again
    assert "checklist questions: 0" in again


def test_what_the_desk_did_to_the_questions_stays(reference):
    _load()
    ChecklistQuestion.objects.filter(code="paper").update(active=False)
    ChecklistQuestion.objects.filter(code="flags").delete()
    EligibilityQuestion.objects.filter(pk="theme").update(retired=True, edited_by_hand=True)
    _load()
    assert ChecklistQuestion.objects.in_use().count() == 3
    assert EligibilityQuestion.objects.in_use().count() == 6


def test_a_bad_row_is_told_in_one_line(reference, monkeypatch):
    def refuse():
        raise BadRow("topics.csv", 7, "kind", "No such kind.")

    monkeypatch.setattr("portal.reference.load_reference", refuse)
    with pytest.raises(CommandError, match=r"^topics\.csv, line 7, column 'kind': No such kind\.$"):
        call_command("load_reference")
