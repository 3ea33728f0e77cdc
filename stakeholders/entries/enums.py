"""What an entry and a membership may be, how an entry moves, and what it says beyond its name."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class Kind(models.TextChoices):
    NGO = "ngo", _("Non-governmental organization")
    ACADEMIA = "academia", _("Academic or research institution")
    PRIVATE = "private", _("Private sector")
    EXPERT = "expert", _("Individual expert")
    # Listed from public sources, apart from the stakeholders.
    INSTITUTE = "institute", _("Institute of a State or of the United Nations")

    # As which one can apply.
    APPLYING = nonmember(("ngo", "academia", "private", "expert"))


class Status(models.TextChoices):
    """Where a stakeholder stands with the portal."""

    LISTED = "listed", _("Listed from a public source")
    ACTIVE = "active", _("Active")
    LAPSED = "lapsed", _("Lapsed")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another")

    # In the directory, as far as the listing allows.
    SHOWN = nonmember(("listed", "active"))
    # Whose name stands beside what it took part in, as far as the listing allows.
    NAMED = nonmember(("listed", "active", "lapsed"))
    # Whose people count as members.
    TAKING_PART = nonmember(("active",))
    # Whose people may put the entry right and confirm it.
    LOOKED_AFTER = nonmember(("active", "lapsed"))


LOOKS: dict[str, str] = {"active": "done", "lapsed": "waiting", "suspended": "refused"}


class Listing(models.TextChoices):
    """Who may find the entry in the directory."""

    PUBLIC = "public", _("Everybody")
    MEMBERS_STATES = "members_states", _("Members and States")
    MEMBERS = "members", _("Members only")
    COUNTRY = "country", _("Not named: it only counts in the total of its country")
    UNLISTED = "unlisted", _("Not listed: it is not shown or counted anywhere")

    # Nobody but its own people and the desk reads the name.
    HIDDEN = nonmember(("country", "unlisted"))


class MemberRole(models.TextChoices):
    ADMIN = "admin", _("Administrator of the organization")
    EDITOR = "editor", pgettext_lazy("role of a member", "Editor")
    READER = "reader", pgettext_lazy("role of a member", "Reader")

    # Who may write in the name of the stakeholder.
    WRITERS = nonmember(("admin", "editor"))


# --- How a stakeholder moves from one standing to another, and why -----------------------------------


class StandingReason(models.TextChoices):
    """Why the desk suspends or withdraws an entry; its people read it."""

    UNTRUE = "untrue", _("The profile is not true")
    UNKNOWN_PEOPLE = "unknown_people", _("It is not clear who acts for the stakeholder")
    CONDUCT = "conduct", _("Breach of the terms of use")
    NO_LONGER_FITS = "no_longer_fits", _("The conditions for a profile are no longer met")
    OWN_REQUEST = "own_request", _("The stakeholder asked for it")
    OTHER = "other", _("Another reason, given in the note")


STAKEHOLDER_MOVES: dict[str, Move] = {
    "lapse": Move((Status.ACTIVE,), Status.LAPSED, _("Lapse: the profile was not confirmed"), by="clock"),
    "return": Move(
        (Status.LAPSED,), Status.ACTIVE, _("Bring back by confirming"), by="its people", style="primary"
    ),
    "suspend": Move(
        Status.LOOKED_AFTER,
        Status.SUSPENDED,
        _("Suspend"),
        needs_reason=True,
        reasons=StandingReason,
        decides=True,
        by="vetting",
        order=2,
        style="danger",
    ),
    "lift": Move(
        (Status.SUSPENDED,),
        Status.ACTIVE,
        _("Lift the suspension"),
        decides=True,
        by="vetting",
        order=1,
        style="primary",
    ),
    "withdraw": Move(
        (Status.LISTED, Status.ACTIVE, Status.LAPSED, Status.SUSPENDED),
        Status.WITHDRAWN,
        _("Withdraw the profile"),
        reasons=StandingReason,
        by="its administrators, or vetting",
        order=3,
        style="danger",
    ),
    "merge": Move(
        (Status.LISTED, Status.ACTIVE, Status.LAPSED),
        Status.MERGED,
        _("Merge into another profile"),
        needs_reason=True,
        decides=True,
        by="vetting",
        order=4,
        style="danger",
    ),
}

# What the audit entry of a move reads as.
STAKEHOLDER_SENTENCES = {
    "lapse": _("The profile was not confirmed in time, and left the directory"),
    "return": _("%(actor)s restored the profile by confirming it"),
    "lift": _("%(actor)s lifted the suspension"),
    "withdraw": _("%(actor)s withdrew the profile"),
    "merge": _("%(actor)s merged the profile into another"),
}

# --- What an application and an entry say about a stakeholder beyond its name and place --------------


class Descriptor(models.TextChoices):
    """What a stakeholder says of itself; nobody is asked to prove it."""

    GRASSROOTS = "grassroots", pgettext_lazy("of an organization", "Grassroots")
    YOUTH_LED = "youth_led", pgettext_lazy("of an organization", "Led by young people")
    WOMEN_LED = "women_led", pgettext_lazy("of an organization", "Led by women")
    VICTIM_LED = "victim_led", pgettext_lazy("of an organization", "Led by victims or survivors")
    FAITH_BASED = "faith_based", pgettext_lazy("of an organization", "Faith-based")
    INDIGENOUS = "indigenous", pgettext_lazy("of an organization", "Led by indigenous peoples")


class EcosocStatus(models.TextChoices):
    """Consultative status with the Economic and Social Council; blank where nothing was said."""

    NONE = "none", pgettext_lazy("ECOSOC status", "None")
    APPLIED = "applied", pgettext_lazy("ECOSOC status", "Applied for")
    ROSTER = "roster", pgettext_lazy("ECOSOC status", "Roster")
    SPECIAL = "special", pgettext_lazy("ECOSOC status", "Special")
    GENERAL = "general", pgettext_lazy("ECOSOC status", "General")


class CopObserver(models.TextChoices):
    """Whether it was an observer at the Conference of the Parties; blank where nothing was said."""

    YES = "yes", pgettext_lazy("observer at the Conference", "Yes")
    NO = "no", pgettext_lazy("observer at the Conference", "No")


class NameKind(models.TextChoices):
    OTHER = "other", _("The same name in another language or script")
    FORMER = "former", _("Former name")


class ContactKind(models.TextChoices):
    EMAIL = "email", pgettext_lazy("kind of contact", "E-mail")
    PHONE = "phone", pgettext_lazy("kind of contact", "Telephone")
    WEB = "web", pgettext_lazy("kind of contact", "Page on the web")
    PERSON = "person", pgettext_lazy("kind of contact", "Person to ask for")
    ADDRESS = "address", pgettext_lazy("kind of contact", "Postal address")


class ContactAudience(models.TextChoices):
    """Who may read a contact, from the widest to the narrowest."""

    PUBLIC = "public", pgettext_lazy("who may read a contact", "Everybody, also search engines")
    MEMBERS_STATES = "members_states", pgettext_lazy("who may read a contact", "Members and States")
    MEMBERS = "members", pgettext_lazy("who may read a contact", "Members, not States")
    REGIONAL = (
        "regional",
        pgettext_lazy("who may read a contact", "Regional focal points and the WhatsOn team"),
    )
    DESK = "desk", pgettext_lazy("who may read a contact", "Only the WhatsOn team")

    NARROWEST = nonmember("desk")


# How each of the questions of this file and its like is kept. The answers of the rows are dicts with these
# keys; countries and languages in them are codes.
LISTS = ("topics", "articles", "engagement_areas", "works_in", "languages")
ROWS: dict[str, tuple[str, ...]] = {
    "other_names": ("text", "language"),
    "former_names": ("text", "language"),
    "offices": ("country", "city"),
    "contacts": ("kind", "value", "audience"),
    "officers": ("name", "position"),
    "missions": ("language", "text"),
    "publications": ("title", "year", "url"),
}
# Questions that are answered by codes: by one, or none where nothing was said, and by several.
CODED = {"ecosoc_status": EcosocStatus, "cop_observer": CopObserver}
CHOICES = {**CODED, "descriptors": Descriptor}
# Only those who vet, and who told them, ever see these.
DESK_ONLY = frozenset(("officers",))
# What is compared with lists of sanctions.
SCREENED = frozenset(("other_names", "former_names", "officers"))
MOST_ROWS = 20
MOST_LINKS = 10


class ContactFrom(models.TextChoices):
    """Chosen by the people of an entry."""

    EVERYBODY = "everybody", _("Everybody who is signed in")
    MEMBERS_STATES = "members_states", _("Members and States")
    MEMBERS = "members", _("Members only")
    NOBODY = "nobody", _("No one: the profile does not accept messages")


# What is shared with a regional focal point within their region: who hides from members hides here too.
SHARED_LISTINGS = (Listing.PUBLIC, Listing.MEMBERS_STATES, Listing.MEMBERS)

STAKEHOLDER = "stakeholders.stakeholder"
