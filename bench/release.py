# ruff: noqa: PLC0415  the portal is only there once its settings are
"""The release of a thousand drafted decisions: statements, seconds, mails.

    python -m bench.release [--rows 1000]

Runs on a database of its own, `whatson_bench_release`, which it makes anew.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter

import psycopg

from bench import data

DATABASE = "whatson_bench_release"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--step", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        measure(options.rows)
        return
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{DATABASE}"')
        connection.execute(f'CREATE DATABASE "{DATABASE}"')
    database = data.address(owner, DATABASE)
    data.manage(database, "migrate", "--verbosity", "0")
    data.manage(database, "load_reference")
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": database,
        "DATABASE_OWNER_URL": database,
    }  # fmt: skip
    call = [sys.executable, "-m", "bench.release", "--rows", str(options.rows), "--step"]
    subprocess.run(call, cwd=data.ROOT, env=environment, check=True)


def measure(rows: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils.timezone import now

    from accounts.enums import Role
    from accounts.models import User
    from events.actions import deciding
    from events.models import Event, Proposal, ProposalRound
    from stakeholders.models import Membership, Stakeholder
    from tests.factories.accounts import person_with
    from workflow.models import DraftDecision, WorkItem

    event = Event.objects.create(
        kind="congress", title="Bench", language_id="en", status="published", published_at=now()
    )
    ProposalRound.objects.create(event=event, opens_at=now())
    desk = person_with(Role.EVENTS, email="officer@example.org")
    leads = Stakeholder.objects.bulk_create(
        Stakeholder(
            kind="ngo",
            status="active",
            listing="public",
            name=f"Bench {n}",
            country_id="KEN",
            approved_at=now(),
        )
        for n in range(rows)
    )
    people = User.objects.bulk_create(
        User(email=f"bench{n}@example.org", name=f"Bench {n}") for n in range(rows)
    )
    Membership.objects.bulk_create(
        Membership(stakeholder=lead, user=person, role="admin")
        for lead, person in zip(leads, people, strict=True)
    )
    made = Proposal.objects.bulk_create(
        Proposal(event=event, lead=lead, author=person, status="review", title=f"Meeting {n}",
                 submitted_at=event.published_at, authorized_at=event.published_at)
        for n, (lead, person) in enumerate(zip(leads, people, strict=True))
    )  # fmt: skip
    WorkItem.objects.bulk_create(
        WorkItem(subject_kind="events.proposal", subject_id=one.pk, what="review", label=one.title,
                 waits_for=Role.EVENTS)
        for one in made
    )  # fmt: skip
    DraftDecision.objects.bulk_create(
        DraftDecision(
            subject_kind="events.proposal", subject_id=one.pk, batch=f"event:{event.pk}:proposals",
            move="decline" if n % 3 == 0 else "accept", reason="full" if n % 3 == 0 else "", note="Note",
            drafted_by=desk,
        )
        for n, one in enumerate(made)
    )  # fmt: skip
    stamp, mails = deciding.stamp_of(event), deciding.mails_of(event, desk)
    began = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        done = deciding.release(event, actor=desk, stamp=stamp, mails=mails)
    seconds = time.monotonic() - began
    verbs = Counter(one["sql"].split()[0] for one in queries)
    inserts, savepoints = verbs.pop("INSERT", 0), verbs.pop("SAVEPOINT", 0) + verbs.pop("RELEASE", 0)
    print(f"{done.decisions} decisions, {done.mails} mails in {seconds:.2f} s")
    print(f"{sum(verbs.values())} statements {dict(verbs)}, {inserts} bulk inserts, {savepoints} savepoints")


if __name__ == "__main__":
    main()
