"""`python -m bench.statements ADDRESS`: the statements of a visitor's page, with an empty cache and after."""

import sys

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

cache.clear()
visitor = Client()
counts = []
for _time in range(2):
    with CaptureQueriesContext(connection) as taken:
        visitor.get(sys.argv[1])
    counts.append(str(len(taken)))
sys.stdout.write(", then ".join(counts))
