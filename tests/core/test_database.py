"""Which server the ORM and written statements ask, while a visitor's page is made and else."""

from threading import Thread

import pytest
from django.db import connections, router

from core.database import REPLICA, on_primary, on_replica, reading_connection
from taxonomy.places.models import Country, Region


@pytest.fixture(autouse=True)
def _routed(settings, monkeypatch):
    settings.DATABASE_ROUTERS = ["core.database.Router"]
    monkeypatch.setitem(connections.settings, REPLICA, connections.settings["default"])


def servers():
    """For a query, for a row to write, for a statement that is written out."""
    return router.db_for_read(Country), router.db_for_write(Country), reading_connection().alias


def test_a_page_reads_the_replica_and_what_is_kept_for_all_the_primary():
    assert servers() == ("default", "default", "default")
    with on_replica():
        assert servers() == (REPLICA, REPLICA, REPLICA)
        with on_primary():
            assert servers() == ("default", "default", "default")
        assert servers() == (REPLICA, REPLICA, REPLICA)
    assert servers() == ("default", "default", "default")


def test_a_page_that_fails_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError), on_replica(), on_primary():
        1 / 0
    assert servers() == ("default", "default", "default")


def test_other_threads_go_on_reading_the_primary():
    answers = []
    with on_replica():
        thread = Thread(target=lambda: answers.append(servers()))
        thread.start()
        thread.join()
        assert servers()[0] == REPLICA
    assert answers == [("default", "default", "default")]


def test_a_row_that_came_from_the_replica_is_written_to_the_primary():
    row = Country.from_db(REPLICA, ["iso3"], ["KEN"])  # as out of the cache, at another request
    assert router.db_for_write(Country, instance=row) == "default"
    assert router.db_for_read(Country, instance=row) == "default"


def test_rows_of_both_servers_go_together():
    row = Country.from_db(REPLICA, ["iso3"], ["KEN"])
    region = Region.from_db("default", ["m49"], ["002"])
    with on_replica():
        row.region = region
    assert row.region is region
