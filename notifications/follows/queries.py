"""What a person follows, in words, and what of it can be followed at all.

A term is the name of a target and a code of it, as "country:KEN". Different targets mean "and"; codes of
one mean "or", which makes a follow for each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import product
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from notifications.follows.enums import LETS_THROUGH, Level
from notifications.follows.models import Follow
from notifications.happenings.enums import Weight
from notifications.hooks import suggestions, targets

Terms = tuple[str, ...]
MOST_SUGGESTED = 8


class FollowPart(NamedTuple):
    """One term in words; `label` and `path` are "" where it is not there for the person."""

    term: str
    label: str
    path: str
    target: str


class FollowLine(NamedTuple):
    """One follow as its person reads it."""

    follow: Follow
    parts: list[FollowPart]

    @property
    def label(self) -> str:
        return together(part.label or _("something that you cannot see now") for part in self.parts)


def in_order(terms: Iterable[str]) -> Terms:
    """The one order in which terms are kept, so that the same follow is never there twice."""
    return tuple(sorted(set(terms)))


def names_of(user: Any, terms: Collection[str]) -> dict[str, str]:
    """Return term → name in the active language, of the terms that `user` may see."""
    codes: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        name, _colon, code = term.partition(":")
        if name in targets and code:
            codes[name].add(code)
    return {
        f"{name}:{code}": label
        for name, its_codes in codes.items()
        for code, label in targets[name].labels(user, its_codes).items()
    }


def parts_of(terms: Iterable[str], names: Mapping[str, str]) -> list[FollowPart]:
    """The terms in words; what stands in `names` can be seen and has a page."""
    parts = []
    for term in terms:
        name, _colon, code = term.partition(":")
        path = targets[name].path(code) if term in names else ""
        label = str(targets[name].label) if name in targets else ""
        parts.append(FollowPart(term, names.get(term, ""), path, label))
    return parts


def together(labels: Iterable[str]) -> str:
    """ "Kenya and Firearms": all of them at once."""
    return reduce(lambda first, other: _("%(one)s and %(other)s") % {"one": first, "other": other}, labels)


def either(labels: Iterable[str]) -> str:
    """ "Kenya or Uganda": each of them."""
    return reduce(lambda first, other: _("%(one)s or %(other)s") % {"one": first, "other": other}, labels)


def lines_of(user: Any) -> list[FollowLine]:
    """Everything that the person follows, newest first. A query, and one for each target."""
    follows = list(Follow.objects.visible_to(user))
    names = names_of(user, {term for follow in follows for term in follow.terms})
    return [FollowLine(follow, parts_of(follow.terms, names)) for follow in follows]


def combinations(terms: Iterable[str]) -> list[Terms]:
    """The follows that a selection makes: one of each target together, every way there is."""
    by_target: dict[str, list[str]] = defaultdict(list)
    for term in in_order(terms):
        by_target[term.partition(":")[0]].append(term)
    return [in_order(selection) for selection in product(*by_target.values())] if by_target else []


def followed_among(user: Any, several: Sequence[Sequence[str]]) -> dict[Terms, Follow]:
    """Return the follows of this person with one of these selections of terms, by their terms."""
    wanted = [list(terms) for terms in several]
    follows = Follow.objects.visible_to(user).filter(terms__in=wanted) if wanted else ()
    return {tuple(follow.terms): follow for follow in follows}


def suggested_to(user: Any, lines: Sequence[FollowLine]) -> list[FollowPart]:
    """What is likely to be theirs, can be seen, and is not followed by itself yet."""
    have = {tuple(line.follow.terms) for line in lines}
    likely = dict.fromkeys(suggestions(user))
    new = [term for term in likely if (term,) not in have]
    names = names_of(user, new)
    return parts_of([term for term in new if term in names][:MOST_SUGGESTED], names)


def number_told(terms: Iterable[str], weight: Weight) -> int:
    """Return how many people a happening with these terms and this weight would reach now."""
    concerned = list(terms)
    mine = Follow.objects.filter(lead__in=concerned, terms__contained_by=concerned, user__is_active=True)
    muted = mine.filter(level=Level.MUTED).values("user_id")
    reached = mine.filter(level__in=LETS_THROUGH[weight]).exclude(user_id__in=muted)
    return reached.values("user_id").distinct().count()
