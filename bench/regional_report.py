# ruff: noqa: PLC0415  the portal is only there once its settings are
"""A report for a period over a whole directory: statements, seconds, memory.

    python -m bench.regional_report [--stakeholders 51370] [--activities 10000]

Runs on a database of its own, `whatson_bench_report`, which it makes anew. The page is asked for as the head
of desk reads it (everywhere) and as a regional focal point does (Africa), each in a process of its own:
the memory told is that of the one page.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

from bench import data

DATABASE = "whatson_bench_report"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stakeholders", type=int, default=51_370)
    parser.add_argument("--activities", type=int, default=10_000)
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        import django

        django.setup()
        if options.step == "fill":
            fill(options.stakeholders, options.activities)
        else:
            measure(options.step)
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    data.collect_static(os.environ["DATABASE_URL"])
    database = data.make_database(DATABASE)
    data.manage(database, "load_reference")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": database}
    for step in ("fill", "head", "regional"):
        call = [sys.executable, "-m", "bench.regional_report", "--step", step]
        call += [f"--stakeholders={options.stakeholders}", f"--activities={options.activities}"]
        subprocess.run(call, cwd=data.ROOT, env=environment, check=True)


def fill(stakeholders: int, activities: int) -> None:
    """So many entries, a fifth as many applications with their decisions, and the activities."""
    from datetime import timedelta

    from django.db import connection
    from django.utils.timezone import now

    from accounts.people.enums import Role
    from coordination.activities.models import Activity
    from coordination.period_reports.models import PeriodReport
    from stakeholders.applications.models import Application
    from stakeholders.entries.models import Stakeholder
    from taxonomy.places.models import Country
    from taxonomy.terms.models import Topic
    from tests.factories.accounts import person_with
    from workflow.moves.models import Decision

    countries = list(Country.objects.values_list("pk", flat=True))
    topics = list(Topic.objects.values_list("pk", flat=True))
    kinds = ("ngo", "academia", "private", "expert")
    moment = now()
    rows = Stakeholder.objects.bulk_create(
        (
            Stakeholder(
                kind=kinds[n % 4],
                status="active",
                listing="public",
                name=f"Bench {n}",
                country_id=countries[n % len(countries)],
                approved_at=moment - timedelta(days=n % 900),
            )
            for n in range(stakeholders)
        ),
        batch_size=5000,
    )
    through = Stakeholder.topics.through
    through.objects.bulk_create(
        (
            through(stakeholder_id=stakeholder.pk, topic_id=topics[(n + k) % len(topics)])
            for n, stakeholder in enumerate(rows)
            for k in range(3)
        ),
        batch_size=5000,
    )
    person = person_with(Role.REGIONAL, region="002", email="regional@example.org")
    person_with(Role.HEAD, email="head@example.org")
    sent = Application.objects.bulk_create(
        (
            Application(
                kind="ngo",
                status="approved",
                listing="public",
                name=f"Bench {n}",
                applicant=person,
                stakeholder=rows[n],
                country_id=countries[n % len(countries)],
                submitted_at=moment - timedelta(days=n % 900 + 9),
                decided_at=moment - timedelta(days=n % 900),
            )
            for n in range(stakeholders // 5)
        ),
        batch_size=5000,
    )
    Decision.objects.bulk_create(
        (
            Decision(
                subject_kind="stakeholders.application",
                subject_id=application.pk,
                move="approve",
                from_status="in_review",
                to_status="approved",
                at=moment - timedelta(days=n % 900),
            )
            for n, application in enumerate(sent)
        ),
        batch_size=5000,
    )
    held = Activity.objects.bulk_create(
        (
            Activity(
                kind=("meeting", "training", "state_call", "visit")[n % 4],
                status="held",
                title=f"Bench {n}",
                purpose="Bench",
                author=person,
                took_part=n % 60,
                starts_at=moment - timedelta(days=n % 900 + 1),
                ends_at=moment - timedelta(days=n % 900),
            )
            for n in range(activities)
        ),
        batch_size=5000,
    )
    places = Activity.countries.through
    places.objects.bulk_create(
        (
            places(activity_id=activity.pk, country_id=countries[(n + k) % len(countries)])
            for n, activity in enumerate(held)
            for k in range(2)
        ),
        batch_size=5000,
    )
    day = moment.date()
    for place in ("", "002"):
        PeriodReport.objects.create(
            place=place,
            title="Bench",
            language_id="en",
            author=person,
            last_day=day,
            first_day=day - timedelta(days=365),
            other_first_day=day - timedelta(days=731),
            other_last_day=day - timedelta(days=366),
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(role: str) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.people.models import User
    from coordination.period_reports.models import PeriodReport
    from tests.factories.accounts import sign_in

    person = User.objects.get(email=f"{role}@example.org")
    report = PeriodReport.objects.get(place="" if role == "head" else "002")
    client = Client()
    sign_in(client, person)
    client.get("/en/regional/reports/")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for format_name, url in (
        ("page", report.get_absolute_url()),
        ("xlsx", f"{report.get_absolute_url()}report.xlsx"),
    ):
        times = []
        for _round in range(5):
            began = time.monotonic()
            with CaptureQueriesContext(connection) as taken:
                answer = client.get(url)
                content = answer.getvalue()
            times.append(time.monotonic() - began)
        size = len(content) / 1000
        print(
            f"{role} {format_name}: {answer.status_code}, {len(taken)} statements, {size:.0f} kB, "
            f"{sorted(times)[2]:.2f} s in the middle of five"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{role}: peak {peak:.0f} MB, {before:.0f} MB of it before the first report")


if __name__ == "__main__":
    main()
