# ruff: noqa: PLC0415  the portal is only there once its settings are
"""The release of a thousand drafted decisions: statements, seconds, mails; of proposals and of a dialogue.

    python -m bench.release [--rows 1000]

Runs on a database of its own, `whatson_bench_release`, which it makes anew.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

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
    database = data.make_database(DATABASE)
    data.manage(database, "load_reference")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": database}
    call = [sys.executable, "-m", "bench.release", "--rows", str(options.rows), "--step"]
    subprocess.run(call, cwd=data.ROOT, env=environment, check=True)


def measure(rows: int) -> None:
    import django

    django.setup()
    from accounts.people.enums import Role
    from tests.factories.accounts import person_with

    of_proposals(rows, person_with(Role.EVENTS, email="officer@example.org"))
    of_a_dialogue(rows, person_with(Role.REVIEWS, email="secretary@example.org"))


def of_proposals(rows: int, desk: Any) -> None:
    """Two accepted to each declined; an administrator of each lead hears of it."""
    from django.utils.timezone import now

    from accounts.people.enums import Role
    from events.events.models import Event
    from events.proposals.models import Proposal, ProposalRound
    from events.reviewing import actions_deciding as reviewing_actions_deciding
    from workflow.drafts.models import DraftDecision
    from workflow.items.models import WorkItem

    event = Event.objects.create(
        kind="congress", title="Bench", language_id="en", status="published", published_at=now()
    )
    ProposalRound.objects.create(event=event, opens_at=now())
    proposals = Proposal.objects.bulk_create(
        Proposal(
            event=event,
            lead=lead,
            author=person,
            status="review",
            title=f"Meeting {n}",
            submitted_at=event.published_at,
            authorized_at=event.published_at,
        )
        for n, (lead, person) in enumerate(organizations(rows, "Lead"))
    )
    WorkItem.objects.bulk_create(
        WorkItem(
            subject_kind="events.proposal",
            subject_id=proposal.pk,
            what="review",
            label=proposal.title,
            waits_for=Role.EVENTS,
        )
        for proposal in proposals
    )
    DraftDecision.objects.bulk_create(
        DraftDecision(
            subject_kind="events.proposal",
            subject_id=proposal.pk,
            batch=f"event:{event.pk}:proposals",
            move="decline" if n % 3 == 0 else "accept",
            reason="full" if n % 3 == 0 else "",
            note="Note",
            drafted_by=desk,
        )
        for n, proposal in enumerate(proposals)
    )
    stamp, mails = (
        reviewing_actions_deciding.stamp_of(event),
        reviewing_actions_deciding.mails_of(event, desk),
    )

    def release() -> int:
        done = reviewing_actions_deciding.release(event, actor=desk, stamp=stamp, mails=mails)
        return done.decisions

    measure_release("proposals", release)


def of_a_dialogue(rows: int, desk: Any) -> None:
    """A third each accepted, which makes registrations of them, put on the waiting list, and refused."""
    from datetime import timedelta

    from django.utils.timezone import now

    from accounts.people.enums import Role
    from events.events.models import Event
    from reviews.dialogue_desk.actions_release import release
    from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
    from workflow.drafts.models import DraftDecision
    from workflow.items.models import WorkItem

    at = now() - timedelta(days=1)
    event = Event.objects.create(
        kind="dialogue",
        mode="hybrid",
        title="Bench dialogue",
        language_id="en",
        status="published",
        published_at=at,
        starts_at=at + timedelta(days=60),
        ends_at=at + timedelta(days=61),
    )
    dialogue = Dialogue.objects.create(
        event=event,
        call_text="Bench",
        language_id="en",
        opens_at=at - timedelta(days=20),
        closes_at=at,
        promised_on=(at + timedelta(days=40)).date(),
        places=rows,
    )
    people = organizations(rows, "Applicant")
    sent = DialogueApplication.objects.bulk_create(
        DialogueApplication(
            stakeholder=stakeholder,
            applicant=person,
            language_id="en",
            mode="online",
            shares_with_bureau=True,
            submitted_at=at,
        )
        for stakeholder, person in people
    )
    lines = DialogueLine.objects.bulk_create(
        DialogueLine(
            application=application, dialogue=dialogue, person=application.applicant, status="with_bureau"
        )
        for application in sent
    )
    kind = DialogueLine._meta.label_lower
    WorkItem.objects.bulk_create(
        WorkItem(subject_kind=kind, subject_id=line.pk, what="decide", label="Bench", waits_for=Role.REVIEWS)
        for line in lines
    )
    moves = (("accept", ""), ("wait", ""), ("refuse", "places"))
    DraftDecision.objects.bulk_create(
        DraftDecision(
            subject_kind=kind,
            subject_id=line.pk,
            batch=dialogue.batch,
            move=moves[n % 3][0],
            reason=moves[n % 3][1],
            note="Note",
            drafted_by=desk,
        )
        for n, line in enumerate(lines)
    )
    # Whoever is accepted gets two: of the decision, and of the seat.
    mails = rows + len(lines[::3])
    measure_release("of a dialogue", lambda: len(release(dialogue, actor=desk, mails=mails)))


def organizations(number: int, name: str) -> list[tuple[Any, Any]]:
    """So many of the directory, each with its administrator."""
    from django.utils.timezone import now

    from accounts.people.models import User
    from stakeholders.entries.models import Membership, Stakeholder

    stakeholders = Stakeholder.objects.bulk_create(
        Stakeholder(
            kind="ngo",
            status="active",
            listing="public",
            name=f"{name} {n}",
            country_id="KEN",
            approved_at=now(),
        )
        for n in range(number)
    )
    people = User.objects.bulk_create(
        User(email=f"{name.lower()}{n}@example.org", name=f"{name} {n}") for n in range(number)
    )
    Membership.objects.bulk_create(
        Membership(stakeholder=stakeholder, user=person, role="admin")
        for stakeholder, person in zip(stakeholders, people, strict=True)
    )
    return list(zip(stakeholders, people, strict=True))


def measure_release(label: str, release: Callable[[], int]) -> None:
    """Release, and say what it took. A statement that is a savepoint or a bulk insert is told apart."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from notifications.outbox.models import Message

    before, began = Message.objects.count(), time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        decisions = release()
    seconds = time.monotonic() - began
    verbs = Counter(query["sql"].split()[0] for query in queries)
    inserts, savepoints = verbs.pop("INSERT", 0), verbs.pop("SAVEPOINT", 0) + verbs.pop("RELEASE", 0)
    print(f"{label}: {decisions} decisions, {Message.objects.count() - before} mails in {seconds:.2f} s")
    print(
        f"  {sum(verbs.values())} statements {dict(verbs)}, {inserts} bulk inserts, {savepoints} savepoints"
    )


if __name__ == "__main__":
    main()
