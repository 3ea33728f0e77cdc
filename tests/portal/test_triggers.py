"""The database has the triggers of the lists, and each reports every change of a row, by whatever statement.

What a trigger does is tried on a table of the same columns without their rules: a row of any values will do.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from core import triggers
from core.triggers import Trigger, existing_triggers, listed_triggers, plain, trigger_lists
from portal.countries.wiring import OF_REVIEWS
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
LISTED = [
    pytest.param(name, trigger, id=f"{name} {trigger.table}")
    for name, group in trigger_lists.items()
    for trigger in group
]
# Of the library every statement counts; of what is linked to a record or an entry, every row that is touched.
NOT_COMPARED = (
    "resources_changed",
    "resources_record_changed",
    "resources_part_changed",
    "stakeholders_term_changed",
    "stakeholders_document_changed",
)
# Two values for each type of a column.
VALUES = {
    "boolean": ("false", "true"),
    "bytea": ("'a'", "'b'"),
    "date": ("'2026-01-01'", "'2026-01-02'"),
    "inet": ("'10.0.0.1'", "'10.0.0.2'"),
    "interval": ("'1 day'", "'2 days'"),
    "jsonb": ("'{}'", "'[]'"),
    "time without time zone": ("'10:00'", "'11:00'"),
    "timestamp with time zone": ("'2026-01-01'", "'2026-01-02'"),
    "tsvector": ("'a'", "'b'"),
    "uuid": ("'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'"),
}
NUMBERS = ("bigint", "integer", "smallint", "numeric", "double precision")


def values_of(kind):
    if kind.endswith("[]"):
        return "'{}'", "'{NULL}'"
    if kind.startswith(NUMBERS):
        return "1", "2"
    return VALUES.get(kind, ("'a'", "'b'"))


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def record(reference):
    """A public record of the library with all that its description names."""
    record = ResourceFactory()
    record.topics.add("firearms")
    record.countries.add("KEN")
    record.regions.add("002")
    record.stakeholder_links.create(stakeholder=StakeholderFactory())
    return record


class Rows:
    """A table like that of the trigger, with the trigger, and what is read of its changes."""

    def __init__(self, name, trigger, record=None):
        # Of a record's parts the function looks at the record, of names at the links to them.
        keys = {"resource_id": "1", "id": "1"}
        if record:
            entry = record.stakeholder_links.get().stakeholder_id
            keys = {"resource_id": record.pk, "iso3": "'KEN'", "m49": "'002'", "code": "'firearms'"}
            keys["id"] = entry if trigger.table == "stakeholders_stakeholder" else record.pk
        if trigger.function == "country_pages_changed_in":
            keys["status"] = f"'{trigger.arguments[0]}'"
        if trigger.table == "search_document":
            keys["kind"] = "'stakeholders.stakeholder'"
        run(f"CREATE TEMP TABLE tried (LIKE {trigger.table}) ON COMMIT DROP")
        columns = run(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = 'tried'::regclass AND attnum > 0 AND NOT attisdropped"
        )
        self.values = {column: values_of(kind) for column, kind in columns}
        self.values |= {
            column: (str(value), self.values[column][1])
            for column, value in keys.items()
            if column in self.values
        }
        run(trigger.definition.replace(f" ON {trigger.table} ", " ON tried "))
        self.version = {
            "country_pages": "SELECT count(*) FROM taxonomy_countrypagechange",
            "library": "SELECT resources_version()",
            "directory": """
                SELECT (SELECT count(*) FROM stakeholders_facetchange),
                    (SELECT count(*) FROM stakeholders_pendingentry)
            """
            if trigger.function != "stakeholders_document_changed"
            else "SELECT count(*) FROM stakeholders_facetchange",
            "harvesting": "SELECT changed_at FROM resources_harvestheader",
        }[name]

    def insert(self):
        names = ", ".join(f'"{column}"' for column in self.values)
        values = ", ".join(first for first, _second in self.values.values())
        run(f"INSERT INTO tried ({names}) VALUES ({values})")  # noqa: S608

    def update(self, column, which):
        run(f'UPDATE tried SET "{column}" = {self.values[column][which]}')  # noqa: S608

    def is_moved_by(self, change):
        [before] = run(self.version)
        change()
        [after] = run(self.version)
        [is_moved] = {earlier != other for earlier, other in zip(before, after, strict=True)}
        return is_moved


def test_the_database_has_the_triggers_of_the_lists_and_no_others():
    definitions = run(
        "SELECT set_config('search_path', '', true)::text, pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'pg_temp%'"
    )
    existing = existing_triggers(definition for _, definition in definitions)
    assert {key: plain(definition) for key, definition in existing.items()} == {
        key: plain(definition) for key, definition in listed_triggers().items()
    }, "Write the migration: manage.py write_triggers"


def test_there_are_few_and_one_a_table_in_each_list():
    for name, group in trigger_lists.items():
        tables = [trigger.table for trigger in group]
        assert len(tables) == len(set(tables)), name
    assert len(listed_triggers()) <= 80


def test_a_table_that_is_new_in_a_list_comes_with_its_migration(monkeypatch):
    def printed():
        out = StringIO()
        call_command("write_triggers", stdout=out)
        return out.getvalue()

    assert printed() == "The triggers are those of the lists.\n"
    new = Trigger("events_proposal", "country_pages", "country_pages_changed")
    changed = Trigger("news_story", "country_pages", "country_pages_changed_in", arguments=("published",))
    listed = {
        **listed_triggers(),
        **{f"country_pages ON {trigger.table}": trigger.definition for trigger in (new, changed)},
    }
    del listed["country_pages ON taxonomy_topic"]
    monkeypatch.setattr("core.management.commands.write_triggers.listed_triggers", lambda: listed)
    forward, back = printed().split('BACK = """')
    assert forward.splitlines() == [
        'FORWARD = """',
        "DROP TRIGGER country_pages ON news_story;",
        "DROP TRIGGER country_pages ON taxonomy_topic;",
        changed.definition,
        new.definition,
        '"""',
    ]
    assert "DROP TRIGGER country_pages ON events_proposal;" in back
    assert "country_pages_changed_in('published', 'archived');" in back


@pytest.mark.parametrize(("name", "trigger"), LISTED)
def test_every_change_of_a_row_is_reported(name, trigger, request):
    rows = Rows(name, trigger, request.getfixturevalue("record") if name == "harvesting" else None)
    is_for_new = "INSERT" in trigger.events
    assert rows.is_moved_by(rows.insert) == is_for_new
    for column in trigger.columns or rows.values:
        if name == "harvesting" and column in ("id", "resource_id"):
            continue  # the key by which the record is found
        assert rows.is_moved_by(lambda column=column: rows.update(column, 1)), column
        rows.update(column, 0)
    assert rows.is_moved_by(lambda: run("DELETE FROM tried")) == is_for_new


@pytest.mark.parametrize(
    ("name", "trigger"), [case for case in LISTED if case.values[1].function not in NOT_COMPARED]
)
def test_an_update_that_changes_nothing_that_is_shown_is_not_reported(name, trigger, request):
    rows = Rows(name, trigger, request.getfixturevalue("record") if name == "harvesting" else None)
    rows.insert()
    column = (trigger.columns or tuple(rows.values))[0]
    assert not rows.is_moved_by(lambda: rows.update(column, 0))
    if trigger.columns:
        other = next(column for column in rows.values if column not in trigger.columns)
        assert not rows.is_moved_by(lambda: rows.update(other, 1))


@pytest.mark.parametrize("table", ["news_story", "reviews_contribution"])
def test_of_drafts_nothing_is_reported_until_they_come_out(table):
    trigger = next(trigger for trigger in trigger_lists["country_pages"] if trigger.table == table)
    rows = Rows("country_pages", trigger)
    published, _ = rows.values["status"]
    rows.values["status"] = ("'draft'", published)
    column = "title" if table == "news_story" else "version"
    assert not rows.is_moved_by(rows.insert)
    assert not rows.is_moved_by(lambda: rows.update(column, 1))
    assert rows.is_moved_by(lambda: rows.update("status", 1))
    assert rows.is_moved_by(lambda: rows.update("status", 0))
    assert not rows.is_moved_by(lambda: run("DELETE FROM tried"))


@pytest.mark.parametrize("table", OF_REVIEWS)
def test_the_version_of_the_tracker_moves_with_its_tables(table):
    trigger = next(trigger for trigger in trigger_lists["country_pages"] if trigger.table == table)
    rows = Rows("country_pages", trigger)
    rows.version = "SELECT n FROM reviews_reviewsversion"
    assert rows.is_moved_by(rows.insert)
    column = next(iter(rows.values))
    assert rows.is_moved_by(lambda: rows.update(column, 1))
    assert not rows.is_moved_by(lambda: rows.update(column, 1))
    assert rows.is_moved_by(lambda: run("DELETE FROM tried"))


def test_a_list_reads_the_schema_of_the_migrations():
    assert triggers.triggers_of_schema().keys() == listed_triggers().keys()
