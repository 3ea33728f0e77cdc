"""What a stakeholder, an application and a membership may be, and how an application moves."""

from enum import nonmember
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves import Move


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


class Purpose(models.TextChoices):
    """What an application asks for."""

    NEW = "new", _("New entry")
    CLAIM = "claim", _("Claim of a listed entry")
    CHANGE = "change", _("Change of a vetted field")
    REINSTATEMENT = "reinstatement", _("Reinstatement")


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of an application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of an application", "Submitted")
    IN_REVIEW = "in_review", pgettext_lazy("status of an application", "In review")
    RETURNED = "returned", pgettext_lazy("status of an application", "Returned with questions")
    APPROVED = "approved", pgettext_lazy("status of an application", "Approved")
    REFUSED = "refused", pgettext_lazy("status of an application", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of an application", "Withdrawn")

    WITH_DESK = nonmember(("submitted", "in_review"))
    OPEN = nonmember(("submitted", "in_review", "returned"))
    DECIDED = nonmember(("approved", "refused"))


class RefusalReason(models.TextChoices):
    OUT_OF_SCOPE = "out_of_scope", _("The work is outside the scope of the Convention")
    NOT_VERIFIABLE = "not_verifiable", _("What the application says could not be verified")
    INCOMPLETE = "incomplete", _("What was asked for did not arrive")
    DUPLICATE = "duplicate", _("There is already an entry for this stakeholder")
    PRINCIPLES = "principles", _("It conflicts with the purposes and principles of the United Nations")
    GOVERNMENTAL = "governmental", _("It is a part of a government, or an intergovernmental body")
    OTHER = "other", _("Another reason, given in the note")


S = ApplicationStatus
MOVES: dict[str, Move] = {
    "submit": Move((S.DRAFT,), S.SUBMITTED, _("Send the application"), by="applicant", style="primary"),
    "start": Move((S.SUBMITTED,), S.IN_REVIEW, _("Start the review"), by="vetting"),
    "approve": Move(
        S.WITH_DESK, S.APPROVED, _("Approve"), by="vetting", decides=True, order=1, style="primary"
    ),
    "return": Move(
        S.WITH_DESK, S.RETURNED, _("Return for more information"), by="vetting", decides=True, order=2
    ),
    "answer": Move((S.RETURNED,), S.IN_REVIEW, _("Send the answers"), by="applicant", style="primary"),
    "refuse": Move(
        S.OPEN, S.REFUSED, _("Refuse"),
        needs_reason=True, reasons=RefusalReason, decides=True, by="vetting", order=3, style="danger",
    ),
    "withdraw": Move(S.OPEN, S.WITHDRAWN, _("Withdraw the application"), by="applicant", order=4),
    "reopen": Move(
        (S.REFUSED,), S.IN_REVIEW, _("Reopen after a reconsideration"), by="vetting", decides=True, order=5
    ),
}  # fmt: skip


class Asked(NamedTuple):
    """One question of the registration: its step, what it is called, and whether it must be answered."""

    step: str
    label: str | Promise
    required: bool = False
    label_expert: str | Promise = ""


# The steps of the registration after the kind, in order, and their questions.
STEPS: dict[str, str | Promise] = {
    "who": _("Who you are"),
    "what": _("What you do"),
    "seen": _("Who may find you"),
    "papers": _("Registration papers"),
}
FIELDS: dict[str, Asked] = {
    "name": Asked("who", _("Name of the organization"), True, _("Your name")),
    "name_latin": Asked("who", _("The name in Latin letters")),
    "acronym": Asked("who", _("Acronym")),
    "country": Asked("who", _("Country or area"), True),
    "city": Asked("who", _("City")),
    "website": Asked("who", _("Website")),
    "mission": Asked("what", _("Mission"), True, _("What you work on")),
    "mission_language": Asked("what", _("Language of this text"), True),
    "topics": Asked("what", _("Topics"), True),
    "listing": Asked("seen", _("Who may find the entry in the directory"), True),
    "papers": Asked("papers", _("Registration paper")),
    "no_paper_reason": Asked("papers", _("Why there is no registration paper")),
}
# What an individual is not asked.
NOT_ASKED = {Kind.EXPERT: frozenset(("acronym", "papers", "no_paper_reason"))}


def fields_of(kind: str, step: str = "") -> list[str]:
    """What this kind of applicant is asked, in order; of one step, or in all."""
    left_out = NOT_ASKED.get(Kind(kind), frozenset())
    return [
        name for name, asked in FIELDS.items() if name not in left_out and (not step or asked.step == step)
    ]


def steps_of(kind: str) -> list[str]:
    return [step for step in STEPS if fields_of(kind, step)]


def label_of(field: str, kind: str) -> str | Promise:
    """What a question is called for this kind of applicant."""
    asked = FIELDS[field]
    return asked.label_expert if kind == Kind.EXPERT and asked.label_expert else asked.label


# --- Vetting in full: checklist, flags, reconsideration ---------------------------------------------


class Said(models.TextChoices):
    """The answer to a question of the checklist."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class FlagKind(models.TextChoices):
    OBSERVATION = "observation", _("Observation")
    YELLOW = "yellow", _("Yellow flag: look closely")
    RED = "red", _("Red flag: blocks an approval")


class Outcome(models.TextChoices):
    """How a reconsideration ends."""

    STANDS = "stands", _("The refusal stands")
    REOPENED = "reopened", _("The application is looked at again")


# --- Members and changes ------------------------------------------------------------------------------
# What an entry's own people change at once, and what the desk has judged and judges again.
DIRECT = ("acronym", "city", "mission", "mission_language", "topics", "listing")
VETTED = ("name", "name_latin", "kind", "country", "website")


def direct_of(kind: str) -> list[str]:
    """What the people of an entry of this kind change at once."""
    left_out = NOT_ASKED.get(Kind(kind), frozenset())
    return [name for name in DIRECT if name not in left_out]


def vetted_of(kind: str) -> list[str]:
    """What of an entry of this kind changes only with the desk. A person does not become an organization."""
    return [name for name in VETTED if kind != Kind.EXPERT or name != "kind"]


def entry_label(field: str, kind: str) -> str | Promise:
    """What a field of an entry is called."""
    return pgettext_lazy("of stakeholder", "Kind") if field == "kind" else label_of(field, kind)


# --- The standing of a stakeholder ------------------------------------------------------------------
class StandingReason(models.TextChoices):
    """Why the desk suspends or withdraws an entry; its people read it."""

    UNTRUE = "untrue", _("What the entry says is not true")
    UNKNOWN_PEOPLE = "unknown_people", _("It is not clear who acts for the stakeholder")
    CONDUCT = "conduct", _("The terms of use were not kept")
    NO_LONGER_FITS = "no_longer_fits", _("The conditions for an entry are no longer met")
    OWN_REQUEST = "own_request", _("The stakeholder asked for it")
    OTHER = "other", _("Another reason, given in the note")


STAKEHOLDER_MOVES: dict[str, Move] = {
    "lapse": Move((Status.ACTIVE,), Status.LAPSED, _("Lapse: nobody confirmed the entry"), by="clock"),
    "return": Move(
        (Status.LAPSED,), Status.ACTIVE, _("Bring back by confirming"), by="its people", style="primary"
    ),
    "suspend": Move(
        Status.LOOKED_AFTER, Status.SUSPENDED, _("Suspend"),
        needs_reason=True, reasons=StandingReason, decides=True, by="vetting", order=2, style="danger",
    ),
    "lift": Move(
        (Status.SUSPENDED,), Status.ACTIVE, _("Lift the suspension"),
        decides=True, by="vetting", order=1, style="primary",
    ),
    "withdraw": Move(
        (Status.LISTED, Status.ACTIVE, Status.LAPSED, Status.SUSPENDED), Status.WITHDRAWN,
        _("Withdraw the entry"), reasons=StandingReason, by="its administrators, or vetting", order=3,
        style="danger",
    ),
}  # fmt: skip


# --- Screening ------------------------------------------------------------------------------------------
class ListedKind(models.TextChoices):
    """What a consolidated list names."""

    INDIVIDUAL = "individual", pgettext_lazy("on a list of sanctions", "Individual")
    ENTITY = "entity", pgettext_lazy("on a list of sanctions", "Entity")


class ScreenedKind(models.TextChoices):
    """Whose names are compared."""

    APPLICATION = "application", _("Application")
    STAKEHOLDER = "stakeholder", _("Stakeholder")


class ScreenedName(models.TextChoices):
    """Which of the names."""

    NAME = "name", _("Name")
    LATIN = "name_latin", _("Name in Latin letters")
    APPLICANT = "applicant", _("Name of the applicant")
    FORMER = "former", _("Former name")
    OFFICER = "officer", _("Officer")


# --- Exports of the directory, reports about entries ----------------------------------------------------
class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class ExportStatus(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("status of an export", "Waiting")
    MAKING = "making", pgettext_lazy("status of an export", "Under way")
    READY = "ready", pgettext_lazy("status of an export", "Ready")
    FAILED = "failed", pgettext_lazy("status of an export", "Failed")

    UNDER_WAY = nonmember(("waiting", "making"))


class ExportFault(models.TextChoices):
    NOT_ALLOWED = "not_allowed", _("The person who asked no longer belongs to the desk.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please try again.")
    TOO_LONG = "too_long", _("A workbook has no room for so many rows. Please export them as CSV.")
    GIVEN_UP = "given_up", _("It was begun several times and never ended. Please ask for fewer rows.")


class ReportWhat(models.TextChoices):
    """What somebody finds wrong with an entry."""

    WRONG = "wrong", _("Something in it is not true, or no longer")
    NOT_REAL = "not_real", _("The organization or person does not exist")
    IMPOSTOR = "impostor", _("Somebody speaks for an organization that is not theirs")
    ABUSIVE = "abusive", _("It insults, threatens or incites hatred")
    PRIVATE = "private", _("It shows something private, or puts somebody in danger")
    DUPLICATE = "duplicate", _("The same organization or person is there twice")
    OTHER = "other", _("Something else")


class ReportOutcome(models.TextChoices):
    CORRECTED = "corrected", _("The entry was corrected")
    REMOVED = "removed", _("The entry was taken out of the directory")
    UNDER_WATCH = "under_watch", _("The organization was asked to correct or explain it")
    UNFOUNDED = "unfounded", _("The entry is right as it stands")
    NOT_CHECKED = "not_checked", _("It could not be checked with what was said")
    ABUSE = "abuse", _("The report itself is abusive or advertising")
