"""Whom a message to many reaches, how much may be sent, and what it says to one reader."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import get_language_info

from accounts.people.enums import Role
from coordination.mailings.enums import PLACEHOLDERS, Hat, LetterState
from coordination.mailings.models import Letter, LetterCopy, LetterLimit
from coordination.mailings.rules import writes_as
from notifications.delivery.models import Pause
from notifications.hooks import Channel
from notifications.outbox.enums import Status
from notifications.outbox.models import Message, Preference
from stakeholders.contact.models import Block
from stakeholders.directory.queries import matching_entries, query_of, shown_to
from stakeholders.entries.enums import ContactFrom, MemberRole
from stakeholders.entries.enums import Status as Standing
from stakeholders.entries.models import Membership, Stakeholder

# The kind of the mail, by who writes: each reader chooses for both apart.
KINDS = {Hat.REGIONAL: "coordination.letter_regional", Hat.DESK: "coordination.letter_desk"}
# (a day, 30 days), until the desk sets its own.
FIRST_LIMITS = {Hat.REGIONAL: (1, 4), Hat.DESK: (3, 20)}
FEW_RECIPIENTS = 3
DAY, MONTH = timedelta(days=1), timedelta(days=30)


def letters_of(user: Any, hat: str) -> "QuerySet[Letter]":
    """Return the letters on the pages of this hat; the desk also sees what regional focal points wrote."""
    rows = Letter.objects.visible_to(user).select_related("by")
    return rows if hat == Hat.DESK else rows.filter(hat=Hat.REGIONAL)


def entries(writer: Any, hat: str, filters: str) -> "QuerySet[Stakeholder]":
    """Return entries that fit, are found by the writer and take part; a focal point's in their places."""
    if writer is None or not writes_as(writer, hat):
        return Stakeholder.objects.none()
    rows = matching_entries(shown_to(writer), writer, query_of(filters)).filter(
        status__in=Standing.TAKING_PART
    )
    places = writer.places_of(Role.REGIONAL) if hat == Hat.REGIONAL else None
    return rows if places is None else rows.filter(country__in=sorted(places))


def readers(writer: Any, hat: str) -> "QuerySet[Membership]":
    """Return who looks after an entry and gets letters of this kind, by mail or in the inbox.

    Left out are entries that take no messages, have blocked the writer, or have the writer as a member.
    """
    refuse = Preference.objects.filter(kind=KINDS[Hat(hat)], mail=Channel.OFF, in_app=False)
    blocked = Block.objects.filter(user=writer)
    own = Membership.objects.filter(user=writer)
    return (
        Membership.objects.filter(role__in=MemberRole.WRITERS, user__is_active=True)
        .exclude(stakeholder__contact_from=ContactFrom.NOBODY)
        .filter(
            ~Exists(refuse.filter(user=OuterRef("user"))),
            ~Exists(blocked.filter(stakeholder=OuterRef("stakeholder"))),
            ~Exists(own.filter(stakeholder=OuterRef("stakeholder"))),
        )
    )


class Reach(NamedTuple):
    """`answering` fit the question; `stakeholders` of them can be written to, by telling `people`."""

    answering: int
    stakeholders: int
    people: int

    @property
    def left_out(self) -> int:
        return self.answering - self.stakeholders


def reach(writer: Any, hat: str, filters: str) -> Reach:
    """Count whom a letter with these filters reaches."""
    fit = entries(writer, hat, filters)
    memberships = readers(writer, hat).filter(stakeholder__in=fit.order_by().values("pk"))
    numbers = memberships.aggregate(
        stakeholders=Count("stakeholder", distinct=True), people=Count("user", distinct=True)
    )
    return Reach(fit.count(), **numbers)


def first_recipients(writer: Any, hat: str, filters: str) -> list[Stakeholder]:
    """Return the first few by name of those that a letter with these filters reaches."""
    reachable = readers(writer, hat).filter(stakeholder=OuterRef("pk"))
    rows = entries(writer, hat, filters).filter(Exists(reachable))
    return list(rows.order_by("sort_key", "pk")[:FEW_RECIPIENTS])


def reader_languages(writer: Any, hat: str, filters: str) -> list[tuple[str, int]]:
    """Return (language, number of its readers), the most first."""
    memberships = readers(writer, hat).filter(
        stakeholder__in=entries(writer, hat, filters).order_by().values("pk")
    )
    rows = memberships.order_by().values_list("user__language").annotate(people=Count("user", distinct=True))
    return [
        (get_language_info(code)["name_translated"], people)
        for code, people in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]


def next_entries(letter: Letter, most: int) -> list[tuple[int, str]]:
    """Return (id, name) of the next entries behind the last that was written to."""
    reachable = readers(letter.by, letter.hat).filter(stakeholder=OuterRef("pk"))
    copies = LetterCopy.objects.filter(letter=letter, stakeholder=OuterRef("pk"))
    rows = entries(letter.by, letter.hat, letter.filters).filter(Exists(reachable), ~Exists(copies))
    return list(rows.filter(pk__gt=letter.reached).order_by("pk").values_list("pk", "name")[:most])


def a_reader(letter: Letter) -> str:
    """Return the name of one stakeholder that it reaches, for a preview; empty where there is none."""
    rows = next_entries(letter, 1)
    return rows[0][1] if rows else ""


# --- How much somebody may send ---------------------------------------------------------------------------
class Allowance(NamedTuple):
    """Limits, and what the person has sent within them."""

    per_day: int
    per_month: int
    today: int
    this_month: int

    @property
    def is_spent(self) -> bool:
        return self.today >= self.per_day or self.this_month >= self.per_month


def limits() -> dict[str, tuple[int, int]]:
    """Return (within a day, within 30 days) by hat."""
    by_hat = {limit.hat: (limit.per_day, limit.per_month) for limit in LetterLimit.objects.all()}
    return {hat: by_hat.get(hat, first) for hat, first in FIRST_LIMITS.items()}


def allowance(user: Any, hat: str) -> Allowance:
    """Return limits and use. Days and months are the last 24 hours and 30 days, wherever somebody lives."""
    moment = now()
    sent = Letter.objects.filter(by=user, hat=hat, started_at__gt=moment - MONTH)
    numbers = sent.aggregate(today=Count("pk", filter=Q(started_at__gt=moment - DAY)), this_month=Count("pk"))
    return Allowance(*limits()[Hat(hat)], **numbers)


# --- How far it is ------------------------------------------------------------------------------------
class Progress(NamedTuple):
    """`over` of `total` mails have ended, in whatever way; an estimate while not all are written."""

    over: int
    total: int
    pause: Pause | None


def pause_of(letter: Letter) -> Pause | None:
    held = Pause.objects.live().filter(kind=KINDS[Hat(letter.hat)], happening=letter.happening_id)
    return held.first() if letter.happening_id else None


def numbers_of(letter: Letter) -> dict[str, int]:
    """Count what became of its mails so far. Readers who chose an overview get none."""
    if letter.happening_id is None:
        return dict.fromkeys(("all", "over", "sent", "failed", "held"), 0)
    return Message.objects.filter(happening=letter.happening_id).aggregate(
        all=Count("pk"),
        over=Count("pk", filter=Q(status__in=Status.OVER)),
        sent=Count("pk", filter=Q(status=Status.SENT)),
        failed=Count("pk", filter=Q(status__in=(Status.FAILED, Status.UNKNOWN))),
        held=Count("pk", filter=Q(status=Status.SUPPRESSED)),
    )


def progress_of(letter: Letter) -> Progress:
    numbers = numbers_of(letter)
    total = numbers["all"]
    if not letter.all_written:
        total = max(total, letter.expected)
    return Progress(numbers["over"], total, pause_of(letter))


# --- What came back, and what came in -----------------------------------------------------------------
def answers_to(letter: Letter, user: Any) -> "QuerySet[LetterCopy]":
    """Return the copies that were answered, for the letter's writer alone."""
    answered = letter.copies.filter(conversation__isnull=False)
    copies = answered if letter.by_id == user.pk else answered.none()
    return copies.select_related("stakeholder", "conversation").order_by("-conversation__last_at", "-pk")


def received_copies(user: Any) -> "QuerySet[LetterCopy]":
    rows = LetterCopy.objects.visible_to(user)
    return rows.select_related("letter__by", "stakeholder", "conversation")


# --- What a letter says to one reader: its text with the placeholders filled in ----------------------

_BRACES = re.compile(r"\{([^{}\n]*)\}")


class Words(NamedTuple):
    subject: str
    text: str
    language: str


def unknown_in(text: str) -> list[str]:
    """Return the names in braces that are no placeholders."""
    return [name for name in _BRACES.findall(text) if name not in PLACEHOLDERS]


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Fill placeholders in. Braces within a name that is put in are not filled in again."""
    return _BRACES.sub(lambda match: values.get(match[1], match[0]), text)


def words_for(letter: Letter, language: str, *, organization: str, person: str) -> Words:
    """Return the words in the reader's language, or in the one that the letter has instead."""
    its = letter.in_which(language)
    values = {"organization": organization, "person": person}
    return Words(
        fill_in(letter.text_as_written("subject", its), values),
        fill_in(letter.text_as_written("text", its), values),
        its,
    )


def words_of(copy: LetterCopy, user: Any, language: str) -> Words:
    return words_for(copy.letter, language, organization=copy.stakeholder.name, person=user.name)


def prepare(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """Return for the outbox what each mail says; nothing of a letter that was stopped."""
    going = LetterCopy.objects.exclude(letter__state=LetterState.STOPPED)
    copies = going.select_related("letter", "stakeholder").in_bulk(
        {message.subject_id for message in messages}
    )
    return {
        message.pk: words_of(copies[message.subject_id], message.user, message.language)._asdict()
        for message in messages
        if message.subject_id in copies and message.user is not None
    }
