"""What follows when a term is merged below, and when an account with exports is deleted."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.enums import Role
from search.actions import index
from search.queries import find
from stakeholders.entries.models import DirectoryVersion
from stakeholders.exports.models import Export
from taxonomy.curation.actions import merge_terms
from taxonomy.terms.models import Topic
from tests.factories.accounts import person_with
from tests.factories.exports import made_export
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
WORDS = ("stationery", "pencils")


def test_entries_under_a_merged_term_are_found_by_the_one_that_stays(reference):
    kind = Topic.objects.first().kind
    old = Topic.objects.create(code="old-words", kind=kind, name_en="Counterfeit pencils")
    new = Topic.objects.create(code="new-words", kind=kind, name_en="Forged stationery")
    entry = StakeholderFactory()
    entry.topics.set([old])
    index(entry)
    before = DirectoryVersion.objects.current()
    merge_terms(old, new, actor=person_with(Role.ADMINISTRATOR))
    visitor = AnonymousUser()
    hits = [[hit.object_id for hit in find(visitor, word) if "stakeholder" in hit.kind] for word in WORDS]
    assert hits == [[entry.pk], []]
    assert DirectoryVersion.objects.current() == before + 1


def test_the_file_of_an_export_goes_with_the_account(reference, django_capture_on_commit_callbacks):
    person = person_with(Role.VETTING)
    export = made_export(person)
    storage, name = export.file.storage, export.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        person.delete()
    assert not Export.objects.exists()
    assert not storage.exists(name)
