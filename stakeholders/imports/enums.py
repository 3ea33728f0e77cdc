"""Imports into the directory: how far one is, what a row comes to, and what can be wrong with a cell."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportPurpose(models.TextChoices):
    """Of a list of members each row becomes an invitation; only those who vet see such a list."""

    DIRECTORY = "directory", _("Profiles of the directory")
    MEMBERS = "members", _("Members to invite")


class ImportStatus(models.TextChoices):
    """A file is sent, its columns are named, it is checked, taken in, and perhaps taken out again."""

    SENT = "sent", pgettext_lazy("status of an import", "Columns to be named")
    CHECKING = "checking", pgettext_lazy("status of an import", "Dry run under way")
    CHECKED = "checked", pgettext_lazy("status of an import", "Dry run done")
    TAKING_IN = "taking_in", pgettext_lazy("status of an import", "Import under way")
    TAKEN_IN = "taken_in", pgettext_lazy("status of an import", "Imported")
    UNDOING = "undoing", pgettext_lazy("status of an import", "Undoing under way")
    UNDONE = "undone", pgettext_lazy("status of an import", "Undone")
    FAILED = "failed", pgettext_lazy("status of an import", "Failed")

    UNDER_WAY = nonmember(("checking", "taking_in", "undoing"))
    # From where the columns can be named anew, and the dry run be made again.
    OPEN = nonmember(("sent", "checked", "failed"))


class ImportFault(models.TextChoices):
    """Why an import failed as a whole. Nothing was saved then."""

    NOT_ALLOWED = "not_allowed", _("The person who asked may no longer import.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please try again.")
    GIVEN_UP = "given_up", _("The import took too long. Please import fewer rows at once.")
    UNREADABLE = "unreadable", _("The file cannot be read to its end.")
    MOVED_ON = (
        "moved_on",
        _("The directory has changed since the dry run. Please repeat it; your choices are saved."),
    )


class RowOutcome(models.TextChoices):
    NEW = "new", pgettext_lazy("outcome of a row", "New")
    CHANGED = "changed", pgettext_lazy("outcome of a row", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("outcome of a row", "Unchanged")
    CLAIMED = (
        "claimed",
        pgettext_lazy("outcome of a row", ("Unchanged, the profile has its own administrators")),
    )
    SKIPPED = "skipped", pgettext_lazy("outcome of a row", "Skipped")
    REFUSED = "refused", pgettext_lazy("outcome of a row", "With errors")
    KNOWN = "known", pgettext_lazy("outcome of a row", "Invited before")
    TO_CLAIM = "to_claim", pgettext_lazy("outcome of a row", "Invited to claim the profile")


class TwinDecision(models.TextChoices):
    """What the desk says about a row that looks like an entry which is there already."""

    SAME = "same", _("The same: update the profile from the row")
    ANOTHER = "another", _("Another one: list it as new")
    SKIP = "skip", _("Skip the row")


class TwinReason(models.TextChoices):
    """By what a row looks like an entry, the surest first."""

    ROR = "ror", _("The same ROR identifier")
    NAME = "name", _("The same name and country")
    SITE = "site", _("The same website")
    ACRONYM = "acronym", _("The same acronym and country")
    ALIKE = "alike", _("A similar name in the same country")


class Rule(models.TextChoices):
    """The rule that a cell breaks."""

    MISSING = "missing", _("A value is needed here.")
    NO_LETTERS = "no_letters", _("A name needs letters or digits.")
    TOO_LONG = "too_long", _("The text is too long for this field.")
    UNKNOWN_KIND = (
        "unknown_kind",
        _("This kind is not known. Use ngo, academia, private or expert, or the English words."),
    )
    UNKNOWN_COUNTRY = (
        "unknown_country",
        _(
            "This country or area is not known. Use the code of ISO 3166, or the name in one of the six"
            " languages of the portal."
        ),
    )
    UNPLACED = (
        "unplaced",
        _(
            "The lists of the United Nations have no area with this code. A curator "
            "decides under “Area mappings” where it belongs. Then repeat the dry run."
        ),
    )
    LEFT_OUT = "left_out", _("The desk has decided not to map this area code.")
    UNKNOWN_TOPIC = "unknown_topic", _("This topic is not known. Use its code or its English name.")
    UNKNOWN_LISTING = (
        "unknown_listing",
        _("This is not a visibility. Use public, members_states, members, country or unlisted."),
    )
    BAD_ADDRESS = "bad_address", _("This is not an address that begins with http:// or https://.")
    BAD_ROR = "bad_ror", _("This is not a ROR identifier.")
    BAD_NUMBER = "bad_number", _("The number of a profile consists of digits.")
    UNKNOWN_ENTRY = "unknown_entry", _("There is no profile with this number.")
    TWO_ENTRIES = "two_entries", _("The number and the ROR identifier belong to two different profiles.")
    TWICE = "twice", _("The row with this number is the same. Leave out one of the two.")
    CELLS = "cells", _("The row has more cells than the heading.")
    BAD_EMAIL = "bad_email", _("This is not an e-mail address.")
    MORE_ADDRESSES = "more_addresses", _("Only the first address is invited, not these.")
    SAME_ADDRESS = "same_address", _("The row with this number has the same address.")
    HELD_BACK = "held_back", _("E-mail to this address is held back: it came back before, or was unwanted.")
    OTHER_LANGUAGE = "other_language", _("E-mails are not written in this language. The default is used.")
    NO_ROW = "no_row", _("This looks like a heading or a total.")
    SCHEMA = "schema", _("The record does not follow the format of the source.")
