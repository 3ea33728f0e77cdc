"""One happening, many followers: told as one row, expanded by a worker in one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models.functions import Now

from accounts.people.models import User
from core.later import later
from notifications.actions.telling import host_of_mail
from notifications.enums import LETS_THROUGH, Level, Weight
from notifications.models import Deadline, Happening
from notifications.registry import kinds

# Whom a happening reaches: those who follow all the terms of one of their follows among its own, at a level
# that lets its weight through, unless another of their follows mutes it. One row each: notice and, for those
# who want it at once and whose quiet hours are over, message. %(…)s are values, {…} fixed pieces of SQL.
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
    WHERE person.id IN ({readers})
), noticed AS (
    INSERT INTO notifications_notice ({told}, user_id, happening_id, via, mail, in_app)
    SELECT {told_of}, person.id, happening.id, person.via, person.mail, person.in_app
    FROM person, notifications_happening happening
    WHERE happening.id = %(happening)s
    ON CONFLICT DO NOTHING
    RETURNING user_id
), mailed AS (
    INSERT INTO notifications_message
        ({told}, user_id, happening_id, address, language, status, attempts, error, claimed_by,
         message_id, not_before)
    SELECT {told_of}, person.id, happening.id, person.email, person.language, 'queued', 0, '', '',
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
TOLD = ("kind", "key", "url", "url_name", "url_args", "facts", "subject_kind", "subject_id")


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
    same = {name: getattr(deadline, name) for name in (*TOLD, "terms") if name != "key"}
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
        later("notifications.sweep")
    return noticed


def _write_to_followers(happening: Happening, allowed: "models.QuerySet[User]") -> tuple[int, int]:
    """One statement, however many follow: (notices, messages) written."""
    try:
        readers, values = allowed.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nobody may see it
        return 0, 0
    named = {f"reader_{n}": value for n, value in enumerate(values)}
    readers = readers % tuple(f"%({name})s" for name in named)
    statement = EXPAND.format(
        readers=readers, told=", ".join(TOLD), told_of=", ".join(f"happening.{name}" for name in TOLD)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                **named,
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
