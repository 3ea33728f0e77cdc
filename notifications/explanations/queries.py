"""Why somebody was told of something, by which way and when; or why they were not.

A notice keeps how its person's choices stood when it happened. Of what they were not told nothing is kept, so
that answer is given by their follows as they stand now.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.time_display import by_both_clocks
from notifications.bounces.models import Suppression
from notifications.follows.enums import LETS_THROUGH, Level
from notifications.follows.models import Follow
from notifications.follows.queries import FollowPart, names_of, parts_of, together
from notifications.happenings.enums import Weight
from notifications.happenings.models import Happening
from notifications.happenings.words import facts_of, headline, path_of, words
from notifications.hooks import Channel
from notifications.inbox.models import Notice
from notifications.inbox.queries import InboxLine, line_of, visible_among
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from notifications.preferences.queries import choices_of

DAYS = 30
MOST_SHOWN = 50


class NoticeLedger(NamedTuple):
    """The ledger of one notice: why, whether it is in the inbox, and what became of it by mail."""

    line: InboxLine
    because: list[FollowPart]
    level: str
    reason: str
    inbox: str
    mail: list[str]


class MissedHappening(NamedTuple):
    """Something that happened, and why it did not come. `notice` is there where it did."""

    happening: Happening
    text: Any
    path: str
    when: str
    notice: Notice | None = None
    reasons: Sequence[str] = ()


# --- Why did I get this? --------------------------------------------------------------------------------
def ledger(notice: Notice, user: User) -> NoticeLedger | None:
    """Return the ledger of a notice; None where this person may no longer see it."""
    if notice.pk not in visible_among([notice], user):
        return None
    facts = facts_of(notice, user)
    terms = notice.via.split()
    because = parts_of(terms, names_of(user, terms)) if terms else []
    follow = Follow.objects.visible_to(user).filter(terms=terms).first() if terms else None
    return NoticeLedger(
        line=line_of(notice, facts, user),
        because=because,
        level=follow.get_level_display() if follow else "",
        reason="" if terms else words(notice, facts).why,
        inbox=_inbox(notice, user),
        mail=_mail(notice, user),
    )


def _inbox(notice: Notice, user: User) -> str:
    if not notice.in_app:
        return _("Not in your inbox: you had chosen so when it happened.")
    if notice.read_at:
        return _("In your inbox; you have read it on %(when)s.") % {
            "when": by_both_clocks(notice.read_at, user.time_zone)
        }
    return _("In your inbox, not read yet.")


def _mail(notice: Notice, user: User) -> list[str]:
    if notice.digest_id:
        return _by_digest(notice, user)
    match notice.mail:
        case Channel.OFF:
            return [_("Not by e-mail: you have chosen so for this type.")]
        case Channel.DAILY:
            return [_("It will be in your next daily overview.")]
        case Channel.WEEKLY:
            return [_("It will be in your next weekly overview.")]
    sent = Message.objects.filter(user=user, key=notice.key, kind=notice.kind).first()
    if sent is None:
        return [_("No e-mail was written.")]
    return [
        _("By e-mail at once, since you have chosen so or this type always comes at once."),
        _way(sent, user),
    ]


def _by_digest(notice: Notice, user: User) -> list[str]:
    digest = notice.digest
    if digest is None:
        return []
    when = by_both_clocks(digest.until, user.time_zone, ends=True)
    sentences = [_("In your overview of %(when)s.") % {"when": when}]
    sent = Message.objects.filter(
        user=user, subject_kind=digest._meta.label_lower, subject_id=digest.pk
    ).first()
    return [*sentences, _way(sent, user)] if sent else sentences


def _way(message: Message, user: User) -> str:
    """Where one mail stands on its way out, and why it did not leave."""

    facts = {
        "address": message.address,
        "when": by_both_clocks(message.sent_at or message.not_before, user.time_zone),
    }
    if message.status == Status.SUPPRESSED:
        return _held_back(message, user)
    sentence_of = {
        Status.SENT: _("Sent on %(when)s to %(address)s."),
        Status.FAILED: _("It could not be delivered to %(address)s."),
        Status.UNKNOWN: _("The connection was lost during sending; it is not known whether it arrived."),
        Status.RETRY: _("The mail server has not accepted it yet; the next attempt is at %(when)s."),
    }
    if text := sentence_of.get(Status(message.status)):
        return text % facts
    if message.not_before > now():
        return _("It will be sent after your quiet hours: %(when)s.") % facts
    return _("It is about to be sent.")


def _held_back(message: Message, user: User) -> str:
    if Suppression.objects.filter(address__iexact=message.address).exists():
        return _("Held back: e-mail to %(address)s came back before, so none is sent there now.") % {
            "address": message.address
        }
    choice = choices_of(user, everything=True).get(message.kind)
    if choice is not None and choice.mail == Channel.OFF:
        return _("Held back: you turned this kind off before it was sent.")
    return _("Held back: you no longer had access to it when it was due to be sent.")


# --- Why did I not hear of …? ---------------------------------------------------------------------------
def recent_happenings(user: User, *, since: datetime | None = None) -> list[MissedHappening]:
    """Return what happened of late with anything that the person follows and may see, newest first.

    What touches one part of a follow is there too, since people ask about that.
    """
    terms = {
        term for terms in Follow.objects.visible_to(user).values_list("terms", flat=True) for term in terms
    }
    if not terms:
        return []
    recent = Happening.objects.filter(
        created_at__gte=since or now() - timedelta(days=DAYS), terms__overlap=sorted(terms)
    )
    return [
        _missed_happening(happening, user)
        for happening in _visible_happenings(list(recent[:MOST_SHOWN]), user)
    ]


def answer(user: User, pk: int) -> MissedHappening | None:
    """Return why a happening did not come, or that it did; None where the person may not ask about it."""
    follows = list(Follow.objects.visible_to(user))
    terms = sorted({term for follow in follows for term in follow.terms})
    happening = Happening.objects.filter(
        pk=pk, created_at__gte=now() - timedelta(days=DAYS), terms__overlap=terms
    ).first()
    if not terms or happening is None or not _visible_happenings([happening], user):
        return None
    notice = (
        Notice.objects.visible_to(user)
        .filter(Q(happening=happening) | Q(kind=happening.kind, key=happening.key))
        .first()
    )
    missed = _missed_happening(happening, user)
    if notice is not None:
        return missed._replace(notice=notice)
    return missed._replace(reasons=_reasons(happening, follows, user))


def _visible_happenings(happenings: list[Happening], user: User) -> list[Happening]:
    """Return the happenings whose subject the person may see now."""
    as_notices = [
        Notice(pk=happening.pk, kind=happening.kind, subject_id=happening.subject_id, user=user)
        for happening in happenings
    ]
    visible = visible_among(as_notices, user)
    return [happening for happening in happenings if happening.pk in visible]


def _missed_happening(happening: Happening, user: User) -> MissedHappening:
    return MissedHappening(
        happening,
        headline(happening, facts_of(happening, user)),
        path_of(happening),
        by_both_clocks(happening.created_at, user.time_zone),
    )


def _reasons(happening: Happening, follows: Sequence[Follow], user: User) -> list[str]:
    """Return everything that stood in the way, the most important first."""
    if happening.expanded_at is None:
        return [_("Its followers are being informed at this moment. Please look again in a minute.")]
    about = set(happening.terms)
    names = names_of(user, {term for follow in follows for term in follow.terms})

    def label(follow: Follow) -> str:
        return together(
            part.label or _("something that you cannot see now") for part in parts_of(follow.terms, names)
        )

    whole = [follow for follow in follows if about.issuperset(follow.terms)]
    if not whole:
        return [
            _("It concerns only one part of what you follow: %(what)s.") % {"what": label(follow)}
            for follow in follows
            if about & set(follow.terms)
        ]
    muted = [follow for follow in whole if follow.level == Level.MUTED]
    if muted:
        return [
            _("You chose to receive no news about %(what)s, and that overrides your other follows.")
            % {"what": label(follow)}
            for follow in muted
        ]
    admitting = [follow for follow in whole if follow.level in LETS_THROUGH[Weight(happening.weight)]]
    if not admitting:
        return [
            _("For %(what)s you chose: %(level)s. This news was: %(weight)s.")
            % {
                "what": label(follow),
                "level": follow.get_level_display(),
                "weight": happening.get_weight_display(),
            }
            for follow in whole
        ]
    if all(follow.created_at > happening.expanded_at for follow in admitting):
        return [
            _("You began to follow %(what)s on %(when)s, after this was sent.")
            % {"what": label(follow), "when": by_both_clocks(follow.created_at, user.time_zone)}
            for follow in admitting
        ]
    return [
        _(
            "Your current settings would let it through. When it was sent they did not, or you "
            "could not see it."
        )
    ]
