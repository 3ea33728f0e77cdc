"""Following, hearing more or less of it, stopping; and what happens when two things become one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError
from notifications.enums import Level
from notifications.models import Follow
from notifications.queries.follows import in_order, names_of

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
        there = {tuple(one.terms) for one in mine.filter(terms__in=[list(terms) for terms in wanted])}
        if mine.count() + len(set(wanted) - there) > MOST_FOLLOWS:
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


def set_level(kept: Follow, level: str) -> None:
    """Hear more or less of what is followed; an unknown level raises DomainError."""
    _refuse_unknown(level)
    Follow.objects.filter(pk=kept.pk).update(level=level)


def unfollow(kept: Follow) -> None:
    """Hear no more because of it. Twice is once."""
    Follow.objects.filter(pk=kept.pk).delete()


def move_term(old: str, new: str) -> int:
    """Whoever follows `old` follows `new` from now on; returns how many follows moved or ended.

    Runs in the transaction in which the two become one. Where somebody follows both, what they chose for the
    one that stays holds.
    """
    moving = list(Follow.objects.select_for_update().filter(terms__contains=[old]).order_by("pk"))
    if not moving:
        return 0
    moved = {one.pk: in_order(new if term == old else term for term in one.terms) for one in moving}
    people = {one.user_id for one in moving}
    already = Follow.objects.filter(user__in=people, terms__contains=[new]).exclude(pk__in=moved)
    there = {(user, tuple(terms)) for user, terms in already.values_list("user_id", "terms")}
    stay, double = [], []
    for one in moving:
        terms = moved[one.pk]
        if (one.user_id, terms) in there:
            double.append(one.pk)
            continue
        there.add((one.user_id, terms))
        one.terms = list(terms)
        stay.append(one)
    Follow.objects.filter(pk__in=double).delete()
    Follow.objects.bulk_update(stay, ["terms"])
    return len(moving)


def _refuse_wrong(user: User, wanted: Sequence[Sequence[str]], level: str) -> None:
    _refuse_unknown(level)
    if len(wanted) > MOST_AT_ONCE:
        raise DomainError(
            _("That would be %(count)d follows at once; %(most)d are possible. Choose less.")
            % {"count": len(wanted), "most": MOST_AT_ONCE}
        )
    terms = {term for ones in wanted for term in ones}
    if not wanted or not all(wanted) or terms - set(names_of(user, terms)):
        raise DomainError(_("What you want to follow is not there."))


def _refuse_unknown(level: str) -> None:
    if level not in Level.values:
        message = _("Choose how much you want to hear.")
        raise DomainError(message, fields={"level": message})
