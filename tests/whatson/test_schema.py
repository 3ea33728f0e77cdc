"""whatson/schema.sql, with which an empty database begins, is what the migrations come to."""

import os
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.management.commands.migrate import refuse_unknown_migrations
from tests import support
from whatson.embedded import schema

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.night
@pytest.mark.skipif("WHATSON_EMBEDDED" not in os.environ, reason="pg_dump has to be of the server's version")
def test_the_schema_is_what_every_migration_by_itself_comes_to(worker_id):
    migrated = schema.migrated(support.database_url(owner=True), f"whatson_each_{worker_id}").splitlines()
    stored = schema.FILE.read_text(encoding="utf-8").splitlines()
    assert [line for line in migrated if line not in stored] == [], "Run `make schema` and commit."
    assert migrated == stored, "Run `make schema` and commit."


def test_the_schema_knows_each_migration():
    rows = re.findall(
        r"django_migrations VALUES \(\d+, '(\w+)', '(\w+)'", schema.FILE.read_text(encoding="utf-8")
    )
    assert set(rows) == set(MigrationLoader(None).disk_migrations), "Run `make schema` and commit."


def test_a_package_may_have_dropped_a_migration_of_its_own():
    """As packages do that squash theirs; this one is installed inside the checkout."""
    support.run_as_owner(["INSERT INTO django_migrations VALUES (9998, 'account', '0001_of_old', now())"])
    try:
        refuse_unknown_migrations(connection)
    finally:
        support.run_as_owner(["DELETE FROM django_migrations WHERE id = 9998"])


@pytest.mark.parametrize(
    ("is_production", "sentence"),
    (
        (False, r"^The tables were made by another .* \(news\.0007_of_old .* make run DATA="),
        (True, r"^The tables are of a newer .* \(news\.0007_of_old .* docker/rollback\.sh\.$"),
    ),
)
def test_tables_of_another_version_are_refused_in_one_line(settings, is_production, sentence):
    settings.DEV_PAGES = not is_production
    support.run_as_owner(["INSERT INTO django_migrations VALUES (9999, 'news', '0007_of_old', now())"])
    try:
        with pytest.raises(CommandError, match=sentence):
            call_command("migrate", verbosity=0)
    finally:
        support.run_as_owner(["DELETE FROM django_migrations WHERE id = 9999"])
