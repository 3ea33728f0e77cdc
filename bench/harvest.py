"""The library harvested, 100,000 records: by OAI-PMH, also by a harvester of others, and by the API.

    python -m bench.harvest [--records 100000]

Runs on a database of its own, `whatson_bench_harvest`, filled once and then kept: made-up records, each with
one or two editions with an abstract, an author, two topics and a country. Asked over the loopback by sickle,
which reads each record, and by a bare client that only takes the token out of each page: what is between the
two is the harvester's own work. By the API a bare client follows the cursor, a hundred rows to a page. All
run on the same processors as the server. How often one may ask is not limited here: by the API a visitor has
300 pages a minute, a person with a token 1,200.
"""

import argparse
import gzip
import json
import os
import re
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from bench import data
from bench.client import Processor, fetch
from bench.serving import serving

DATABASE = "whatson_bench_harvest"
ABSTRACT = (
    "What investigators, prosecutors and judges need to know of this kind of case: from the first report to "
    "the judgement, with examples of seven countries and checklists that can be printed. It is meant for "
    "practitioners and for those who train them, and it names the articles that each step rests upon. "
)
FILL = (
    "INSERT INTO resources_resource (kind, status, audience, title, language_id, publisher, published_on, "
    "precision, symbol, doi, isbn, licence, licence_note, note, source, source_url, code, edited_by_hand, "
    "is_demo, title_is_ours, embargo_zone, published_at, announced_at, withdrawn_reason, withdrawn_note, "
    "version) "
    "SELECT (ARRAY['guide', 'report', 'toolkit', 'dataset'])[1 + n % 4], 'published', 'public', "
    "'Made up for the bench ' || n, 'en', 'Press of the bench', date '2000-01-01' + n % 9000, 'day', '', "
    "CASE WHEN n % 3 = 0 THEN '10.5555/bench.' || n ELSE '' END, '', 'cc_by', '', '', '', '', '', false, "
    "false, false, 'Europe/Vienna', now(), now(), '', '', 0 FROM generate_series(1, {records}) n",
    "INSERT INTO resources_edition (resource_id, language_id, title, abstract, short_form, full_form, link, "
    "is_original, translated_by) SELECT id, 'en', title, repeat('{abstract}', 2), '', '', "
    "'https://example.org/bench/' || id, true, '' FROM resources_resource WHERE title LIKE 'Made up%'",
    "INSERT INTO resources_edition (resource_id, language_id, title, abstract, short_form, full_form, link, "
    "is_original, translated_by) SELECT id, 'fr', title, '{abstract}', '', '', '', false, '' "
    "FROM resources_resource WHERE title LIKE 'Made up%' AND id % 2 = 0",
    "INSERT INTO resources_author (resource_id, name, position) SELECT id, 'Writer ' || id % 5000, 0 "
    "FROM resources_resource",
    "INSERT INTO resources_resource_topics (resource_id, topic_id) SELECT r.id, t.code "
    "FROM resources_resource r "
    "JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS many "
    "FROM taxonomy_topic) t ON t.place IN (r.id % t.many, (r.id * 7 + 3) % t.many)",
    "INSERT INTO resources_resource_countries (resource_id, country_id) SELECT r.id, c.iso3 "
    "FROM resources_resource r JOIN (SELECT iso3, row_number() OVER (ORDER BY iso3) - 1 AS place, "
    "count(*) OVER () AS many FROM taxonomy_country) c ON c.place = r.id % c.many",
    "VACUUM ANALYZE",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    records = parser.parse_args().records
    database = prepare(records)
    os.environ.update(
        DATABASE_URL=database, DJANGO_SETTINGS_MODULE="bench.settings", API_PER_MINUTE="1000000"
    )
    print(
        "| Way | Records | Wall, s | Records a s | Processors of web + database, s | Records a s of these "
        "| KB a record |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    with serving() as (port, leader):
        for way in (bare, by_sickle, by_api):
            processor = Processor(leader, database)
            before, began = processor.read(), time.perf_counter()
            number, size = way(port)
            wall = time.perf_counter() - began
            web, base = ((now - then) / 1000 for now, then in zip(processor.read(), before, strict=True))
            print(
                f"| {way.__doc__} | {number:,} | {wall:.1f} | {number / wall:,.0f} | {web:.1f} + {base:.1f} "
                f"| {number / (web + base):,.0f} | {size / number / 1000:.1f} |",
                flush=True,
            )
    print(f"Load: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


def prepare(records: int) -> str:
    database = data.make_database(DATABASE, anew=False)
    data.manage(database, "load_reference")
    with data.as_owner(database) as connection:
        have = connection.execute("SELECT count(*) FROM resources_resource").fetchone() or (0,)
        if not have[0]:
            began = time.perf_counter()
            for statement in FILL:
                connection.execute(statement.format(records=records, abstract=ABSTRACT))
            print(f"Filled, with headers for harvesters, in {time.perf_counter() - began:.0f} s.", flush=True)
    return database


def bare(port: int) -> tuple[int, int]:
    """bare client"""
    records = size = 0
    for body in pages(port):
        records += body.count(b"<record>")
        size += len(body)
    return records, size


def pages(port: int) -> Iterator[bytes]:
    query = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    while query:
        body = gzip.decompress(fetch(port, f"/oai/?{urlencode(query)}").body)
        yield body
        token = re.search(rb"<resumptionToken[^>]*>([^<]+)<", body)
        query = {"verb": "ListRecords", "resumptionToken": token[1].decode()} if token else {}


def by_sickle(port: int) -> tuple[int, int]:
    """sickle"""
    from sickle import Sickle  # noqa: PLC0415  among the packages of development alone

    records = size = 0
    for record in Sickle(f"http://127.0.0.1:{port}/oai/").ListRecords(metadataPrefix="oai_dc"):
        records += record.metadata["title"] != []
        size += len(record.raw)
    return records, size


def by_api(port: int) -> tuple[int, int]:
    """API by cursor"""
    records = size = 0
    path = "/api/v1/resources/?page_size=100&cursor="
    while path:
        body = gzip.decompress(fetch(port, path).body)
        page = json.loads(body)
        records += len(page["results"])
        size += len(body)
        onward = urlsplit(page["next"] or "")
        path = onward.query and f"{onward.path}?{onward.query}"
    return records, size


if __name__ == "__main__":
    main()
