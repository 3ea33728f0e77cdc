# ruff: noqa: PLC0415  the portal is only there once Django is set up
"""A message to many, written for very many stakeholders.

    python -m bench.letters [--stakeholders N]

On the database of `DATABASE_URL`, in one transaction that is taken back. Each stakeholder has one
administrator. Says how long it takes to count whom it reaches and to write all copies, notices and mails, and
with how many statements: each batch the same number. Delivering the mails is measured by `bench.sending`.
"""

import argparse
import os
import time


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stakeholders", type=int, default=20_000)
    most = parser.parse_args().stakeholders
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatson.settings.dev")
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        _measure(most)
        transaction.set_rollback(True)


def _measure(most: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils.timezone import now

    from accounts.people.enums import Role, Scope
    from accounts.people.models import Grant, User
    from coordination.mailings import actions as mailings_actions
    from coordination.mailings.enums import Hat
    from coordination.mailings.queries import reach
    from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
    from stakeholders.entries.models import Membership, Stakeholder

    people = User.objects.bulk_create(
        [User(email=f"bench{n}@whatson.example", name=f"Person {n}") for n in range(most)], 2000
    )
    entries = Stakeholder.objects.bulk_create(
        [
            Stakeholder(
                kind=Kind.NGO,
                status=Status.ACTIVE,
                listing=Listing.PUBLIC,
                country_id="KEN",
                name=f"Bench {n}",
                slug=f"bench-{n}",
                sort_key=f"bench {n}",
                name_key=f"bench {n}",
                approved_at=now(),
            )
            for n in range(most)
        ],
        2000,
    )
    Membership.objects.bulk_create(
        [
            Membership(stakeholder=entry, user=person, role=MemberRole.ADMIN)
            for entry, person in zip(entries, people, strict=True)
        ],
        2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stakeholders_stakeholder, stakeholders_membership, accounts_user")
    writer = User.objects.create(email="bench@whatson.example", name="Writer")
    Grant.objects.create(
        user=writer, role=Role.REGIONAL, scope_kind=Scope.COUNTRY, scope_code="KEN", confirmed_at=now()
    )
    letter = mailings_actions.begin(Hat.REGIONAL, "kind=ngo", actor=writer)
    texts = {"en": {"subject": "For {organization}", "text": "Dear {person},\n\nplease come."}}
    mailings_actions.save_texts(letter, texts, 0, actor=writer)
    began = time.perf_counter()
    reached = reach(writer, letter.hat, letter.filters)
    print(f"{reached.stakeholders:,} stakeholders reached, counted in {time.perf_counter() - began:.2f} s")
    mailings_actions.send(letter, actor=writer)
    began, statements = time.perf_counter(), set()
    more = True
    while more:
        with CaptureQueriesContext(connection) as queries:
            more = mailings_actions.write_batch(letter.pk)
        statements.add(len(queries))
    letter.refresh_from_db()
    seconds = time.perf_counter() - began
    print(f"{letter.stakeholders:,} copies with notice and mail written in {seconds:.1f} s")
    print(f"statements of a batch of {mailings_actions.BATCH}: {sorted(statements)}")


if __name__ == "__main__":
    main()
