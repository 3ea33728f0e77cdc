# ruff: noqa: PLC0415  the portal is only there once its settings are
"""The workspace of a regional focal point with 20,000 stakeholders in the region, beside its floor.

    python -m bench.workspace [--rounds 40]

Runs on a database of its own, `whatson_bench_workspace`, filled once and then kept. The floor is a view
behind the same middleware that asks the page's own statements, as they were recorded, over one bare
connection, and returns finished bytes. There are two: with what the page asks when its numbers are kept, and
with all that has to be asked for them, as the floors of `bench.run` have it. All take turns within one
process, so that whatever else the machine does slows them alike.
"""

import argparse
import logging
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

import psycopg
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench import data

DATABASE = "whatson_bench_workspace"
STAKEHOLDERS, APPLICATIONS, ENQUIRIES, EVENTS = 20_000, 120, 20, 40
KINDS = ("ngo", "academia", "private")
HOME = "/en/regional/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    database = data.make_database(DATABASE, anew=False)
    os.environ.update(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="bench.settings")
    data.manage(database, "load_reference")
    data.collect_static(database)
    measure(options.rounds)


def measure(rounds: int) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)  # what the portal writes of each request goes nowhere here
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = fill()
    client = signed_in(person)
    cache.clear()
    asked = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as taken:
            page = client.get(HOME)
        asked.append([query["sql"] for query in taken])
    if page.status_code != 200:
        raise SystemExit(f"{HOME} answered {page.status_code}")
    bare = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def floor(recorded: list[str]) -> Callable[[HttpRequest], HttpResponse]:
        own = [sql for sql in recorded if "django_session" not in sql and '"accounts_user"."id" =' not in sql]

        def answer(request: HttpRequest) -> HttpResponse:
            _ = request.user.is_authenticated  # session and person, as on every page
            for statement in own:
                bare.execute(statement).fetchall()
            return HttpResponse(page.content)

        return answer

    addresses: Any = ModuleType("addresses")
    addresses.urlpatterns = [
        path("floor/all/", floor(asked[0])),
        path("floor/kept/", floor(asked[1])),
        *import_module(settings.ROOT_URLCONF).urlpatterns,
    ]
    settings.ROOT_URLCONF = addresses
    ways: dict[str, Callable[[], Any]] = {
        "page": lambda: client.get(HOME),
        "floor, kept": lambda: client.get("/floor/kept/"),
        "floor, all": lambda: client.get("/floor/all/"),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(rounds + 5):
        for way, ask in ways.items():
            began = time.perf_counter()
            answer = ask()
            if answer.status_code != 200:
                raise SystemExit(f"{way} answered {answer.status_code}")
            if number >= 5:  # the first ones warm it
                times[way].append((time.perf_counter() - began) * 1000)
    p50 = {way: statistics.median(taken) for way, taken in times.items()}
    print(
        f"{STAKEHOLDERS} stakeholders; statements {len(asked[0])} with an empty cache, then {len(asked[1])}"
    )
    for way, took in p50.items():
        print(f"{way}: p50 {took:.1f} ms; the page is {p50['page'] / took:.2f} times this")


def signed_in(person: Any) -> Any:
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from accounts.second_factor import sessions

    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(person)
    session = client.session
    sessions.remember(session, person)
    session.save()
    return client


def fill() -> Any:
    """The person; a region of 20,000 stakeholders, applications, messages and events."""
    from django.db import transaction

    from accounts.people.models import User

    known = User.objects.filter(email="rosa@bench.example").first()
    if known:
        return known
    with transaction.atomic():
        return _filled()


def _filled() -> Any:
    from accounts.people.enums import Role
    from accounts.people.models import Grant, User
    from coordination.focal_points.models import Enquiry
    from events.events.models import Event
    from stakeholders.applications.models import Application
    from stakeholders.appointments.actions import appoint
    from stakeholders.appointments.models import today
    from stakeholders.entries.models import DirectoryVersion, Stakeholder
    from stakeholders.recommendations.actions import open_work
    from taxonomy.places.queries import countries_within
    from taxonomy.terms.models import Topic

    moment = datetime.now(UTC)
    head = User.objects.create(email="head@bench.example", name="Head")
    Grant.objects.create(user=head, role=Role.HEAD, confirmed_at=moment)
    rosa = User.objects.create(email="rosa@bench.example", name="Rosa")
    first = today()
    term = appoint(
        rosa, actor=head, regions=["002"], countries=[], starts_on=first, ends_on=first + timedelta(days=365)
    )
    africa = sorted(countries_within(["002"]))
    topics = list(Topic.objects.values_list("pk", flat=True)[:12])
    entries = []
    for number in range(STAKEHOLDERS):
        entry = Stakeholder(
            kind=KINDS[number % 3],
            status="active",
            listing=("public", "members")[number % 2],
            name=f"Organization number {number}",
            country_id=africa[number % len(africa)],
            approved_at=moment,
            lapses_at=moment + timedelta(days=number % 90 + 1) if number % 20 == 0 else None,
        )
        entry.keep_keys()
        entries.append(entry)
    Stakeholder.objects.bulk_create(entries, batch_size=2000)
    through = Stakeholder.topics.through
    through.objects.bulk_create(
        (
            through(stakeholder_id=entry.pk, topic_id=topics[(number + more) % len(topics)])
            for number, entry in enumerate(entries)
            for more in range(2)
        ),
        batch_size=5000,
    )
    for number in range(APPLICATIONS):
        applicant = User.objects.create(email=f"applicant{number}@bench.example", name=f"Applicant {number}")
        status = ("submitted", "in_review", "returned")[number % 3]
        application = Application(
            applicant=applicant,
            purpose="new",
            status=status,
            kind="ngo",
            listing="public",
            name=f"Applicant organization {number}",
            country_id=africa[number % len(africa)],
            submitted_at=moment - timedelta(hours=number),
            returned_at=moment if status == "returned" else None,
        )
        application.save()
        open_work(application, Role.REGIONAL)
        if number < ENQUIRIES:
            Enquiry.objects.create(appointment=term, sender=applicant, subject=f"Question {number}")
    for number in range(EVENTS):
        starts = moment + timedelta(days=number + 1)
        Event.objects.create(
            kind="conference",
            title=f"Meeting {number}",
            language_id="en",
            status="published",
            country_id=africa[number % len(africa)],
            starts_at=starts,
            ends_at=starts + timedelta(hours=8),
        )
    DirectoryVersion.objects.bump()
    return User.objects.get(pk=rosa.pk)


if __name__ == "__main__":
    main()
