"""Bringing the bits that the directory is counted from in line with its entries.

Readers wait for none of it: until then an entry that changed is counted from its rows (`queries_bitmaps`).
"""

from django.db import connection, transaction

from core.later import later
from search.models import Document
from stakeholders.directory.models import CommonWord, FacetBitmap, FacetChange
from stakeholders.directory.queries import INDEXED
from stakeholders.directory.queries_bitmaps import FACTS, NOTHING, bits_of, block_of

AT_ONCE = 10_000
# A word is common that one of so many entries holds, and stays so until only half as many do.
COMMON_FROM = 100
FEWEST = 100
LONGEST = 100
# From so many changes at a time on, which words are common is looked at anew.
MANY = 5_000
_LOCK = 7_406_435  # one at a time; any number that nothing else in this database locks by

KEPT, CHANGES, COMMON = (model._meta.db_table for model in (FacetBitmap, FacetChange, CommonWord))
_WORDS = f"""FROM "{Document._meta.db_table}", unnest(tsvector_to_array(tsv)) AS word
    WHERE kind = '{INDEXED}' AND part = 0"""
# Everything as of one moment: what changes later is named by a row that this one does not see.
_TAKE_UP = f"""
    WITH taken AS (
        DELETE FROM "{CHANGES}" WHERE id = ANY(ARRAY(SELECT id FROM "{CHANGES}" ORDER BY id LIMIT %s))
        RETURNING stakeholder_id
    ),
    late (id) AS MATERIALIZED (SELECT DISTINCT stakeholder_id FROM taken),
    outdated (block, bits) AS MATERIALIZED (SELECT {block_of("id")}, {bits_of("id")} FROM late GROUP BY 1),
    fact (facet, code, id) AS (
        {FACTS} UNION ALL SELECT 'word', word, object_id {_WORDS}
        AND object_id IN (SELECT id FROM late) AND word IN (SELECT word FROM "{COMMON}")
    ),
    these (facet, code, block, bits) AS MATERIALIZED (
        SELECT facet, code, {block_of("id")}, {bits_of("id")} FROM fact GROUP BY 1, 2, 3
    ),
    written AS (
        UPDATE "{KEPT}" AS kept SET bits = made.bits FROM (
            SELECT one.facet, one.code, one.block, one.bits AS before,
                (one.bits & ~outdated.bits) | coalesce(these.bits, {NOTHING}) AS bits
            FROM "{KEPT}" AS one JOIN outdated USING (block) LEFT JOIN these USING (facet, code, block)
        ) AS made
        WHERE (kept.facet, kept.code, kept.block) = (made.facet, made.code, made.block)
            AND made.bits <> made.before
    ),
    added AS (
        INSERT INTO "{KEPT}" (facet, code, block, bits) SELECT facet, code, block, bits FROM these
        WHERE NOT EXISTS (
            SELECT FROM "{KEPT}" AS kept
            WHERE (kept.facet, kept.code, kept.block) = (these.facet, these.code, these.block)
        )
    )
    SELECT count(*) FROM taken
"""  # noqa: S608  names of our own


def take_up_changes() -> int:
    """Bring all that changed in line, so many at a time; returns how many changes there were.

    Where many came at once, a worker looks at the common words, too.
    """
    done = 0
    while some := _take_up_some():
        done += some
    if done >= MANY:
        later("stakeholders.heavy_learn_words")
    return done


def _take_up_some() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        # Before the statement, which sees what the one before it has written.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_TAKE_UP, [AT_ONCE])
        (taken,) = cursor.fetchone() or (0,)
    return int(taken)


def learn_common_words() -> int:
    """Look anew which words are common, and make the bits of new ones; returns how many those are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_LEARN, [FEWEST])
        (learnt,) = cursor.fetchone() or (0,)
    return int(learnt)


_LEARN = f"""
    WITH least (times) AS MATERIALIZED (
        SELECT greatest(%s, count(*) / {COMMON_FROM}) FROM "{Document._meta.db_table}"
        WHERE kind = '{INDEXED}' AND part = 0
    ),
    known AS MATERIALIZED (
        SELECT word, count(*) AS times {_WORDS} GROUP BY word
        HAVING 2 * count(*) >= (SELECT times FROM least) AND length(word) <= {LONGEST}
    ),
    gone AS (
        DELETE FROM "{COMMON}" AS common WHERE NOT EXISTS (SELECT FROM known WHERE known.word = common.word)
        RETURNING word
    ),
    unmade AS (DELETE FROM "{KEPT}" USING gone WHERE facet = 'word' AND code = gone.word),
    new AS (
        INSERT INTO "{COMMON}" (word) SELECT word FROM known
        WHERE times >= (SELECT times FROM least) AND word NOT IN (SELECT word FROM "{COMMON}")
        RETURNING word
    ),
    made AS (
        INSERT INTO "{KEPT}" (facet, code, block, bits)
        SELECT 'word', word, {block_of("object_id")}, {bits_of("object_id")} {_WORDS}
            AND word IN (SELECT word FROM new)
        GROUP BY 2, 3
    )
    SELECT count(*) FROM new
"""  # noqa: S608  names of our own
