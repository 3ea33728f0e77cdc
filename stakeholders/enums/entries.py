"""What a stakeholder and a membership may be."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    NGO = "ngo", _("Non-governmental organization")
    ACADEMIA = "academia", _("Academic or research institution")
    PRIVATE = "private", _("Private sector")
    EXPERT = "expert", _("Individual expert")


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
    # Whose people count as members.
    TAKING_PART = nonmember(("active",))
    # Whose people may put the entry right and confirm it.
    LOOKED_AFTER = nonmember(("active", "lapsed"))


class Listing(models.TextChoices):
    """Who may find the entry in the directory."""

    PUBLIC = "public", _("Everybody")
    MEMBERS_STATES = "members_states", _("Members and States")
    MEMBERS = "members", _("Members only")
    COUNTRY = "country", _("Nobody by name: it only counts in the total of its country")
    UNLISTED = "unlisted", _("Nobody: it is not listed or counted anywhere")


class MemberRole(models.TextChoices):
    ADMIN = "admin", _("Administrator of the organization")
    EDITOR = "editor", pgettext_lazy("role of a member", "Editor")
    READER = "reader", pgettext_lazy("role of a member", "Reader")

    # Who may write in the name of the stakeholder.
    WRITERS = nonmember(("admin", "editor"))
