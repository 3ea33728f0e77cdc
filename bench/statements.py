"""`python -m bench.statements JSON`: how many statements pages take, of {page: {reader: address}}.

Lists of choices are kept, as in a portal that runs; the numbers of a question and the page itself are not.
"""

import json
import os
import sys

os.environ["KEEP_PAGES_SECONDS"] = "0"

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from bench.readers import READERS, sign_in

clients = {name: sign_in(User.objects.get(email=email)) for name, email in READERS.items()}
clients["new"] = Client(HTTP_HOST="127.0.0.1")
cache.clear()
counted: dict[str, dict[str, int]] = {}
for page, addresses in json.loads(sys.argv[1]).items():
    for reader, address in addresses.items():
        # Another question of the kind, so that what all of them share is kept.
        clients[reader].get(address.partition("?")[0])
        with CaptureQueriesContext(connection) as taken:
            clients[reader].get(address)
        counted.setdefault(page, {})[reader] = len(taken)
sys.stdout.write(json.dumps(counted))
