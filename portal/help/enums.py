"""The pages of the help, in the order of its first page."""

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class HelpGroup(models.TextChoices):
    """The code is the place on the first page."""

    STAKEHOLDERS = "stakeholders", _("For stakeholders")
    OTHERS = "others", _("For States, focal points and visitors")
    BACKGROUND = "background", _("Background")
    STAFF = "staff", _("Handbook for staff")


class HelpPage(NamedTuple):
    """The code of a page is its address and the name of its template. `lead`: what it answers."""

    group: HelpGroup
    icon: str
    title: str | Promise
    lead: str | Promise

    @property
    def is_for_staff(self) -> bool:
        return self.group == HelpGroup.STAFF


G = HelpGroup
PAGES = {
    "registration": HelpPage(
        G.STAKEHOLDERS,
        "person-plus",
        _("Register a stakeholder"),
        _("From the first search to your profile in the directory."),
    ),
    "profile": HelpPage(
        G.STAKEHOLDERS,
        "person-vcard",
        _("Manage your profile"),
        _("Edit it, choose who sees it, invite colleagues, and keep it up to date."),
    ),
    "taking-part": HelpPage(
        G.STAKEHOLDERS,
        "megaphone",
        _("Contribute and take part"),
        _("Calls, dialogues, meetings, events, the library, stories and networks."),
    ),
    "account": HelpPage(
        G.STAKEHOLDERS,
        "key",
        _("Your account"),
        _("Sign in, protect your account, and choose your notifications."),
    ),
    "visitors": HelpPage(
        G.OTHERS,
        "search",
        _("Find, follow and contact"),
        _("What everybody can do here. Reading and searching need no account."),
    ),
    "states": HelpPage(
        G.OTHERS,
        "bank",
        _("For State users"),
        _("Find partners in your country, and correct what we say about it."),
    ),
    "focal-points": HelpPage(
        G.OTHERS,
        "geo-alt",
        _("For regional focal points"),
        _("Your region, your view on applications, messages, activities and reports."),
    ),
    "review": HelpPage(
        G.BACKGROUND,
        "arrow-repeat",
        _("The Review explained"),
        _("How States review each other, where the Review is now, and where you come in."),
    ),
    "se4u": HelpPage(
        G.BACKGROUND,
        "diagram-3",
        _("SE4U, the programme"),
        _("What SE4U is, and how this portal is part of it."),
    ),
    "your-data": HelpPage(
        G.BACKGROUND,
        "shield-lock",
        _("What happens to your data"),
        _("What we keep, who reads it, for how long, and what you can do."),
    ),
    "vetting": HelpPage(
        G.STAFF,
        "clipboard-check",
        _("Vetting"),
        _("Decide on applications, changes to profiles, claims and requests to join."),
    ),
    "calls": HelpPage(
        G.STAFF,
        "journal-text",
        _("Country reviews and calls"),
        _("Record steps, publish calls, screen contributions, publish observations."),
    ),
    "dialogues": HelpPage(
        G.STAFF,
        "chat-dots",
        _("Constructive dialogues"),
        _("From the call to the Extended Bureau and the summary."),
    ),
    "events": HelpPage(
        G.STAFF,
        "calendar-event",
        _("Events"),
        _("The calendar, registration, proposals for meetings, programme, reports."),
    ),
    "library": HelpPage(
        G.STAFF, "book", _("Library"), _("Add resources, decide on suggestions, repair broken links.")
    ),
    "newsletter": HelpPage(
        G.STAFF,
        "newspaper",
        _("Stories and the newsletter"),
        _("Edit stories, add links to news elsewhere, prepare an issue and send it."),
    ),
    "imports": HelpPage(
        G.STAFF,
        "cloud-upload",
        _("Imports and sources"),
        _("Lists of organizations, fetched files, the sanctions list."),
    ),
    "moderation": HelpPage(
        G.STAFF, "flag", _("Moderation"), _("Answer reports, hide or take down content, show it again.")
    ),
    "people": HelpPage(
        G.STAFF,
        "people",
        _("People and messages"),
        _("Invitations, State accounts, regional focal points, roles, group messages."),
    ),
}


class RoleCard(NamedTuple):
    """A page to print: what people of a role do most, as places of the help, the most frequent first."""

    title: str | Promise
    lead: str | Promise
    places: tuple[str, ...]
    is_for_staff: bool = False


CARDS = {
    "member": RoleCard(
        _("For members of stakeholders"),
        _("Keep your profile up to date, and take part in the Review and its events."),
        (
            "profile#edit",
            "taking-part#calls",
            "taking-part#dialogues",
            "taking-part#events",
            "profile#colleagues",
        ),
    ),
    "visitor": RoleCard(
        _("For visitors"),
        PAGES["visitors"].lead,
        ("visitors#find", "visitors#contact", "visitors#follow", "visitors#report", "registration#how"),
    ),
    "state": RoleCard(
        PAGES["states"].title,
        PAGES["states"].lead,
        ("states#account", "states#find", "states#review", "states#consult", "visitors#follow"),
    ),
    "focal-point": RoleCard(
        PAGES["focal-points"].title,
        PAGES["focal-points"].lead,
        (
            "focal-points#view",
            "focal-points#messages",
            "focal-points#activities",
            "focal-points#reports",
            "focal-points#absence",
        ),
    ),
    "team": RoleCard(
        _("For the WhatsOn team"),
        _("Decide, publish and answer. Each of these pages is in the menu of the desk."),
        ("vetting#decide", "vetting#changes", "calls#screen", "events#registration", "moderation#answer"),
        is_for_staff=True,
    ),
}
