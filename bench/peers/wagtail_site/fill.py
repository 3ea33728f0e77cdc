"""`python -m wagtail_site.fill FILE`: tables, rows, Wagtail's index, and the database index that it lacks."""

import csv
import sys
from itertools import batched
from pathlib import Path

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from wagtail_site.models import Entry

call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    editor.create_model(Entry)
# The index is built once, at the end.
with Path(sys.argv[1]).open(encoding="utf-8", newline="") as lines:
    for rows in batched(csv.DictReader(lines), 5_000):
        Entry.objects.bulk_create(Entry(**row) for row in rows)
call_command("update_index", verbosity=0)
with connection.cursor() as cursor:
    # Its search asks of both together, and has an index of each alone.
    cursor.execute("CREATE INDEX together ON wagtailsearch_indexentry USING gin ((title || body))")
    cursor.execute("VACUUM ANALYZE")
