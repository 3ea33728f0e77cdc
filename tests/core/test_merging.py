"""Moving links, shown on models made for the purpose: a link table, a table that says more, a one-to-one."""

from types import SimpleNamespace

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from core.errors import DomainError
from core.merging import repoint
from tests import support

TABLES = ("core_word", "core_text", "core_text_words", "core_reading")


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    """Words, texts (words, title), readings (word, who, mark): made by the owner, used by the plain role."""
    with isolate_apps("core"):

        class Word(models.Model):  # noqa: DJ008
            class Meta:
                app_label = "core"

        class Text(models.Model):  # noqa: DJ008
            words = models.ManyToManyField(Word, related_name="+")
            title = models.ForeignKey(Word, models.PROTECT, null=True, related_name="+")

            class Meta:
                app_label = "core"

        class Reading(models.Model):  # noqa: DJ008
            word = models.ForeignKey(Word, models.CASCADE, related_name="readings")
            who = models.CharField(max_length=10)
            mark = models.IntegerField(default=0)

            class Meta:
                app_label = "core"
                constraints = [models.UniqueConstraint(fields=["word", "who"], name="one_reading_each")]

        with django_db_blocker.unblock():
            with connection.schema_editor(collect_sql=True) as editor:
                for model in (Word, Text, Reading):
                    editor.create_model(model)
            support.run_as_owner(editor.collected_sql)
            for table in TABLES:
                support.grant(table)
            yield SimpleNamespace(words=Word.objects, texts=Text.objects, readings=Reading.objects)
            support.run_as_owner([f"DROP TABLE {', '.join(TABLES)}"])


@pytest.fixture
def managers(tables, db):
    return tables


def test_every_kind_of_link_moves_and_is_counted(managers):
    old, new, other = (managers.words.create() for _ in range(3))
    first, second = managers.texts.create(title=old), managers.texts.create(title=other)
    first.words.add(old, other)
    second.words.add(old, new)
    managers.readings.create(word=old, who="Ada")
    assert repoint(old, new) == {"core.text_words.word": 2, "core.text.title": 1, "core.reading.word": 1}
    assert set(first.words.all()) == {new, other}
    assert set(second.words.all()) == {new}
    assert managers.texts.get(pk=first.pk).title == new
    assert managers.readings.get().word == new
    old.delete()


def test_what_nobody_points_at_moves_nothing(managers):
    assert repoint(managers.words.create(), managers.words.create()) == {}


def test_a_row_that_says_more_than_a_link_is_never_dropped(managers):
    old, new = managers.words.create(), managers.words.create()
    managers.readings.create(word=old, who="Ada", mark=1)
    managers.readings.create(word=new, who="Ada", mark=2)
    with pytest.raises(DomainError, match="exists on both sides"):
        repoint(old, new)
    assert managers.readings.count() == 2


def test_only_two_different_rows_of_one_model_change_places(managers):
    word = managers.words.create()
    for other in (word, managers.texts.create()):
        with pytest.raises(ValueError):
            repoint(word, other)
