"""What accounts lets the apps above it register, each in its `registered.py`.

countries_within.register("taxonomy", fn)    fn({"002", …}) → {"KEN", …}: what lies in these regions
kept_lists.register("reviews.stepkind", (Role.REVIEWS, …))   who edits that list in the admin
"""

from collections.abc import Callable, Collection

from core.registry import Registry

CountriesWithin = Callable[[Collection[str]], Collection[str]]

countries_within: Registry[CountriesWithin] = Registry("accounts.registry.countries_within")
kept_lists: Registry[tuple[str, ...]] = Registry("accounts.registry.kept_lists")


def list_keepers() -> set[str]:
    """The roles that edit any registered list, and may therefore open the admin."""
    return {role for roles in kept_lists.values() for role in roles}
