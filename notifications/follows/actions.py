"""Following; and one happening told to all who follow it, deadlines in time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError
from core.later import later, nudge
from notifications.follows.enums import LETS_THROUGH, Level
from notifications.follows.models import Deadline, Follow
from notifications.follows.queries import in_order, names_of
from notifications.happenings.enums import Weight
from notifications.happenings.models import Happening
from notifications.hooks import kinds
from notifications.outbox.actions import host_of_mail

MOST_FOLLOWS = 200  # of one person
MOST_AT_ONCE = 12  # that one selection makes


def follow(user: User, terms: Sequence[str], *, level: str = Level.ALL) -> Follow:
    """Follow whatever carries all of `terms`; twice is once, at the level said last."""
    return follow_each(user, [terms], level=level)[0]


def follow_each(user: User, several: Sequence[Sequence[str]], *, level: str = Level.ALL) -> list[Follow]:
    """As `follow`, for several at once: all of them or none.

    Raises DomainError where there are too many, where the level is unknown, or where one of the terms is not
    there for this person: hidden answers like missing.
    """
    wanted = [in_order(terms) for terms in several]
    _refuse_wrong(user, wanted, level)
    with transaction.atomic():
        # One at a time of one person, so that the most is the most.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        mine = Follow.objects.filter(user=user)
        followed = {
            tuple(own_follow.terms) for own_follow in mine.filter(terms__in=[list(terms) for terms in wanted])
        }
        if mine.count() + len(set(wanted) - followed) > MOST_FOLLOWS:
            raise DomainError(
                _("You can follow at most %(most)d things. Please stop following one first.")
                % {"most": MOST_FOLLOWS}
            )
        Follow.objects.bulk_create(
            [Follow(user=user, terms=list(terms), level=level) for terms in dict.fromkeys(wanted)],
            update_conflicts=True,
            unique_fields=["user", "terms"],
            update_fields=["level"],
        )
        return list(mine.filter(terms__in=[list(terms) for terms in wanted]))


def set_level(own_follow: Follow, level: str) -> None:
    """Hear more or less of what is followed; an unknown level raises DomainError."""
    _refuse_unknown(level)
    Follow.objects.filter(pk=own_follow.pk).update(level=level)


def unfollow(own_follow: Follow) -> None:
    """Hear no more because of it. Twice is once."""
    Follow.objects.filter(pk=own_follow.pk).delete()


def move_term(old: str, new: str) -> int:
    """Whoever follows `old` follows `new` from now on; returns how many follows moved or ended.

    Runs in the transaction in which the two become one. Where somebody follows both, what they chose for the
    one that stays holds.
    """
    moving = list(Follow.objects.select_for_update().filter(terms__contains=[old]).order_by("pk"))
    if not moving:
        return 0
    moved = {
        moving_follow.pk: in_order(new if term == old else term for term in moving_follow.terms)
        for moving_follow in moving
    }
    people = {moving_follow.user_id for moving_follow in moving}
    already = Follow.objects.filter(user__in=people, terms__contains=[new]).exclude(pk__in=moved)
    taken = {(user, tuple(terms)) for user, terms in already.values_list("user_id", "terms")}
    stay, double = [], []
    for moving_follow in moving:
        terms = moved[moving_follow.pk]
        if (moving_follow.user_id, terms) in taken:
            double.append(moving_follow.pk)
            continue
        taken.add((moving_follow.user_id, terms))
        moving_follow.terms = list(terms)
        stay.append(moving_follow)
    Follow.objects.filter(pk__in=double).delete()
    Follow.objects.bulk_update(stay, ["terms"])
    return len(moving)


def _refuse_wrong(user: User, wanted: Sequence[Sequence[str]], level: str) -> None:
    _refuse_unknown(level)
    if len(wanted) > MOST_AT_ONCE:
        raise DomainError(
            _("That would be %(count)d follows at once; %(most)d are possible. Choose fewer.")
            % {"count": len(wanted), "most": MOST_AT_ONCE}
        )
    terms = {term for selection in wanted for term in selection}
    if not wanted or not all(wanted) or terms - set(names_of(user, terms)):
        raise DomainError(_("What you want to follow is not there."))


def _refuse_unknown(level: str) -> None:
    if level not in Level.values:
        message = _("Choose how much you want to hear.")
        raise DomainError(message, fields={"level": message})


# --- One happening, many followers: told as one row, expanded by a worker in one statement -----------

# Whom a happening reaches: those who follow all the terms of one of their follows among its own, at a level
# that lets its weight through, unless another of their follows mutes it. One row each: notice and, for those
# who want it at once and whose quiet hours are over, message. By hand, since 10,000 followers take it half a
# second of a processor, and rows made one by one in Python five. %(…)s are values, {…} names of columns.
EXPAND = """
WITH matched AS (
    SELECT follow.user_id,
           (array_agg(array_to_string(follow.terms, ' ') ORDER BY follow.id)
               FILTER (WHERE follow.level = ANY(%(levels)s)))[1] AS via
    FROM notifications_follow follow
    WHERE follow.lead = ANY(%(terms)s) AND follow.terms::varchar[] <@ %(terms)s::varchar[]
    GROUP BY follow.user_id
    HAVING bool_or(follow.level = ANY(%(levels)s)) AND NOT bool_or(follow.level = %(muted)s)
), person AS (
    SELECT person.id, person.email, person.language, matched.via,
           coalesce(preference.mail, %(mail)s) AS mail,
           coalesce(preference.in_app, true) AS in_app,
           CASE WHEN habits.quiet_from IS NOT NULL THEN now() AT TIME ZONE person.time_zone END AS clock,
           person.time_zone, habits.quiet_from, habits.quiet_to
    FROM matched
    JOIN accounts_user person ON person.id = matched.user_id AND person.is_active
    LEFT JOIN notifications_preference preference
        ON preference.user_id = person.id AND preference.kind = %(kind)s
    LEFT JOIN notifications_habits habits ON habits.user_id = person.id
    WHERE person.id = ANY(%(readers)s)
), noticed AS (
    INSERT INTO notifications_notice ({columns}, user_id, happening_id, via, mail, in_app)
    SELECT {values}, person.id, happening.id, person.via, person.mail, person.in_app
    FROM person, notifications_happening happening
    WHERE happening.id = %(happening)s
    ON CONFLICT DO NOTHING
    RETURNING user_id
), mailed AS (
    INSERT INTO notifications_message
        ({columns}, user_id, happening_id, address, language, status, attempts, error, claimed_by,
         message_id, not_before)
    SELECT {values}, person.id, happening.id, person.email, person.language, 'queued', 0, '', '',
           '<' || gen_random_uuid() || '@' || %(host)s || '>',
           CASE
               WHEN person.quiet_from <= person.quiet_to
                   AND person.clock::time >= person.quiet_from AND person.clock::time < person.quiet_to
                   THEN (person.clock::date + person.quiet_to) AT TIME ZONE person.time_zone
               WHEN person.quiet_from > person.quiet_to AND person.clock::time >= person.quiet_from
                   THEN (person.clock::date + 1 + person.quiet_to) AT TIME ZONE person.time_zone
               WHEN person.quiet_from > person.quiet_to AND person.clock::time < person.quiet_to
                   THEN (person.clock::date + person.quiet_to) AT TIME ZONE person.time_zone
               ELSE now()
           END
    FROM person, notifications_happening happening
    WHERE happening.id = %(happening)s AND person.mail = 'at_once'
    ON CONFLICT DO NOTHING
    RETURNING user_id
)
SELECT (SELECT count(*) FROM noticed), (SELECT count(*) FROM mailed)
"""
TOLD_COLUMNS = ("kind", "key", "url", "url_name", "url_args", "facts", "subject_kind", "subject_id")


def tell(
    kind: str,
    subject: models.Model,
    *,
    key: str,
    terms: Sequence[str],
    weight: Weight = Weight.NEWS,
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
) -> Happening | None:
    """Say, in the act's transaction, that something happened; a worker tells whoever follows it.

    `terms` are what it concerns, as ["country:KEN", "region:404", "topic:tip"]. Once per (kind, key): None is
    returned where it was told before. A kind without `readers` raises LookupError: nobody would be allowed.
    """
    if kinds[kind].readers is None:
        raise LookupError(f"{kind!r} has no readers, so it cannot be told to followers.")
    return _write(
        Happening(
            kind=kind,
            key=key,
            terms=sorted(set(terms)),
            weight=weight,
            url_name=url_name,
            url_args=list(url_args),
            facts=dict(facts or {}),
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
        )
    )


def tell_of(deadline: Deadline, *, key: str, weight: Weight) -> bool:
    """Tell what a deadline holds; whether it is told now."""
    same = {name: getattr(deadline, name) for name in (*TOLD_COLUMNS, "terms") if name != "key"}
    return _write(Happening(**same, key=key, weight=weight)) is not None


def _write(happening: Happening) -> Happening | None:
    Happening.objects.bulk_create([happening], ignore_conflicts=True)
    same = Happening.objects.filter(kind=happening.kind, key=happening.key, expanded_at=None)
    written = same.first()
    if written is not None:
        later("notifications.expand", ids=[written.pk])
    return written


def left_to_expand() -> list[int]:
    """The happenings (ids, oldest first, at most a hundred) that nobody has expanded yet."""
    waiting = Happening.objects.filter(expanded_at=None).order_by("created_at", "pk")
    return list(waiting.values_list("pk", flat=True)[:100])


def expand(ids: Sequence[int]) -> int:
    """Tell the followers of those happenings that nobody expands; returns how many notices were written."""
    total = 0
    for pk in ids:
        with transaction.atomic():
            waiting = Happening.objects.select_for_update(skip_locked=True).filter(pk=pk, expanded_at=None)
            happening = waiting.first()
            if happening is not None:
                total += _expand(happening)
    return total


def _expand(happening: Happening) -> int:
    readers = happening.declared.readers
    people = User.objects.filter(is_active=True)
    allowed = readers(people, happening.subject_id) if readers else people.none()
    noticed, mailed = _write_to_followers(happening, allowed)
    Happening.objects.filter(pk=happening.pk).update(expanded_at=Now(), noticed=noticed, mailed=mailed)
    if mailed:
        nudge("notifications.sweep")
    return noticed


def _write_to_followers(happening: Happening, allowed: "models.QuerySet[User]") -> tuple[int, int]:
    """Write to all followers that are among `allowed`; return the numbers of notices and of messages."""
    follows = Follow.objects.filter(lead__in=happening.terms, user__in=allowed.order_by())
    readers = list(follows.order_by().values_list("user_id", flat=True).distinct())
    values = ", ".join(f"happening.{name}" for name in TOLD_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            EXPAND.format(columns=", ".join(TOLD_COLUMNS), values=values),
            {
                "readers": readers,
                "happening": happening.pk,
                "kind": happening.kind,
                "terms": happening.terms,
                "levels": LETS_THROUGH[Weight(happening.weight)],
                "muted": Level.MUTED,
                "mail": happening.declared.mail,
                "host": host_of_mail(),
            },
        )
        noticed, mailed = cursor.fetchone()
    return noticed, mailed


# --- Deadlines that followers are reminded of, so many days ahead, each reminder once ----------------


def set_deadline(
    kind: str,
    subject: models.Model,
    name: str,
    at: datetime,
    *,
    terms: Sequence[str],
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
) -> Deadline:
    """Say, in the act's transaction, when something of `subject` is due; calling it again moves the date.

    `name` tells several of one subject apart, as "closing". The words of `kind` may use `facts.at` (ISO).
    """
    if kinds[kind].readers is None:
        raise LookupError(f"{kind!r} has no readers, so its deadlines cannot be told to followers.")
    deadline, _new = Deadline.objects.update_or_create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        key=name,
        defaults={
            "kind": kind,
            "at": at,
            "terms": sorted(set(terms)),
            "url_name": url_name,
            "url_args": list(url_args),
            "facts": {**(facts or {}), "at": at.isoformat()},
        },
    )
    return deadline


def drop_deadline(subject: models.Model, name: str) -> None:
    """It is not due any more, or not at a known instant."""
    Deadline.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk, key=name).delete()


def remind_of_deadlines(moment: datetime | None = None) -> int:
    """Tell the followers of each deadline that has come near enough; returns how many reminders left.

    Of several that are due at once only the nearest leaves. After the deadline none does.
    """
    moment = moment or now()
    farthest = timedelta(days=max(settings.NOTIFICATIONS_DEADLINE_DAYS))
    near = Deadline.objects.filter(at__gt=moment, at__lte=moment + farthest)
    return sum(_remind(pk, moment) for pk in near.order_by("at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, moment: datetime) -> bool:
    deadline = Deadline.objects.select_for_update().filter(pk=pk, at__gt=moment).first()
    if deadline is None:
        return False
    days = days_due(deadline.at, moment)
    if days is None or (deadline.told_at == deadline.at and (deadline.told_days or 0) <= days):
        return False
    deadline.told_days, deadline.told_at = days, deadline.at
    deadline.save(update_fields=["told_days", "told_at"])
    return tell_of(deadline, key=f"{deadline.pk}:{deadline.at.isoformat()}:{days}", weight=Weight.DEADLINE)


def days_due(at: datetime, moment: datetime) -> int | None:
    """Which reminder is due at `moment`, by its days before `at`: the nearest one; None where none is yet."""
    due = [days for days in settings.NOTIFICATIONS_DEADLINE_DAYS if moment >= at - timedelta(days=days)]
    return min(due, default=None)
