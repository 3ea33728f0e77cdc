"""What accounts lets the apps above it register, each in its `registered.py`.

countries_within.register("taxonomy", fn)    fn({"002", …}) → {"KEN", …}: what lies in these regions
"""

from collections.abc import Callable, Collection

from core.registry import Registry

CountriesWithin = Callable[[Collection[str]], Collection[str]]

countries_within: Registry[CountriesWithin] = Registry("accounts.registry.countries_within")
