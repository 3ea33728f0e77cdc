from io import StringIO

import pytest
from celery import current_app
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.people.models import User
from search import hooks as search_hooks
from search.actions import WORKERS, drop, index, index_many, index_soon, rebuild
from search.enums import Audience
from search.models import Document, Word
from search.queries import find
from tests.search.conftest import KIND
from tests.support import assert_no_growth, run_during

pytestmark = pytest.mark.django_db


def titles():
    return sorted(Document.objects.values_list("title", flat=True))


def test_a_change_replaces_the_document(put, visitor):
    person = put("Old harbour")
    person.name = "New quay"
    person.save()
    index(person)
    assert titles() == ["New quay"]
    assert not find(visitor, "harbour").exists()
    assert find(visitor, "quay").exists()


def test_what_can_no_longer_be_found_leaves_the_index(put):
    person = put("Harbour")
    person.name = "Hidden"
    person.save()
    index(person)
    assert titles() == []


def test_a_dropped_object_leaves_the_index(put):
    drop(put("Harbour"))
    assert titles() == []


def test_a_text_as_long_as_may_be_is_indexed(put, visitor):
    put("Harbour", text="quay " * 40_000)
    assert find(visitor, "harbour quay").exists()
    put("X" * 150, aliases=["y" * 5000])


def test_many_are_indexed_in_a_fixed_number_of_statements(put):
    ids = []
    assert_no_growth(lambda: index_many(KIND, ids), lambda: ids.append(put("Harbour").pk))
    assert index_many(KIND, ids) == 3


def test_many_are_read_together_and_written_in_batches(put, monkeypatch, django_assert_num_queries):
    ids = [put(f"Harbour {n}").pk for n in range(7)]
    nudged: list[str] = []
    monkeypatch.setattr("search.actions.later", lambda name, **_arguments: nudged.append(name))
    monkeypatch.setattr("search.actions.MANY", 4)
    monkeypatch.setattr("search.actions.BATCH", 3)
    with django_assert_num_queries(5):  # two that read, three that write
        index_many(KIND, ids)
    assert nudged == ["search.learn_words_of"] * 2
    nudged.clear()
    monkeypatch.setattr("search.actions.AT_ONCE", 1)
    index_soon(KIND, ids)
    assert nudged == ["search.catch_up"] * WORKERS


def test_what_many_are_called_besides_is_read_once_for_all(put, visitor):
    people = [put(f"Harbour {n}", country="KEN" if n else "FRA") for n in range(4)]
    given = []

    def looked_at(execute, sql, params, many, context):
        given.append(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(looked_at):
        index_many(KIND, [person.pk for person in people])
    (besides,) = [parameter for params in given for parameter in params if isinstance(parameter, list)]
    assert len(besides) == 2
    assert find(visitor, "harbour kenya").count() == 3
    assert find(visitor, "harbour france").count() == 1


def test_a_rebuild_brings_everything_in_line(put, monkeypatch):
    monkeypatch.setattr("search.actions.BATCH", 2)
    people = [put(f"Harbour {n}") for n in range(5)]
    User.objects.filter(pk=people[0].pk).update(name="Quay")
    User.objects.filter(pk=people[1].pk).delete()
    User.objects.filter(pk=people[2].pk).update(name="Hidden")
    assert rebuild(KIND) == 3
    assert titles() == ["Harbour 3", "Harbour 4", "Quay"]


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_waits_for_who_is_changing_what_it_reads(put):
    person = put("Harbour")

    def rename():
        User.objects.filter(pk=person.pk).update(name="Quay")
        index(person)

    assert run_during(rename, lambda: rebuild(KIND)) == [1]
    assert titles() == ["Quay"]


def test_the_command_rebuilds_one_kind_or_all(put, monkeypatch):
    monkeypatch.setattr(search_hooks.documents, "_entries", {KIND: search_hooks.documents[KIND]})
    put("Harbour")
    Document.objects.create(kind="gone.thing", object_id=1, title="Gone", url_name="x", tsv="gone")
    output = StringIO()
    call_command("rebuild_index", KIND, stdout=output)
    assert output.getvalue() == "accounts.user: 1\n"
    assert titles() == ["Gone", "Harbour"]
    call_command("rebuild_index", stdout=output)
    assert titles() == ["Harbour"]
    with pytest.raises(CommandError, match=r"^Nothing of the kind 'a\.b' is searched"):
        call_command("rebuild_index", "a.b")


def test_words_of_what_was_just_written_are_learnt_at_once(
    put, monkeypatch, django_capture_on_commit_callbacks
):
    task = current_app.tasks["search.learn_words_of"]
    monkeypatch.setattr(task, "apply_async", lambda kwargs, **_how: task(**kwargs))
    with django_capture_on_commit_callbacks(execute=True):
        put("Ornithology Circle", text="Центр")
        put("Hidden Quetzalcoatl", audience=Audience.MEMBERS)
        put("Центр", text="2026")
    # What its kind is called is learnt, too.
    assert set(Word.objects.values_list("word", flat=True)) == {"ornithology", "circle", "центр", "person"}
