"""Who gets the newsletter: asking, confirming, choosing anew, leaving. No account is needed.

Whoever asks is told the same whether or not the address is known: what is true of it is said by mail alone.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from core.limits import spend
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue, Subscriber
from news.newsletter.signed_links import CHOOSE, CONFIRM, Leaving, key_for
from notifications.outbox.actions import mail_address
from taxonomy.terms.models import Topic

# The text of consent on the form; a new wording is a new version.
CONSENT = "2026-11-25"
MOST_MAILS_TO_ONE, MOST_OF_A_VISITOR = 4, 20
A_DAY, AN_HOUR = 24 * 60 * 60, 60 * 60


class Wish(NamedTuple):
    """`languages` as the reader prefers them; no topics means all."""

    languages: Sequence[str]
    topics: Iterable[str]


def ask(address: str, wish: Wish, *, language: str, visitor: str) -> None:
    """Sign an address up and send it the mail that confirms. `visitor` is whom the limits count.

    An address that is subscribed already gets a mail with the link to its choices, and nothing of it changes.
    """
    _spend_limits(address, visitor)
    with transaction.atomic():
        fresh = Subscriber(
            address=address,
            languages=list(wish.languages),
            consent_version=CONSENT,
            consent_language=language,
        )
        Subscriber.objects.bulk_create([fresh], ignore_conflicts=True)
        row = Subscriber.objects.of(address).select_for_update(no_key=True).get()
        if row.confirmed_at:
            _mail_choices(row, language)
            return
        # What is confirmed is what was asked last: an older link no longer opens it.
        row.languages, row.nonce, row.asked_at = list(wish.languages), uuid4(), now()
        row.consent_version, row.consent_language = CONSENT, language
        row.save()
        row.topics.set(_topics(wish))
        _mail_confirmation(row, language)


def ask_for_choices(address: str, *, language: str, visitor: str) -> None:
    """Mail the link to somebody's choices, or to confirm them first. An unknown address gets nothing."""
    _spend_limits(address, visitor)
    with transaction.atomic():
        row = Subscriber.objects.of(address).select_for_update(no_key=True).first()
        if row is not None and row.confirmed_at:
            _mail_choices(row, language)
        elif row is not None:
            row.nonce = uuid4()
            row.save(update_fields=["nonce"])
            _mail_confirmation(row, language)


@transaction.atomic
def confirm(subscriber: Subscriber) -> bool:
    """Twice is once; whether it is confirmed now for the first time."""
    done = Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=now())
    if done:
        record(subscriber, "news.subscriber.confirmed", actor=None, version=subscriber.consent_version)
    return bool(done)


@transaction.atomic
def choose(subscriber: Subscriber, wish: Wish) -> None:
    """By whoever has the link, or signed in."""
    row = Subscriber.objects.select_for_update(no_key=True).filter(pk=subscriber.pk).first()
    if row is None:
        return
    row.languages = list(wish.languages)
    row.save(update_fields=["languages"])
    row.topics.set(_topics(wish))
    record(row, "news.subscriber.changed", actor=None)


@transaction.atomic
def subscribe_person(user: User, wish: Wish, *, language: str) -> bool:
    """Whoever is signed in with a proved address need not confirm. False where it is not proved."""
    proved = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    if not proved:
        return False
    fresh = Subscriber(
        address=user.email, languages=list(wish.languages), consent_version=CONSENT, consent_language=language
    )
    Subscriber.objects.bulk_create([fresh], ignore_conflicts=True)
    row = Subscriber.objects.of(user.email).select_for_update(no_key=True).get()
    if row.confirmed_at is None:
        row.consent_version, row.consent_language, row.asked_at = CONSENT, language, now()
        row.save()
        confirm(row)
    choose(row, wish)
    return True


@transaction.atomic
def leave(leaving: Leaving) -> bool:
    """Delete the subscriber; whether there was one. The issue that carried the link counts it."""
    row = Subscriber.objects.of(leaving.address).select_for_update().first()
    if row is None:
        return False
    record(row, "news.subscriber.left", actor=None)
    row.delete()
    if leaving.issue_id:
        Issue.objects.filter(pk=leaving.issue_id, state__in=IssueState.OUT).update(left=F("left") + 1)
    return True


def _topics(wish: Wish) -> "QuerySet[Topic]":
    return Topic.objects.filter(pk__in=list(wish.topics))


def _spend_limits(address: str, visitor: str) -> None:
    """Of known and unknown addresses alike."""
    spend("news.subscribe_visitor", visitor, most=MOST_OF_A_VISITOR, seconds=AN_HOUR)
    spend("news.subscribe_address", address.lower(), most=MOST_MAILS_TO_ONE, seconds=A_DAY)


def _mail_confirmation(row: Subscriber, language: str) -> None:
    with override(language):
        url = reverse("newsletter:confirm", args=[key_for(row.pk, str(row.nonce), salt=CONFIRM)])
    key = f"newsletter:{row.pk}:confirm:{row.nonce}"
    mail_address(row.address, "news.confirm_subscription", key=key, language=language, url=url)


def _mail_choices(row: Subscriber, language: str) -> None:
    with override(language):
        url = reverse("newsletter:preferences", args=[key_for(row.pk, str(row.nonce), salt=CHOOSE)])
    key = f"newsletter:{row.pk}:choices:{uuid4()}"
    mail_address(row.address, "news.newsletter_choices", key=key, language=language, url=url)
