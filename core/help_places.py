"""Where the help about a page stands: each app says it of its pages, in its `wiring.py`."""

from typing import NamedTuple

from django.urls import ResolverMatch

from core.hooks import Registry


class HelpPlace(NamedTuple):
    """A page of the help and its section, as "registration#how"; `others` for who may not read that page."""

    place: str
    others: str = ""


help_places: Registry[HelpPlace] = Registry("core.help_places.help_places")


def help_at(place: str, *pages: str, others: str = "") -> None:
    """Enter where the help about pages of the portal stands.

    These are one address by its name, a subject ("stakeholders.imports"), all addresses of a namespace, or
    an app: what says more of a page comes first. Without anything it is the first page of the help.
    """
    for page in pages:
        help_places.register(page, HelpPlace(place, others))


def help_place(match: ResolverMatch) -> HelpPlace:
    subject = match.func.__module__.rpartition(".")[0]
    app = subject.partition(".")[0]
    candidates = (name for name in (match.view_name, subject, match.namespace, app) if name in help_places)
    return next((help_places[name] for name in candidates), HelpPlace(""))
