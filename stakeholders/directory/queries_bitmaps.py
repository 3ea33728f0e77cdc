"""What answers a question to the directory, as strings of bits: a bit for each entry, a row for each block.

A facet that is asked for is the bits of its codes, one or the other; the answer is what all of them have in
common, and a number how many of its bits a code has, too. No entry is read for that. Three kinds of bits are
not kept but made for the question: those of offers, which end by themselves and have readers of their own;
those of how fresh an entry is, from the days on which entries were confirmed; and those of words that few
entries hold, which the index of words finds.

An entry that changed since its bits were kept (`FacetChange`) is taken out of its block, and stands, as it is
now, in another one, whose number is below zero. So every statement counts what is true at its own moment,
whenever the bits are brought in line (`actions.take_up_changes`).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from accounts.people.enums import Role
from search.models import Document, keys_of
from search.parse import Question, parse
from search.queries import matching_ids
from stakeholders.directory.models import BLOCK, CommonWord, FacetBitmap, FacetChange
from stakeholders.directory.queries import (
    INDEXED,
    LINKED,
    OFFERS,
    OLDER,
    QUARTER,
    YEAR,
    DirectoryQuery,
    fresh_since,
    links_of,
    listings_seen,
)
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.places.models import Country

type Sql = tuple[str, list[Any]]

KEPT, CHANGES, COMMON = (model._meta.db_table for model in (FacetBitmap, FacetChange, CommonWord))
LISTED, WORDS = Stakeholder._meta.db_table, Document._meta.db_table
NOTHING = f"repeat('0', {BLOCK})::bit({BLOCK})"
# Days that are not asked about any more are not kept.
DAYS_KEPT = 400
# So many that words find, for each block there is, are counted from their rows.
FEW = 50


def bits_of(column: str) -> str:
    return f"stakeholders_bitmap(({column} %% {BLOCK})::int, 1)"


def block_of(column: str) -> str:
    return f"({column} / {BLOCK})::int"


def _linked(name: str) -> str:
    field: Any = Stakeholder._meta.get_field(LINKED[name])
    entry, term = field.m2m_column_name(), field.m2m_reverse_name()
    return (
        f"SELECT '{name}', {term}::text, {entry} FROM {field.m2m_db_table()} "  # noqa: S608  names of our own
        f"WHERE {entry} IN (SELECT id FROM late)"
    )


# As the condition of the indexes of the directory has it.
IS_SHOWN = f"""status IN ({", ".join(f"'{status}'" for status in sorted(Status.SHOWN))})
    AND listing IN ('{Listing.PUBLIC}', '{Listing.MEMBERS_STATES}', '{Listing.MEMBERS}')"""
# facet, code, entry: what those of `late` (id) hold now. That an entry has a listing says that it is shown.
FACTS_OF_ENTRIES = f"""
    SELECT facet, code, id FROM "{LISTED}", LATERAL (VALUES
        ('kind', kind), ('country', country_id), ('listing', listing), ('standing', status),
        ('confirmed', CASE WHEN confirmed_at > statement_timestamp() - interval '{DAYS_KEPT} days'
            THEN to_char(confirmed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') END)
    ) AS fact (facet, code)
    WHERE id IN (SELECT id FROM late) AND code IS NOT NULL AND {IS_SHOWN}
    UNION ALL {" UNION ALL ".join(_linked(name) for name in LINKED)}
"""  # noqa: S608  names of our own
FACTS = f"""
    {FACTS_OF_ENTRIES} UNION ALL SELECT 'reader', audience::text, object_id FROM "{WORDS}"
    WHERE kind = '{INDEXED}' AND part = 0 AND audience IS NOT NULL AND object_id IN (SELECT id FROM late)
"""  # noqa: S608  names of our own
# Those that are counted from their rows, each with a place of its own; and their bits.
_LATE = f"""
    late (id, place) AS MATERIALIZED (
        SELECT id, row_number() OVER () - 1
        FROM (SELECT DISTINCT stakeholder_id FROM "{CHANGES}" {{and_few}}) AS one (id)
    ),
    outdated (block, bits) AS MATERIALIZED (
        SELECT {block_of("id")}, {bits_of("id")} FROM late GROUP BY 1
    ),
    changed (facet, code, block, bits) AS MATERIALIZED (
        SELECT facet::varchar, code::varchar, -1 - {block_of("place")}, {bits_of("place")}
        FROM ({FACTS}) AS fact (facet, code, id) JOIN late USING (id) GROUP BY 1, 2, 3
    )
"""  # noqa: S608  as above
_ALL = f'(SELECT facet, code, block, bits FROM "{KEPT}" UNION ALL TABLE changed)'  # noqa: S608  as above


def _placed(column: str, rows: str) -> str:
    """The bits (column, block, bits) of `rows` (column, id), in the blocks that are kept and of `late`."""
    return f"""
        SELECT {column}, {block_of("id")}, {bits_of("id")} FROM {rows} GROUP BY 1, 2
        UNION ALL SELECT {column}, -1 - {block_of("place")}, {bits_of("place")}
        FROM {rows} JOIN late USING (id) GROUP BY 1, 2
    """  # noqa: S608  as above


class Words(NamedTuple):
    """How words are asked of the index: ids of what matches, and where bits may tell it, how (`_common`)."""

    matching: Sql
    common: tuple[Sql, Sql] | None

    @property
    def tables(self) -> list[Sql]:
        """`matched` (id): what the index finds, where not all of the words are common; and `are_common`."""
        tables, values = self.common[0] if self.common else ("are_common (are_all) AS (SELECT false)", [])
        matching, params = self.matching
        matched = f"""matched (id) AS MATERIALIZED (
            SELECT id FROM ({matching}) AS one (id) WHERE NOT (SELECT are_all FROM are_common)
        )"""  # noqa: S608  names of our own
        return [(tables, values), (matched, params)]


def words_of(user: Any, asked: DirectoryQuery) -> Words | None:
    """None where no word is asked."""
    question = parse(asked.q, asked.missing)
    if not question:
        return None
    sql, params = matching_ids(user, asked.q, INDEXED, asked.missing).query.sql_with_params()
    return Words((sql, [*params]), _common(user, question))


def found(
    user: Any, asked: DirectoryQuery, asides: Sequence[str] = ("",), words: Words | None = None
) -> Sql | None:
    """The tables of a WITH, the last of them `found` (aside, block, bits): what answers to all that is asked
    but the facet `aside`; and `made` (facet, code, block, bits), which is not kept. None where no word is.
    """
    parts: list[Sql] = [("SELECT '', block, bits FROM everybody", [])]
    tables: list[Sql] = [(_LATE.format(and_few=""), []), _everybody(user), _made(user)]
    if asked.q:
        words = words or words_of(user, asked)
        if words is None:
            return None
        more, its = words.common[1] if words.common else ("", [])
        parts.append(("SELECT 'word', block, bits FROM word", []))
        tables[:1] = [
            *words.tables,
            (
                f'few (are_few) AS MATERIALIZED (SELECT count(*) <= {FEW} * (SELECT count(*) FROM "{KEPT}" '  # noqa: S608
                f"WHERE facet = 'listing' AND code = '{Listing.PUBLIC}') FROM matched)",
                [],
            ),
            # Where few are found, the bits of all others need not be looked at.
            (_LATE.format(and_few="UNION SELECT id FROM matched WHERE (SELECT are_few FROM few)"), []),
            (
                f"""word (block, bits) AS MATERIALIZED (
                    SELECT block, bits FROM ({_placed("''", "matched")}) AS one (asked, block, bits)
                    WHERE block < 0 OR NOT (SELECT are_few FROM few) {more}
                )""",  # noqa: S608  as above
                its,
            ),
        ]
    parts += [_asked(name, asked.codes(name)) for name in asked.facets if asked.codes(name)]
    rows = " UNION ALL ".join(sql for sql, _params in parts)
    values = [one for _sql, params in parts for one in params]
    tables.append((f"part (facet, block, bits) AS MATERIALIZED ({rows})", values))
    tables.append(
        (
            "found (aside, block, bits) AS MATERIALIZED (SELECT aside, block, bit_and(bits) "
            "FROM unnest(%s::text[]) AS aside JOIN part ON facet <> aside OR aside = '' "
            "GROUP BY aside, block HAVING count(*) = %s - (aside <> '')::int)",
            [list(asides), len(parts)],
        )
    )
    return ", ".join(sql for sql, _params in tables), [one for _sql, params in tables for one in params]


def _asked(name: str, codes: Sequence[str]) -> Sql:
    made = name in (OFFERS, "fresh")
    rows = "made" if made else f"{_ALL} AS one"
    facet, among = name, "code = ANY(%s)"
    if name == "region":
        facet = "country"
        among = (
            f'code IN (SELECT iso3 FROM "{Country._meta.db_table}" WHERE '  # noqa: S608  our own table
            "ARRAY[region_id, subregion_id, intermediate_region_id]::text[] && %s::text[])"
        )
    return (
        f"SELECT '{name}', block, bit_or(bits) FROM {rows} "  # noqa: S608
        f"WHERE facet = '{facet}' AND {among} GROUP BY block",
        [list(codes)],
    )


def _everybody(user: Any) -> Sql:
    """Who is shown to this reader, of before without those that changed: as `shown_to` has it."""
    listings, places = shown_listings(user), places_only(user)
    bits, join, params = "bit_or(one.bits)", "", []
    if places is not None:
        bits = f"bit_or(CASE code WHEN '{Listing.PUBLIC}' THEN one.bits ELSE one.bits & place.bits END)"
        join = (
            f"LEFT JOIN (SELECT block, bit_or(bits) AS bits FROM {_ALL} AS one "  # noqa: S608
            "WHERE facet = 'country' AND code = ANY(%s) GROUP BY block) AS place USING (block)"
        )
        params = [places]
    return (
        f"""everybody (block, bits) AS MATERIALIZED (
            SELECT block, CASE WHEN outdated.bits IS NULL THEN seen.bits ELSE seen.bits & ~outdated.bits END
            FROM (
                SELECT block, {bits} AS bits FROM {_ALL} AS one {join}
                WHERE facet = 'listing' AND code = ANY(%s) GROUP BY block
            ) AS seen LEFT JOIN outdated USING (block) WHERE seen.bits IS NOT NULL
        )""",  # noqa: S608  as above
        [*params, listings],
    )


def shown_listings(user: Any) -> list[str]:
    """Those of which this reader is shown somebody."""
    listings = set(listings_seen(user))
    if user.is_authenticated and user.is_active and not user.is_desk and user.has_role(Role.STATE):
        listings.discard(Listing.MEMBERS)
    return sorted(listings)


def places_only(user: Any) -> list[str] | None:
    """Of a regional focal point of some countries: those beyond which they see what is public alone."""
    if not (user.is_authenticated and user.is_active) or user.is_desk:
        return None
    places = user.places_of(Role.REGIONAL)
    if not places or user.has_perm("stakeholders.take_part"):
        return None
    return sorted(places)


def _made(user: Any) -> Sql:
    links, params = links_of(user, OFFERS)[0].query.sql_with_params()
    since = [QUARTER, f"{fresh_since(QUARTER):%Y-%m-%d}", YEAR, f"{fresh_since(YEAR):%Y-%m-%d}"]
    return (
        f"""since (code, block, bits) AS MATERIALIZED (
            SELECT since.code, block, bit_or(bits) FROM (VALUES (%s, %s), (%s, %s)) AS since (code, day)
            JOIN {_ALL} AS one ON facet = 'confirmed' AND one.code >= since.day GROUP BY since.code, block
        ),
        offered (code, id) AS MATERIALIZED (SELECT code, id FROM ({links}) AS link (id, code)),
        made (facet, code, block, bits) AS MATERIALIZED (
            SELECT 'fresh', code, block, bits FROM since
            UNION ALL SELECT 'fresh', '{OLDER}', block,
                CASE WHEN since.bits IS NULL THEN everybody.bits ELSE everybody.bits & ~since.bits END
            FROM everybody LEFT JOIN (SELECT * FROM since WHERE code = '{YEAR}') AS since USING (block)
            UNION ALL SELECT '{OFFERS}', code, block, bits
            FROM ({_placed("code", "offered")}) AS one (code, block, bits)
        )""",  # noqa: S608  as above
        [*since, *params],
    )


def _common(user: Any, question: Question) -> tuple[Sql, Sql] | None:
    """Where each of the words is, or may be, a common one: its bits are those of the common ones that it
    stands for ("univ…" for "university" and "universidad"), with what the index finds that has none of them.

    Tables that say so, and more rows of `word`. None where bits alone do not tell what answers.
    """
    desk = user.is_authenticated and user.is_desk
    # What a regional focal point of some countries may find is no matter of the document's audience alone.
    if question.excluded or (not desk and user.is_authenticated and user.places_of(Role.REGIONAL)):
        return None
    queries = question.queries
    number = len(queries)
    asking = ", ".join(f"({place}, {sql})" for place, (sql, _params) in enumerate(queries))
    tables = f"""
        asked (place, query) AS MATERIALIZED (VALUES {asking}),
        common (place, word) AS MATERIALIZED (
            SELECT place, word FROM asked JOIN "{COMMON}" ON array_to_tsvector(ARRAY[word::text]) @@ query
        ),
        are_common (are_all) AS MATERIALIZED (SELECT count(DISTINCT place) = {number} FROM common)
    """  # noqa: S608  as above
    # The document's readers: where many entries are hidden or shown at once, it is brought in line later.
    readers = f"""
        SELECT {number}, block, bit_or(bits) FROM {_ALL} AS one
        WHERE facet = 'reader' AND code = ANY(%s) AND (SELECT are_all FROM are_common) GROUP BY block
        UNION ALL
    """  # noqa: S608  as above
    document = f"FROM \"{WORDS}\" WHERE kind = '{INDEXED}' AND part = 0"
    rows = f"""
        UNION ALL SELECT block, bit_and(bits) FROM (
            {"" if desk else readers}
            SELECT place, block, bit_or(bits) FROM (
                SELECT place, block, bits FROM common JOIN "{KEPT}" ON facet = 'word' AND code = word
                WHERE (SELECT are_all FROM are_common)
                UNION ALL SELECT place, {block_of("object_id")}, {bits_of("object_id")} FROM (
                    SELECT place, query && !!string_agg(quote_literal(word), '|')::tsquery AS query
                    FROM asked JOIN common USING (place) GROUP BY place, query
                ) AS rest, LATERAL (SELECT object_id {document} AND tsv @@ rest.query) AS one
                WHERE (SELECT are_all FROM are_common) GROUP BY 1, 2
                UNION ALL SELECT asked.place, -1 - {block_of("late.place")}, {bits_of("late.place")}
                FROM late JOIN "{WORDS}" AS document
                    ON kind = '{INDEXED}' AND part = 0 AND object_id = late.id JOIN asked ON tsv @@ query
                WHERE (SELECT are_all FROM are_common) GROUP BY 1, 2
            ) AS one (place, block, bits) GROUP BY place, block
        ) AS one (place, block, bits) GROUP BY block HAVING count(*) = {number + (not desk)}
    """  # noqa: S608  as above
    values = [one for _sql, its in queries for one in its]
    keys = [] if desk else [[str(key) for key in sorted(keys_of(user))]]
    return (tables, values), (rows, keys)
