"""What the directory tells those who follow an entry, a place or a topic. Each runs in the act's transaction.

That an entry has lapsed, was suspended or withdrawn is told to its own people alone: it is out of the
directory then, and whoever may not see an entry hears nothing about it.
"""

from collections.abc import Iterable, Sequence

from notifications.follows.actions import move_term, tell
from notifications.happenings.enums import Weight
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.followers.queries import terms_of

# From the widest to the narrowest.
_WIDTHS = (Listing.PUBLIC, Listing.MEMBERS_STATES, Listing.MEMBERS, Listing.COUNTRY, Listing.UNLISTED)


def tell_joined(stakeholder: Stakeholder) -> None:
    """Tell that an entry is new in the directory, or that its people have taken over a listed one."""
    _tell("stakeholders.joined", stakeholder, "joined", weight=Weight.STEP)


def tell_changed(stakeholder: Stakeholder, fields: Iterable[str]) -> None:
    """Tell that the desk has agreed to new values of vetted fields (their names)."""
    once = f"changed:{stakeholder.updated_at.isoformat()}"
    _tell("stakeholders.profile_changed", stakeholder, once, fields=sorted(fields), kind=stakeholder.kind)


def tell_returned(stakeholders: Sequence[Stakeholder], once: str) -> None:
    """Tell that entries are in the directory again, without the reason why they were not."""
    for stakeholder in stakeholders:
        _tell("stakeholders.returned", stakeholder, f"returned:{once}", weight=Weight.STEP)


def tell_merged(gone: Stakeholder, remaining: Stakeholder, *, name: str, was: str) -> None:
    """Tell that two entries have become one. `name` and `was`: name and status of the one that went.

    Only where everybody who sees the one that stays saw the other too.
    """
    wide = _WIDTHS.index(Listing(gone.listing)) <= _WIDTHS.index(Listing(remaining.listing))
    same_place = gone.listing == Listing.PUBLIC or gone.country_id == remaining.country_id
    if was in Status.SHOWN and wide and same_place:
        _tell("stakeholders.merged", remaining, f"merged:{gone.pk}", weight=Weight.STEP, gone=name)


def follow_to_remaining(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Move the follows of an entry that goes to the one that remains. Registered with the merge."""
    move_term(f"stakeholder:{gone.pk}", f"stakeholder:{remaining.pk}")


def _tell(
    kind: str, entry: Stakeholder, once: str, /, *, weight: Weight = Weight.NEWS, **facts: object
) -> None:
    tell(
        kind,
        entry,
        key=f"stakeholder:{entry.pk}:{once}",
        terms=terms_of(entry),
        weight=weight,
        url_name="stakeholders:by_number",
        url_args=[entry.pk],
        facts={"name": entry.name, **facts},
    )
