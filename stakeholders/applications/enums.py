"""What an application asks and how it moves."""

from enum import nonmember
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.entries.enums import LISTS, ROWS, Kind
from workflow.moves.enums import Move


class Purpose(models.TextChoices):
    """What an application asks for."""

    NEW = "new", _("New profile")
    CLAIM = "claim", _("Claim of a listed profile")
    CHANGE = "change", _("Change of a vetted field")
    REINSTATEMENT = "reinstatement", _("Reinstatement")


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of an application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of an application", "Submitted")
    IN_REVIEW = "in_review", pgettext_lazy("status of an application", "In review")
    RETURNED = "returned", pgettext_lazy("status of an application", "Returned for changes")
    APPROVED = "approved", pgettext_lazy("status of an application", "Approved")
    REFUSED = "refused", pgettext_lazy("status of an application", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of an application", "Withdrawn")

    WITH_APPLICANT = nonmember(("draft", "returned"))
    WITH_DESK = nonmember(("submitted", "in_review"))
    OPEN = nonmember(("submitted", "in_review", "returned"))
    DECIDED = nonmember(("approved", "refused"))


class RefusalReason(models.TextChoices):
    OUT_OF_SCOPE = "out_of_scope", _("The work is outside the scope of the Convention")
    NOT_VERIFIABLE = "not_verifiable", _("The information in the application could not be verified")
    INCOMPLETE = "incomplete", _("What was asked for did not arrive")
    DUPLICATE = "duplicate", _("There is already a profile for this stakeholder")
    PRINCIPLES = "principles", _("It conflicts with the purposes and principles of the United Nations")
    GOVERNMENTAL = "governmental", _("It is a part of a government, or an intergovernmental body")
    OTHER = "other", _("Another reason, given in the note")


S = ApplicationStatus
LOOKS: dict[str, str] = {"approved": "done", "refused": "refused", "withdrawn": "quiet", "draft": "quiet"}
MOVES: dict[str, Move] = {
    "submit": Move((S.DRAFT,), S.SUBMITTED, _("Send the application"), by="applicant", style="primary"),
    "start": Move((S.SUBMITTED,), S.IN_REVIEW, _("Start the review"), by="vetting"),
    "approve": Move(
        S.WITH_DESK, S.APPROVED, _("Approve"), by="vetting", decides=True, order=1, style="primary"
    ),
    "return": Move(S.WITH_DESK, S.RETURNED, _("Return for changes"), by="vetting", decides=True, order=2),
    "answer": Move((S.RETURNED,), S.IN_REVIEW, _("Send the answers"), by="applicant", style="primary"),
    "refuse": Move(
        S.OPEN,
        S.REFUSED,
        _("Decline"),
        needs_reason=True,
        reasons=RefusalReason,
        decides=True,
        by="vetting",
        order=3,
        style="danger",
    ),
    "withdraw": Move(S.OPEN, S.WITHDRAWN, _("Withdraw the application"), by="applicant", order=4),
    "reopen": Move(
        (S.REFUSED,), S.IN_REVIEW, _("Reopen after a reconsideration"), by="vetting", decides=True, order=5
    ),
}

# What the audit entry of a move reads as.
SENTENCES = {
    "submit": _("%(actor)s sent the application"),
    "start": _("%(actor)s started the review"),
    "approve": _("%(actor)s approved the application"),
    "return": _("%(actor)s returned the application with questions; the time limit is paused"),
    "answer": _("%(actor)s sent the answers; the time limit runs again"),
    "refuse": _("%(actor)s declined the application: %(reason)s"),
    "withdraw": _("%(actor)s withdrew the application"),
    "reopen": _("%(actor)s reopened the application after a reconsideration; it is in review again"),
}


class Question(NamedTuple):
    """One question of the registration: its step, what it is called, and what follows from it.

    `changes` says how the people of an entry change the answer: "at_once" on its first page, on one of the
    pages of `PART_LABELS` (`changes/enums.py`), or "vetted"; an entry does not have what says nothing.
    What is not `of_applications` is filled in once the entry is there.
    `column` is what export and open data say of the answer, and an example. `help_text` stands under the
    input of a question of `FACTS`; all others have a field of their own in `AnswersForm`.
    """

    step: str
    label: str | Promise
    changes: str = ""
    required: bool = False
    label_expert: str | Promise = ""
    of_experts: bool = True
    of_organizations: bool = True
    of_applications: bool = True
    column: tuple[str | Promise, str] | None = None
    help_text: str | Promise = ""


# The steps of the registration after the kind, in order, and their questions.
STEPS: dict[str, str | Promise] = {
    "who": _("Basic details"),
    "what": _("Mission and topics"),
    "how": _("How and where you work"),
    "reach": _("Offices and contacts"),
    "standing": _("Status and references"),
    "seen": _("Visibility"),
    "papers": _("Registration documents and officers"),
}
FIELDS: dict[str, Question] = {
    "name": Question(
        "who", _("Name of the organization"), "vetted", required=True, label_expert=_("Your name")
    ),
    "name_latin": Question("who", _("The name in Latin script"), "vetted"),
    "acronym": Question("who", _("Acronym"), "at_once", of_experts=False),
    "country": Question("who", _("Country or area"), "vetted", required=True),
    "city": Question("who", _("City"), "at_once"),
    "website": Question("who", _("Website"), "vetted"),
    "other_names": Question("who", _("The name in other languages and scripts"), "names"),
    "former_names": Question("who", _("Former names"), "names"),
    "mission": Question("what", _("Mission"), "at_once", required=True, label_expert=_("What you work on")),
    "mission_language": Question("what", _("Language of this text"), "at_once", required=True),
    "missions": Question(
        "what",
        _("Mission in other languages"),
        "missions",
        label_expert=_("What you work on, in other languages"),
        of_applications=False,
    ),
    "topics": Question("what", _("Topics"), "at_once", required=True),
    "engagement_areas": Question("how", _("How you work"), "how"),
    "works_in": Question("how", _("Countries of activity"), "how"),
    "languages": Question("how", _("Working languages"), "how"),
    "articles": Question("how", _("Articles of the Convention and its Protocols"), "how"),
    "offices": Question("reach", _("Further offices"), "reach", of_experts=False),
    "contacts": Question("reach", _("Contacts"), "reach"),
    "descriptors": Question(
        "standing",
        _("Characteristics"),
        "standing",
        of_experts=False,
        column=(
            _("How it describes itself: grassroots, youth_led or victim_led, joined with a semicolon."),
            "grassroots",
        ),
    ),
    "ecosoc_status": Question(
        "standing",
        _("Consultative status with ECOSOC"),
        "standing",
        of_experts=False,
        column=(
            _(
                "Consultative status with ECOSOC: none, applied, roster, special or general; "
                "blank: not stated."
            ),
            "special",
        ),
        help_text=_("You can be listed and take part in either case."),
    ),
    "cop_observer": Question(
        "standing",
        _("Observer at the Conference of the Parties"),
        "standing",
        of_experts=False,
        column=(_("Observer at the Conference of the Parties: yes or no; blank: not stated."), "yes"),
        help_text=_(
            "Whether you have attended the Conference of the Parties to the Convention as an observer."
        ),
    ),
    "wikidata": Question("standing", _("Wikidata item"), "standing"),
    "lei": Question("standing", _("Legal Entity Identifier (LEI)"), "standing", of_experts=False),
    "orcid": Question("standing", _("ORCID iD"), "standing", of_organizations=False),
    "references": Question("standing", _("References"), "standing"),
    "publications": Question(
        "standing", _("Publications on other websites"), "publications", of_applications=False
    ),
    "listing": Question("seen", _("Who may find the profile in the directory"), "at_once", required=True),
    "papers": Question("papers", _("Registration document"), of_experts=False),
    "no_paper_reason": Question("papers", _("Why there is no registration document"), of_experts=False),
    "officers": Question("papers", _("Officers"), "led", of_experts=False),
}
# Answered by one code of `CODED`, or by one line of text. Form, profile, export, API and open data follow.
FACTS = tuple(name for name, question in FIELDS.items() if question.column and name != "descriptors")
_OF_ORGANIZATIONS = frozenset(name for name, question in FIELDS.items() if not question.of_experts)
_OF_EXPERTS = frozenset(name for name, question in FIELDS.items() if not question.of_organizations)
ONLY_OF_ENTRIES = frozenset(name for name, question in FIELDS.items() if not question.of_applications)
# Asked for the vetting; an entry does not have it.
ONLY_OF_APPLICATIONS = frozenset(name for name, question in FIELDS.items() if not question.changes)


def unasked_fields(kind: str) -> frozenset[str]:
    """Return the questions that are not for this kind of applicant."""
    return _OF_ORGANIZATIONS if Kind(kind) == Kind.EXPERT else _OF_EXPERTS


def fields_of(kind: str, step: str = "", *, of_entry: bool = False) -> list[str]:
    """Return the fields that this kind of applicant or entry is asked, in order; of one step or of all."""
    left_out = unasked_fields(kind) | (ONLY_OF_APPLICATIONS if of_entry else ONLY_OF_ENTRIES)
    return [
        name
        for name, question in FIELDS.items()
        if name not in left_out and (not step or question.step == step)
    ]


def steps_of(kind: str) -> list[str]:
    return [step for step in STEPS if fields_of(kind, step)]


def label_of(field: str, kind: str) -> str | Promise:
    """Return the label of a question for this kind of applicant."""
    question = FIELDS[field]
    return question.label_expert if kind == Kind.EXPERT and question.label_expert else question.label


APPLICATION = "stakeholders.application"

# What the applicant said, by columns and lists of the application: part of what is theirs to take along.
ANSWERS = (*(name for name in FIELDS if name not in ROWS and name != "papers"), "told_apart_why")
# What an approval copies to the entry as it stands; lists and rows are carried over by themselves.
COPIED = ("kind", *(name for name in FIELDS if name not in {*LISTS, *ROWS, *ONLY_OF_APPLICATIONS}))
