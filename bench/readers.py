# ruff: noqa: PLC0415  the portal is only there once its settings are
"""`python -m bench.readers`: signs in those whose pages are measured, and says the key of each session.

Also makes the programme of 130 meetings, and gives the member some notices to read.
"""

import json
from typing import Any

import django

# Who reads → the person of the demonstration.
READERS = {
    "signed in": "newcomer@demo.example",
    "member": "editor@demo.example",
    "regional": "regional@demo.example",
    "head": "head@demo.example",
}
UNREAD = 12


def sign_in(person: Any) -> Any:
    """A client whose session has passed the second factor."""
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from accounts.second_factor import sessions

    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)
    session = client.session
    sessions.remember(session, person)
    session.save()
    return client


def leave_unread(person: Any) -> int:
    """All notices of the person unread, of networks too; answers how many."""
    from coordination.networks.models import NetworkMember
    from notifications.inbox.models import Notice

    mine = Notice.objects.filter(user=person)
    Notice.objects.bulk_create(
        Notice(
            user=person,
            kind="coordination.network_accepted",
            key=f"bench:{member.pk}",
            url_name="notifications:inbox",
            url_args=[],
            facts={},
            subject_kind="coordination.networkmember",
            subject_id=member.pk,
        )
        for member in NetworkMember.objects.order_by("pk")[:UNREAD]
        if not mine.filter(key=f"bench:{member.pk}").exists()
    )
    mine.update(read_at=None, in_app=True)
    return mine.count()


def main() -> None:
    from accounts.people.models import User
    from bench.programme import congress

    people = {name: User.objects.get(email=email) for name, email in READERS.items()}
    facts = {
        "sessions": {name: sign_in(person).cookies["sessionid"].value for name, person in people.items()},
        "unread": leave_unread(people["member"]),
        "event": congress(),
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    django.setup()
    main()
