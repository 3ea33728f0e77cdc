"""Bytes go with their row, whatever took it away, and stay where that was taken back."""

import pytest
from django.db import transaction

from resources.files import actions_reading as files_actions_reading
from resources.records.models import Resource
from tests.factories.files import file_of
from tests.factories.resources import resource_in


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_draft_go_with_it(reference):
    file = file_of(resource_in("draft", title="Thrown away"))
    files_actions_reading.read(file.pk)
    file.refresh_from_db()
    storage, names = file.file.storage, [file.file.name, file.thumbnail.name]
    with transaction.atomic():
        Resource.objects.get(pk=file.edition.resource_id).delete()
        transaction.set_rollback(True)
    assert [storage.exists(name) for name in names] == [True, True]
    Resource.objects.get(pk=file.edition.resource_id).delete()
    assert [storage.exists(name) for name in names] == [False, False]
